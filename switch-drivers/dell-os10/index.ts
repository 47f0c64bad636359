import { defineDriver } from '../contract/driver.ts';
import { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import { sshOptions } from '../transports/ssh-cli/options.ts';
import type { OrderedPlatform } from '../transports/ssh-cli/platform.ts';
import { dialect } from './dialect.ts';
import { order } from './order.ts';
import { outputs } from './outputs.ts';
import { shortName } from './port-names.ts';
import { description } from './readers/description.ts';
import { macs, neighbors } from './readers/evidence.ts';
import { ports } from './readers/ports.ts';

export const platform: OrderedPlatform = {
  platform: 'dell-os10',
  title: 'Dell SmartFabric OS10 over SSH',
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
  aliases: (portId) => [shortName(portId), shortName(portId).replace(/(?<=^[A-Z][a-z]+)(?=\d)/, ' ')],
  description,
  ports,
  neighbors,
  macTable: macs,
  outputs,
  order,
  // The manual shows no answer to it: only `% Error` tells that it did not save.
  save: { lines: [line`write memory`], timeoutMs: 180_000 },
};

export default defineDriver(cliDriver(platform));
