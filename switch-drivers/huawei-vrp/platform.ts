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

/** VRP 5, whose lines are in force at once. VRP 8 differs in little (`huawei-vrp8`). */
export const platform: OrderedPlatform = {
  platform: 'huawei-vrp',
  title: 'Huawei VRP 5 (S series, V200R) over SSH',
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
  description: descriptionFrom('display lldp local', version),
  ports,
  neighbors: neighborsFrom('display lldp neighbor', neighbors),
  macTable: macsFrom('display mac-address dynamic', macTable),
  outputs,
  order,
  save: { lines: [line`save`], timeoutMs: 180_000, done: /\bsuccessfully\b/i },
};
