import { defineDriver } from '../contract/driver.ts';
import { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import { sshOptions } from '../transports/ssh-cli/options.ts';
import type { OrderedPlatform } from '../transports/ssh-cli/platform.ts';
import { dialect } from './dialect.ts';
import { order } from './order.ts';
import { outputs } from './outputs.ts';
import { description } from './readers/description.ts';
import { macs, neighbors } from './readers/evidence.ts';
import { ports } from './readers/ports.ts';

export const platform: OrderedPlatform = {
  platform: 'aruba-aoscx',
  title: 'HPE Aruba Networking AOS-CX over SSH',
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
  // `lag 7` is how the configuration writes it.
  aliases: (portId) => (portId.startsWith('lag') ? [portId.replace('lag', 'lag ')] : []),
  description,
  ports,
  neighbors,
  macTable: macs,
  outputs,
  order,
  save: { lines: [line`write memory`], timeoutMs: 120_000, done: /\[Success\]/i },
};

export default defineDriver(cliDriver(platform));
