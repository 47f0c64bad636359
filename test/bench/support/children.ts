import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';

/** Above whatever else runs on the machine, so that other load disturbs the comparison less. */
const PRIORITY = -10;

/** Gives a process of either side the same raised priority; without root all keep the usual one. */
export function prefer(child: ChildProcess): void {
  if (process.getuid?.() !== 0 || child.pid === undefined) return;
  try {
    os.setPriority(child.pid, PRIORITY);
  } catch (error) {
    // Ended already: nothing is left to prefer.
    if ((error as { info?: { code?: string } }).info?.code !== 'ESRCH') throw error;
  }
}

/** Ends a process and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
