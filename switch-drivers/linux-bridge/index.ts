import { defineDriver } from '../contract/driver.ts';
import { BRIDGE_PORTS, bridgePorts } from '../linux/readers/bridge-ports.ts';
import { description } from '../linux/readers/description.ts';
import { fdb } from '../linux/readers/fdb.ts';
import { lldpNeighbors, NEIGHBORS } from '../linux/readers/lldp.ts';
import { neighborsFrom } from '../transports/ssh-cli/evidence.ts';
import { execDriver } from '../transports/ssh-exec/exec-driver.ts';
import { execOptions } from '../transports/ssh-exec/options.ts';
import type { ExecPlatform } from '../transports/ssh-exec/platform.ts';
import { order } from './order.ts';

export const platform: ExecPlatform = {
  platform: 'linux-bridge',
  title: 'Linux bridge with VLAN filtering, iproute2 over SSH',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: false,
    atomic: 'ordered',
    hasStartupConfig: false,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 10,
    neighbors: true,
    macTable: true,
  },
  options: execOptions,
  dialect: { kind: 'exec', home: 'shell', root: /^(?:ip|bridge|lldpcli) /, failures: [] },
  aliases: () => [],
  description,
  ports: { commands: BRIDGE_PORTS, read: (outputs) => ({ ports: bridgePorts(outputs), vlans: null }) },
  neighbors: neighborsFrom(NEIGHBORS, lldpNeighbors),
  macTable: fdb,
  outputs: [lldpNeighbors],
  order,
  save: { lines: [], timeoutMs: 1 },
};

export default defineDriver(execDriver(platform));
