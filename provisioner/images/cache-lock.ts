import { randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Names a process for as long as it lives: pids are used again, pid with start time is not (proc(5), field 22). */
export async function processIdentity(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${pid}:${fields[19]}`;
  } catch {
    return null;
  }
}

async function holderLives(holder: string): Promise<boolean> {
  const pid = Number.parseInt(holder, 10);
  return Number.isInteger(pid) && pid > 0 && (await processIdentity(pid)) === holder;
}

/**
 * Takes a lock file, waiting while its holder lives; a dead holder's lock is taken over. Written aside and linked into
 * place, so a lock is never seen without its holder. Returns the release.
 */
export async function takeLock(file: string, pollMs = 100): Promise<() => Promise<void>> {
  const me = await processIdentity(process.pid);
  if (me === null) throw new Error('/proc is not mounted');
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, me, { mode: 0o600, flag: 'wx' });
  try {
    for (;;) {
      try {
        await link(mine, file);
        return () => unlink(file).catch(ignoreMissing);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await readFile(file, 'utf8').catch(() => null);
      if (holder !== null && !(await holderLives(holder))) await removeStale(file, holder);
      else await sleep(pollMs);
    }
  } finally {
    await unlink(mine).catch(ignoreMissing);
  }
}

/** Moved aside before it is judged a second time: of several that found it stale, one gets it, and never a fresh lock. */
async function removeStale(file: string, holder: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    return ignoreMissing(error);
  }
  if ((await readFile(aside, 'utf8')) !== holder) await link(aside, file).catch(() => undefined);
  await unlink(aside).catch(ignoreMissing);
}

export function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
