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
  platform: 'cisco-nxos',
  title: 'Cisco NX-OS (Nexus) over SSH',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: true,
    atomic: 'ordered',
    hasStartupConfig: true,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 10,
    neighbors: true,
    macTable: true,
  },
  options: sshOptions,
  dialect,
  aliases: (portId) => [shortName(portId)],
  description,
  ports,
  neighbors,
  macTable: macs,
  outputs,
  order,
  // On a switch with a large configuration it takes minutes.
  save: { lines: [line`copy running-config startup-config`], timeoutMs: 600_000, done: /^Copy complete/m },
};

export default defineDriver(cliDriver(platform));
