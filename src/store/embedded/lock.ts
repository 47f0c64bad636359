import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FabricError } from '../../../topology/error/fabric-error.ts';

/** A process, told apart from a later one with the same pid and from one before the last boot. */
interface Holder {
  pid: number;
  startTime: string;
  bootId: string;
}

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes `<directory>/lock` or throws `store_locked`. A lock whose process is gone (kill -9, power cut) is taken over.
 * The file appears complete, by link(2), so nobody reads half of it.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = join(directory, 'lock');
  const mine = JSON.stringify({ ...(await identify(process.pid)), token: randomUUID() });
  const draft = join(directory, `lock.${randomUUID()}`);
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      try {
        await link(draft, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      await removeIfStale(path);
    }
  } finally {
    await unlink(draft);
  }
  return {
    async release() {
      if ((await readFile(path, 'utf8').catch(() => '')) === mine) await unlink(path);
    },
  };
}

async function removeIfStale(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(absent);
  if (text === null) return;
  const holder = parse(text);
  if (holder && (await isAlive(holder))) {
    throw new FabricError(
      'store_locked',
      `The data directory is in use by process ${holder.pid} (${path}). Stop that one, or give this one another data ` +
        'directory; several controllers share one database through database.url.',
      { context: { pid: holder.pid, lock: path } },
    );
  }
  await breakLock(path, text);
}

/** A breaker that died in the middle is waited for so long. */
const BREAKER_MS = 10_000;

/**
 * Removes a stale lock, one starter at a time: while the stale file is there nobody can put a lock of his own in its place,
 * and only the one who made the directory beside it may remove it.
 */
async function breakLock(path: string, stale: string): Promise<void> {
  const breaker = `${path}.breaking`;
  try {
    await mkdir(breaker);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const made = await stat(breaker).catch(absent);
    if (made && Date.now() - made.mtimeMs > BREAKER_MS) await rmdir(breaker).catch(absent);
    else await sleep(50);
    return;
  }
  try {
    if ((await readFile(path, 'utf8').catch(absent)) === stale) await unlink(path);
  } finally {
    await rmdir(breaker).catch(absent);
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

function parse(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    return value && Number.isInteger(value.pid) ? (value as Holder) : null;
  } catch {
    return null;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  const now = await identify(holder.pid).catch(() => null);
  return now !== null && now.startTime === holder.startTime && now.bootId === holder.bootId;
}

async function identify(pid: number): Promise<Holder> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // proc(5): field 22 is the start time; field 2, the name, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') throw new Error(`process ${pid} is a zombie`);
  const startTime = fields[19] ?? '';
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  return { pid, startTime, bootId };
}
