import type { Config } from '../config/config.ts';
import type { Finding } from './check.ts';
import { checkController } from './controller.ts';
import { checkPrivileges } from './privileges.ts';
import { checkBootLoaders, checkPrograms, checkRamdiskKernel } from './programs.ts';

/** Looks at everything a controller with this configuration needs or may use. Changes nothing. */
export async function examine(config: Config): Promise<Finding[]> {
  const groups = await Promise.all([
    checkController(config),
    checkPrograms(),
    checkBootLoaders(),
    checkRamdiskKernel().then((finding) => [finding]),
    checkPrivileges(),
  ]);
  return groups.flat();
}
