import type { SimulatedPlatform } from '../platform.ts';
import { factoryVlans } from './port-vlans.ts';

/** A switch whose only way in is SNMP: v3 with the user and the password as both keys, v2c with the password as community. */
export const qBridgeSwitch: SimulatedPlatform = {
  platform: 'snmp-qbridge',
  factory: { mode: 'trunk', ...factoryVlans() },
  refusal: 'ResourceUnavailable',
  portNames: (count) => Array.from({ length: count }, (_, index) => `ge${index + 1}`),
  async serve(device, options) {
    const { startAgent } = await import('./agent.ts');
    return startAgent(device, options);
  },
};
