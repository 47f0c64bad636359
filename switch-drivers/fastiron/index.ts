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
  platform: 'fastiron',
  title: 'Ruckus (Brocade) FastIron ICX 08.0.80 and later over SSH',
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
  // The name by speed is what the switch announces as description of the port.
  aliases: (portId) => [shortName(portId), portId.replace(/^ethernet/, 'GigabitEthernet')],
  description,
  ports,
  neighbors,
  macTable: macs,
  outputs,
  order,
  save: { lines: [line`write memory`], timeoutMs: 180_000, done: /Write startup-config done/i },
};

export default defineDriver(cliDriver(platform));
