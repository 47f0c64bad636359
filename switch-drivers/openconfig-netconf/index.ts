import { defineDriver } from '../contract/driver.ts';
import { netconfDriver } from '../transports/netconf/netconf-driver.ts';
import type { NetconfPlatform } from '../transports/netconf/platform.ts';
import { edits, lines } from './edits.ts';
import { openconfigOptions } from './options.ts';
import { description } from './readers/description.ts';
import { macTable, neighbors } from './readers/evidence.ts';
import { ports } from './readers/ports.ts';

export const platform: NetconfPlatform<typeof openconfigOptions> = {
  platform: 'openconfig-netconf',
  title: 'OpenConfig models over NETCONF',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: true,
    // Devices with :confirmed-commit do more; those without a candidate need :rollback-on-error.
    atomic: 'transactional',
    hasStartupConfig: true,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 4,
    neighbors: true,
    macTable: true,
  },
  options: openconfigOptions,
  description,
  ports,
  neighbors,
  macTable,
  edits,
  lines,
  style: { absent: 'remove' },
  // What is applied (`state`) follows what is configured after a moment.
  settleWaitsMs: [200, 800, 2000],
};

export default defineDriver(netconfDriver(platform));
