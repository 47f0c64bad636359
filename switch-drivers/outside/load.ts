import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { CONTRACT_VERSION, type Driver } from '../contract/driver.ts';
import type { SimulatedPlatform } from '../simulator/platform.ts';
import { findFault } from './find-fault.ts';
import { serveOwnExports } from './own-exports.ts';

/** A module that holds a driver: the driver itself, and the simulated switch it is tried on, where it brings one. */
export interface DriverModule {
  driver: Driver;
  simulated: SimulatedPlatform | null;
}

/**
 * Loads a driver that does not come with Switchyard. `name`: a path (`./x.ts`, `/opt/x.js`), or an npm package that is
 * installed in `directory` or above it. Errors: `driver_not_found`, `driver_broken`, `driver_contract_mismatch`.
 */
export async function loadOutside(name: string, directory: string): Promise<DriverModule> {
  serveOwnExports();
  const exported = await importModule(name, locate(name, directory));
  const { default: driver, simulated = null } = exported as { default?: unknown; simulated?: SimulatedPlatform | null };
  const fault = findFault(driver);
  if (fault !== null) {
    throw new FabricError('driver_broken', `the default export of ${name} is no driver: ${fault}`, {
      context: { module: name },
    });
  }
  const { contract } = driver as Driver;
  if (contract === CONTRACT_VERSION) return { driver: driver as Driver, simulated };
  throw new FabricError(
    'driver_contract_mismatch',
    `driver ${name} was written for contract ${String(contract).slice(0, 20)}, this program has contract ${CONTRACT_VERSION}; get the version of the driver that fits`,
    { context: { module: name } },
  );
}

function locate(name: string, directory: string): string {
  if (/^\.{0,2}\//.test(name)) return path.resolve(directory, name);
  try {
    return createRequire(path.join(directory, 'x.js')).resolve(name);
  } catch (cause) {
    throw notFound(name, `no package of this name is installed in ${directory} or above`, cause);
  }
}

async function importModule(name: string, file: string): Promise<object> {
  try {
    return (await import(pathToFileURL(file).href)) as object;
  } catch (cause) {
    const { code, url } = cause as { code?: string; url?: string };
    if (code === 'ERR_MODULE_NOT_FOUND' && (url === undefined || url === pathToFileURL(file).href)) {
      throw notFound(name, `there is no file ${file}`, cause);
    }
    throw new FabricError('driver_broken', `${name} cannot be loaded: ${messageOf(cause)}`, {
      context: { module: name },
      cause,
    });
  }
}

function notFound(name: string, why: string, cause: unknown): FabricError {
  return new FabricError(
    'driver_not_found',
    `driver module ${JSON.stringify(name.slice(0, 200))} is not there: ${why}`,
    {
      context: { module: name.slice(0, 200) },
      cause,
    },
  );
}
