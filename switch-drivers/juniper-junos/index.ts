import { defineDriver } from '../contract/driver.ts';
import { netconfDriver } from '../transports/netconf/netconf-driver.ts';
import { netconfOptions } from '../transports/netconf/options.ts';
import type { NetconfPlatform } from '../transports/netconf/platform.ts';
import { edits, lines } from './edits.ts';
import { outputs } from './outputs.ts';
import { conf } from './readers/configuration.ts';
import { description, pendingCommit } from './readers/description.ts';
import { macTable, neighbors } from './readers/evidence.ts';
import { ports } from './readers/ports.ts';

export const platform: NetconfPlatform<typeof netconfOptions> = {
  platform: 'juniper-junos',
  title: 'Juniper Junos (EX, QFX with ELS) over NETCONF',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: true,
    atomic: 'confirmed-commit',
    hasStartupConfig: false,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 4,
    neighbors: true,
    macTable: true,
  },
  options: netconfOptions,
  description,
  ports,
  neighbors,
  macTable,
  edits,
  lines,
  style: { absent: 'delete', plainAttribute: true },
  anyCommitConfirms: {
    pending: pendingCommit,
    rollBack: { ...conf('load-configuration'), attributes: [{ name: 'rollback', ns: '', value: '1' }] },
  },
  outputs,
};

export default defineDriver(netconfDriver(platform));
