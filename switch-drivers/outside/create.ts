import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';

const EXAMPLE = 'docs/example-driver/index.ts';

/** Writes the example driver as `NAME/index.ts`; returns that file's name. Errors: `driver_name_invalid`, `file_exists`. */
export function createDriver(name: string, directory: string): string {
  if (!/^[a-z][a-z0-9-]{1,62}$/.test(name)) {
    throw new FabricError(
      'driver_name_invalid',
      `${JSON.stringify(name.slice(0, 80))} is no platform name; use lower case letters, digits and dashes, a letter first`,
    );
  }
  const file = `./${name}/index.ts`;
  const source = readFileSync(exampleFile(), 'utf8')
    .replace("platform: 'example'", `platform: '${name}'`)
    .replace("title: 'An example: a switch like Cisco IOS'", `title: '${name}'`);
  try {
    mkdirSync(path.resolve(directory, name), { recursive: true });
    writeFileSync(path.resolve(directory, file), source, { flag: 'wx' });
  } catch (cause) {
    const exists = (cause as { code?: string }).code === 'EEXIST';
    throw new FabricError(
      exists ? 'file_exists' : 'file_not_written',
      exists ? `${file} is there already; choose another name or remove it` : `${file}: ${messageOf(cause)}`,
      { cause },
    );
  }
  return file;
}

/** At the root of the checkout, or of the package whose `dist` this runs in. */
function exampleFile(): string {
  const roots = [new URL('../..', import.meta.url), new URL('../../..', import.meta.url)];
  const found = roots.map((root) => fileURLToPath(new URL(EXAMPLE, root))).find((file) => existsSync(file));
  if (found === undefined) throw new FabricError('file_not_found', `${EXAMPLE} is missing from this installation`);
  return found;
}
