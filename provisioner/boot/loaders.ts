import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { BOOT_ARCHITECTURES } from './architectures.ts';

/** Where Debian's `ipxe` puts them. */
export const DEFAULT_LOADER_DIRECTORIES: readonly string[] = ['/usr/lib/ipxe', '/boot'];

const KNOWN = new Set(BOOT_ARCHITECTURES.map(({ loader }) => loader));
/** Those that Debian's package contains; the others have to be built or downloaded by the operator. */
const IN_DEBIAN = new Set(['undionly.kpxe', 'snponly.efi']);

/** True for a file name that some architecture is given to load. */
export function isBootLoader(name: string): boolean {
  return KNOWN.has(name);
}

/**
 * The path of a boot loader; `directories` are searched in order, the operator's own first.
 *
 * @throws FabricError boot_loader_unknown for a name not in the table, boot_loader_missing with the package to install.
 */
export async function findBootLoader(
  name: string,
  directories: readonly string[] = DEFAULT_LOADER_DIRECTORIES,
): Promise<string> {
  if (!KNOWN.has(name)) {
    throw new FabricError(
      'boot_loader_unknown',
      `${JSON.stringify(name)} is no boot loader; known: ${[...KNOWN].join(', ')}`,
    );
  }
  for (const directory of directories) {
    const candidate = path.join(directory, name);
    try {
      await access(candidate, constants.R_OK);
      return candidate;
    } catch {
      // Not there: the next directory, and the error below names them all.
    }
  }
  const next = IN_DEBIAN.has(name)
    ? 'install the Debian package ipxe (`apt install ipxe`)'
    : 'Debian has no package with it: build it from the iPXE sources and put it into one of these directories';
  throw new FabricError('boot_loader_missing', `${name} is not in ${directories.join(' or ')}: ${next}`, {
    context: { name, directories },
  });
}
