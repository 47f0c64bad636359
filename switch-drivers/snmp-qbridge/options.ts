import { z } from 'zod';
import { snmpV2cOptions, snmpV3Options } from '../transports/snmp/options.ts';

const own = {
  /**
   * set: the switch is told to drop frames of VLANs that a port is not in. assumed: it cannot be told, and the operator
   * knows that it does so by itself.
   */
  ingressFiltering: z.enum(['set', 'assumed']).default('set'),
};

export const qBridgeOptions = z.discriminatedUnion('version', [snmpV2cOptions.extend(own), snmpV3Options.extend(own)]);

export type QBridgeOptions = z.output<typeof qBridgeOptions>;
