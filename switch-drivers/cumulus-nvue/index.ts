import { defineDriver } from '../contract/driver.ts';
import { description } from '../linux/readers/description.ts';
import { fdb } from '../linux/readers/fdb.ts';
import { lldpNeighbors, NEIGHBORS } from '../linux/readers/lldp.ts';
import { neighborsFrom } from '../transports/ssh-cli/evidence.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import { execDriver } from '../transports/ssh-exec/exec-driver.ts';
import { execOptions } from '../transports/ssh-exec/options.ts';
import type { ExecPlatform } from '../transports/ssh-exec/platform.ts';
import { order } from './order.ts';
import { pending } from './readers/pending.ts';
import { ports } from './readers/ports.ts';

export const platform: ExecPlatform = {
  platform: 'cumulus-nvue',
  title: 'Cumulus Linux 5 (NVUE) over SSH',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: true,
    atomic: 'transactional',
    hasStartupConfig: true,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 10,
    neighbors: true,
    macTable: true,
  },
  options: execOptions,
  dialect: {
    kind: 'exec',
    home: 'shell',
    root: /^(?:lldpcli|bridge) /,
    failures: [
      /^Error:/,
      /Invalid config/,
      /Config invalid at/,
      /Unable to restart services/,
      /Failure during apply/,
      /is not a physical interface on this switch/,
    ],
  },
  aliases: () => [],
  description,
  ports,
  neighbors: neighborsFrom(NEIGHBORS, lldpNeighbors),
  macTable: fdb,
  outputs: [lldpNeighbors],
  order,
  candidate: {
    begin: line`nv config detach`,
    commit: line`nv config apply --assume-yes`,
    discard: line`nv config detach`,
    preview: pending,
  },
  save: { lines: [line`nv config save`], timeoutMs: 120_000 },
};

export default defineDriver(execDriver(platform));
