import { commit, discardChanges } from './commit.ts';
import { editConfig, lock, validate } from './operations.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import type { TransactionEdit, TransactionRequest } from './transaction.ts';
import {
  failed,
  lockPatiently,
  onNewSession,
  release,
  type Step,
  succeeds,
  type Undone,
} from './transaction-outcome.ts';
import type { XmlElement } from './xml/element.ts';

type Target = 'running' | 'candidate';

/** A request whose edit is known. */
type Begun = TransactionRequest & Pick<TransactionEdit, 'undo'>;

/** The transaction of a device that cannot go back by itself. */
export async function runUnconfirmed(
  session: NetconfSession,
  request: TransactionRequest,
  target: Target,
): Promise<readonly RpcError[]> {
  const warnings: RpcError[] = [];
  let step: Step = 'lock';
  let edit: TransactionEdit = { config: [] };
  const at = (next: Step) => {
    step = next;
  };
  try {
    await lock(session, target);
    step = 'read';
    edit = await request.edit(session);
    if (edit.config.length > 0) {
      await write(session, request, target, edit.config, at, warnings);
      step = 'read-back';
      await request.readBack(session);
    }
  } catch (error) {
    const became = await settle(session, { ...request, undo: edit.undo }, target, step);
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
  request: Begun,
  target: Target,
  step: Step,
): Promise<Undone | 'in force'> {
  if (step === 'lock' || step === 'read') {
    if (step === 'read') await release(session, target);
    return true;
  }
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
async function findOut(session: NetconfSession, request: Begun, target: Target): Promise<Undone | 'in force'> {
  try {
    await lockPatiently(session, target);
    await request.readBack(session);
    return 'in force';
  } catch {
    if (session.ended) return false;
    return restore(session, request, target);
  }
}

async function restore(session: NetconfSession, request: Begun, target: Target): Promise<Undone> {
  const { undo } = request;
  if (undo === undefined) return false;
  return succeeds(() => write(session, request, target, undo, () => {}, []));
}
