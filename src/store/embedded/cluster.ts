import { spawn } from 'node:child_process';
import { chown, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

export const SUPERUSER = 'switchyard';

/** True where the words of PostgreSQL, or an errno, say that the disk is full. */
export function isDiskFull(words: string): boolean {
  return /no space left on device|wrote only \d+ of \d+ bytes|disk quota exceeded|ENOSPC|EDQUOT/i.test(words);
}

export function diskFull(directory: string, words: string): FabricError {
  return new FabricError(
    'store_disk_full',
    `The disk that holds ${directory} is full (${words}). Free some space; nothing that was acknowledged is lost.`,
    { retryable: true, context: { directory } },
  );
}

/** Makes the database cluster `data` unless it is there. It appears under its name only when complete. */
export async function ensureCluster(
  data: string,
  binaries: Binaries,
  account: Account | null,
  options: { sync: boolean },
): Promise<void> {
  const parent = dirname(data);
  for (const name of await readdir(parent)) {
    if (name.startsWith(`${basename(data)}.new-`)) await rm(join(parent, name), { recursive: true, force: true });
  }
  if (await lstat(data).catch(() => null)) return;
  const building = `${data}.new-${process.pid}`;
  await mkdir(building, { mode: 0o700 });
  if (account) await chown(building, account.uid, account.gid);
  // The socket lies in a directory that only this account and root can enter: hence trust.
  const args = ['--pgdata', building, '--username', SUPERUSER, '--auth', 'trust', '--encoding', 'UTF8'];
  args.push('--locale', 'C', ...(options.sync ? [] : ['--no-sync']));
  const { code, words } = await run(join(binaries.root, 'bin', 'initdb'), args, account);
  if (code !== 0) {
    await rm(building, { recursive: true, force: true });
    if (isDiskFull(words)) throw diskFull(parent, lastLine(words));
    throw new FabricError('store_init_failed', `initdb could not make the database in ${parent}: ${words.trim()}`, {
      context: { directory: parent, code },
    });
  }
  await rename(building, data);
}

/** The line that says what was wrong. */
export function lastLine(words: string): string {
  const lines = words.trim().split('\n');
  return (lines.find((line) => isDiskFull(line)) ?? lines.at(-1) ?? '').trim();
}

function run(
  program: string,
  args: string[],
  account: Account | null,
): Promise<{ code: number | null; words: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    let words = '';
    child.stderr.on('data', (data) => {
      words = (words + data).slice(-8192);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, words }));
  });
}
