import { FabricError } from '../topology/error/fabric-error.ts';
import type { Driver } from './contract/driver.ts';

/** Drivers that come with Switchyard; loaded when first asked for. */
const builtin: Record<string, () => Promise<{ default: unknown }>> = {
  'arista-eos': () => import('./arista-eos/index.ts'),
  'cisco-ios': () => import('./cisco-ios/index.ts'),
  ovs: () => import('./ovs/index.ts'),
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
