import { setTimeout as sleep } from 'node:timers/promises';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { lock, unlock } from './operations.ts';
import type { NetconfSession } from './session.ts';

export type Step =
  | 'lock'
  | 'read'
  | 'discard-changes'
  | 'edit-config'
  | 'validate'
  | 'commit'
  | 'read-back'
  | 'confirming commit';

/** A device may take a while to notice that the session that holds the lock is gone. */
const LOCK_WAITS_MS = [50, 100, 200, 400, 800, 1000, 1000, 2000, 2000, 2000];

/** See runTransaction. */
export type Undone = true | false | 'by-timer';

/** The error of a transaction: what went wrong, at which step, and what became of the change. */
export function failed(error: unknown, step: Step, undone: Undone, timerSeconds = 0): FabricError {
  const outcome = {
    true: '',
    false: '; the change is in force, or nobody can say: read the switch again',
    'by-timer': `; what the device has taken it undoes by itself within ${timerSeconds} s`,
  }[`${undone}`];
  const known = isFabricError(error);
  return new FabricError(known ? error.code : 'switch_not_applied', messageOf(error) + outcome, {
    retryable: known && error.retryable,
    context: { ...(known ? error.context : {}), step, undone },
    cause: error,
  });
}

/** Runs on a new session, which is closed afterwards; null when there is none or it fails. */
export async function onNewSession<T>(
  reconnect: () => Promise<NetconfSession>,
  act: (session: NetconfSession) => Promise<T>,
): Promise<T | null> {
  let session: NetconfSession | null = null;
  try {
    session = await reconnect();
    return await act(session);
  } catch {
    // The caller reports the failure that made the new session necessary.
    return null;
  } finally {
    await session?.close();
  }
}

/** True when `act` succeeds, false when the device refuses it or is gone. */
export async function succeeds(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!isFabricError(error)) throw error;
    return false;
  }
}

/**
 * Ends what the transaction began on the session. A lock that cannot be given back ends with the session (RFC 6241
 * section 7.5), and what is left in a candidate with its lock (section 8.3.5.2).
 */
export async function release(session: NetconfSession, target: 'running' | 'candidate'): Promise<void> {
  if (!session.ended && !(await succeeds(() => unlock(session, target)))) await session.close();
}

/** With the lock held nothing that a lost session began is still under way. */
export async function lockPatiently(session: NetconfSession, target: 'running' | 'candidate'): Promise<void> {
  for (const wait of LOCK_WAITS_MS) {
    try {
      return await lock(session, target);
    } catch (error) {
      if (!isFabricError(error, 'switch_locked')) throw error;
      await sleep(wait);
    }
  }
  await lock(session, target);
}
