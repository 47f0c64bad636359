import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { Driver } from '../contract/driver.ts';
import { builtinPlatforms, loadDriver } from '../registry.ts';
import { loadOutside } from './load.ts';

/** The drivers of one controller: those that come with the program, and those that its configuration names. */
export interface DriverSet {
  /** Throws `driver_unknown`. */
  load(platform: string): Promise<Driver>;
  /** All platforms, sorted. */
  platforms: readonly string[];
  /** Modules of which no driver could be made, and why. Only the switches that need them suffer. */
  broken: ReadonlyArray<{ module: string; error: FabricError }>;
}

/** A driver from outside takes the place of one of ours with the same platform: a site may know its switches better. */
export async function openDrivers(modules: readonly string[], directory: string): Promise<DriverSet> {
  const outside = new Map<string, Driver>();
  const broken: Array<{ module: string; error: FabricError }> = [];
  for (const module of modules) {
    try {
      const { driver } = await loadOutside(module, directory);
      outside.set(driver.platform, driver);
    } catch (error) {
      if (!isFabricError(error)) throw error;
      broken.push({ module, error });
    }
  }
  return {
    platforms: [...new Set([...builtinPlatforms, ...outside.keys()])].toSorted(),
    broken,
    async load(platform) {
      return outside.get(platform) ?? loadKnown(platform, [...outside.keys()], broken);
    },
  };
}

async function loadKnown(platform: string, others: readonly string[], broken: DriverSet['broken']): Promise<Driver> {
  try {
    return await loadDriver(platform);
  } catch (error) {
    if (!isFabricError(error, 'driver_unknown') || (others.length === 0 && broken.length === 0)) throw error;
    const failed = broken.map(({ module, error: { message } }) => `; ${module} was not loaded: ${message}`);
    const also = others.length === 0 ? '' : `, and from outside ${others.join(', ')}`;
    throw new FabricError('driver_unknown', `${error.message}${also}${failed.join('')}`, { context: error.context });
  }
}
