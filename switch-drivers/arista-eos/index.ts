import { defineDriver } from '../contract/driver.ts';
import { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import { sshOptions } from '../transports/ssh-cli/options.ts';
import type { CliPlatform } from '../transports/ssh-cli/platform.ts';
import { dialect } from './dialect.ts';
import { outputs } from './outputs.ts';
import { shortName } from './port-names.ts';
import { description } from './readers/description.ts';
import { macTable } from './readers/mac-table.ts';
import { neighbors } from './readers/neighbors.ts';
import { ports } from './readers/ports.ts';
import { render } from './render.ts';
import { transaction } from './transaction.ts';

export const platform: CliPlatform = {
  platform: 'arista-eos',
  title: 'Arista EOS over SSH, with configuration sessions',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: true,
    atomic: 'confirmed-commit',
    hasStartupConfig: true,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 4,
    neighbors: true,
    macTable: true,
  },
  options: sshOptions,
  dialect,
  aliases: (portId) => [shortName(portId)],
  description,
  ports,
  neighbors,
  macTable,
  outputs,
  render,
  transaction,
  save: { lines: [line`write memory`], timeoutMs: 180_000 },
};

export default defineDriver(cliDriver(platform));
