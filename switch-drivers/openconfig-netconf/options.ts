import { z } from 'zod';
import { netconfOptions } from '../transports/netconf/options.ts';

export const openconfigOptions = netconfOptions.extend({
  /** The network instance that has the VLANs of the ports: openconfig-network-instance calls the first one `default`. */
  networkInstance: z.string().min(1).max(64).default('default'),
});

export type OpenconfigOptions = z.output<typeof openconfigOptions>;
