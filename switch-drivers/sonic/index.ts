import { defineDriver } from '../contract/driver.ts';
import { lldpNeighbors, NEIGHBORS } from '../linux/readers/lldp.ts';
import { macsFrom, neighborsFrom } from '../transports/ssh-cli/evidence.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import { execDriver } from '../transports/ssh-exec/exec-driver.ts';
import { execOptions } from '../transports/ssh-exec/options.ts';
import type { ExecPlatform } from '../transports/ssh-exec/platform.ts';
import { order } from './order.ts';
import { aliasesOf } from './port-names.ts';
import { description } from './readers/description.ts';
import { interfacesStatus } from './readers/interfaces-status.ts';
import { macTable } from './readers/mac-table.ts';
import { ports } from './readers/ports.ts';

export const platform: ExecPlatform = {
  platform: 'sonic',
  title: 'SONiC over SSH (config commands and CONFIG_DB)',
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
  options: execOptions,
  dialect: {
    kind: 'exec',
    home: 'shell',
    root: /^(?:config|sonic-cfggen|lldpcli) /,
    failures: [/^Error: /, /^Usage: config/, /^No such command/],
  },
  aliases: aliasesOf,
  description,
  ports,
  neighbors: neighborsFrom(NEIGHBORS, lldpNeighbors),
  macTable: macsFrom('show mac', macTable),
  outputs: [lldpNeighbors, interfacesStatus, macTable],
  order,
  save: { lines: [line`config save -y`], timeoutMs: 120_000, done: /config_db\.json/ },
};

export default defineDriver(execDriver(platform));
