import { FabricError } from '../topology/error/fabric-error.ts';
import type { Driver } from './contract/driver.ts';

/** Drivers that come with Switchyard; loaded when first asked for. */
const builtin: Record<string, () => Promise<{ default: unknown }>> = {
  'arista-eos': () => import('./arista-eos/index.ts'),
  'aruba-aoscx': () => import('./aruba-aoscx/index.ts'),
  'cisco-ios': () => import('./cisco-ios/index.ts'),
  'cisco-nxos': () => import('./cisco-nxos/index.ts'),
  'cumulus-nvue': () => import('./cumulus-nvue/index.ts'),
  'dell-os10': () => import('./dell-os10/index.ts'),
  fastiron: () => import('./fastiron/index.ts'),
  'hpe-comware': () => import('./hpe-comware/index.ts'),
  'huawei-vrp': () => import('./huawei-vrp/index.ts'),
  'huawei-vrp8': () => import('./huawei-vrp8/index.ts'),
  'juniper-junos': () => import('./juniper-junos/index.ts'),
  'linux-bridge': () => import('./linux-bridge/index.ts'),
  'openconfig-netconf': () => import('./openconfig-netconf/index.ts'),
  ovs: () => import('./ovs/index.ts'),
  'snmp-qbridge': () => import('./snmp-qbridge/index.ts'),
  sonic: () => import('./sonic/index.ts'),
  'zte-zxros': () => import('./zte-zxros/index.ts'),
};

/** Platform names of the built-in drivers. */
export const builtinPlatforms: readonly string[] = Object.keys(builtin);

/** The built-in driver of a platform. Throws `driver_unknown`. */
export async function loadDriver(platform: string): Promise<Driver> {
  const load = Object.hasOwn(builtin, platform) ? builtin[platform] : undefined;
  if (!load) {
    throw new FabricError(
      'driver_unknown',
      `no driver for platform ${JSON.stringify(platform.slice(0, 64))}; there are ${builtinPlatforms.join(', ')}`,
      { context: { platform: platform.slice(0, 64) } },
    );
  }
  return (await load()).default as Driver;
}
