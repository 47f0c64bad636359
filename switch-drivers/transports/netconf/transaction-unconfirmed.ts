import { setTimeout as sleep } from 'node:timers/promises';
import { isFabricError } from '../../../topology/error/fabric-error.ts';
import { commit, discardChanges } from './commit.ts';
import { editConfig, lock, validate } from './operations.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import type { TransactionRequest } from './transaction.ts';
import { failed, onNewSession, release, type Step, succeeds, type Undone } from './transaction-outcome.ts';
import type { XmlElement } from './xml/element.ts';

type Target = 'running' | 'candidate';

/** A device may take a while to notice that the session that holds the lock is gone. */
const LOCK_TRIES = 10;
const LOCK_WAIT_MS = 1000;

/** The transaction of a device that cannot go back by itself. */
export async function runUnconfirmed(
  session: NetconfSession,
  request: TransactionRequest,
  target: Target,
): Promise<readonly RpcError[]> {
  const warnings: RpcError[] = [];
  let step: Step = 'lock';
  const at = (next: Step) => {
    step = next;
  };
  try {
    await lock(session, target);
    await write(session, request, target, request.config, at, warnings);
    step = 'read-back';
    await request.readBack(session);
  } catch (error) {
    const became = await settle(session, request, target, step);
    if (became !== 'in force') throw failed(error, step, became);
  }
  await release(session, target);
  return warnings;
}

/** Lays `config` into running; the lock is held. */
async function write(
  session: NetconfSession,
  request: TransactionRequest,
  target: Target,
  config: readonly XmlElement[],
  at: (step: Step) => void,
  warnings: RpcError[],
): Promise<void> {
  const { capabilities } = session;
  const { defaultOperation } = request;
  if (target === 'running') {
    at('edit-config');
    const errorOption = capabilities.has('rollback-on-error') ? 'rollback-on-error' : undefined;
    const testOption = capabilities.has('validate') ? 'test-then-set' : undefined;
    warnings.push(...(await editConfig(session, { target, config, defaultOperation, errorOption, testOption })));
    return;
  }
  at('discard-changes');
  await discardChanges(session);
  at('edit-config');
  warnings.push(...(await editConfig(session, { target, config, defaultOperation })));
  at('validate');
  if (capabilities.has('validate')) warnings.push(...(await validate(session, target)));
  at('commit');
  warnings.push(...(await commit(session)));
}

async function settle(
  session: NetconfSession,
  request: TransactionRequest,
  target: Target,
  step: Step,
): Promise<Undone | 'in force'> {
  if (step === 'lock') return true;
  const lost = session.ended !== null;
  if (untouched(session, target, step, lost)) {
    if (target === 'candidate' && !lost) await succeeds(() => discardChanges(session));
    await release(session, target);
    return true;
  }
  if (!lost) {
    const undone = await restore(session, request, target);
    await release(session, target);
    return undone;
  }
  const found = await onNewSession(request.reconnect, (fresh) => findOut(fresh, request, target));
  return found ?? false;
}

/** Whether running is as it was after a failure at `step`. */
function untouched(session: NetconfSession, target: Target, step: Step, lost: boolean): boolean {
  if (step === 'read-back') return false;
  // RFC 6241 section 8.3.4.1: a commit that is refused leaves running unchanged.
  if (target === 'candidate') return step !== 'commit' || !lost;
  return !lost && session.capabilities.has('rollback-on-error');
}

/** The answer that was lost may have been a success. */
async function findOut(
  session: NetconfSession,
  request: TransactionRequest,
  target: Target,
): Promise<Undone | 'in force'> {
  try {
    // With the lock held nothing that the lost session began is still under way.
    await lockPatiently(session, target);
    await request.readBack(session);
    return 'in force';
  } catch {
    if (session.ended) return false;
    return restore(session, request, target);
  }
}

async function restore(session: NetconfSession, request: TransactionRequest, target: Target): Promise<Undone> {
  const { undo } = request;
  if (undo === undefined) return false;
  return succeeds(() => write(session, request, target, undo, () => {}, []));
}

async function lockPatiently(session: NetconfSession, target: Target): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await lock(session, target);
    } catch (error) {
      if (!isFabricError(error, 'switch_locked') || tries === LOCK_TRIES) throw error;
      await sleep(LOCK_WAIT_MS);
    }
  }
}
