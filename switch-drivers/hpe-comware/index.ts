import { defineDriver } from '../contract/driver.ts';
import { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
import { macsFrom, neighborsFrom } from '../transports/ssh-cli/evidence.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import { sshOptions } from '../transports/ssh-cli/options.ts';
import type { OrderedPlatform } from '../transports/ssh-cli/platform.ts';
import { descriptionFrom } from '../vrp-family/local-ids.ts';
import { dialect } from './dialect.ts';
import { order } from './order.ts';
import { outputs } from './outputs.ts';
import { shortName } from './port-names.ts';
import { macTable } from './readers/mac-table.ts';
import { neighbors } from './readers/neighbors.ts';
import { ports } from './readers/ports.ts';
import { version } from './readers/version.ts';

export const platform: OrderedPlatform = {
  platform: 'hpe-comware',
  title: 'HPE and H3C Comware 7 over SSH',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: true,
    atomic: 'ordered',
    hasStartupConfig: true,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 5,
    neighbors: true,
    macTable: true,
  },
  options: sshOptions,
  dialect,
  aliases: (portId) => [shortName(portId)],
  description: descriptionFrom('display lldp local-information global', version),
  ports,
  neighbors: neighborsFrom('display lldp neighbor-information verbose', neighbors),
  macTable: macsFrom('display mac-address dynamic', macTable),
  outputs,
  order,
  save: { lines: [line`save force`], timeoutMs: 180_000, done: /\bsuccessfully\b/i },
};

export default defineDriver(cliDriver(platform));
