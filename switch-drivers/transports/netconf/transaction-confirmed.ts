import { randomUUID } from 'node:crypto';
import { cancelCommit, commit, discardChanges } from './commit.ts';
import { editConfig, lock, validate } from './operations.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import type { TransactionRequest } from './transaction.ts';
import { failed, onNewSession, release, type Step, succeeds, type Undone } from './transaction-outcome.ts';

const CONFIRM_SECONDS = 60;

/** The transaction of a device with :candidate and :confirmed-commit. */
export async function runConfirmed(session: NetconfSession, request: TransactionRequest): Promise<readonly RpcError[]> {
  const seconds = request.confirmWithinSeconds ?? CONFIRM_SECONDS;
  const { capabilities } = session;
  // Version 1.0 cannot name a commit: it ends with its session (RFC 6241 section 8.4.1).
  const persist = capabilities.has('confirmed-commit', '1.1') ? `switchyard-${randomUUID()}` : undefined;
  const warnings: RpcError[] = [];
  let step: Step = 'lock';
  try {
    await lock(session, 'candidate');
    step = 'discard-changes';
    await discardChanges(session);
    step = 'edit-config';
    const { config, defaultOperation } = request;
    warnings.push(...(await editConfig(session, { target: 'candidate', config, defaultOperation })));
    step = 'validate';
    if (capabilities.has('validate')) warnings.push(...(await validate(session, 'candidate')));
    step = 'commit';
    warnings.push(...(await commit(session, { confirmWithinSeconds: seconds, persist })));
    step = 'read-back';
    await request.readBack(session);
    step = 'confirming commit';
    warnings.push(...(await commit(session, { persistId: persist })));
  } catch (error) {
    const became = await settle(session, request, step, persist);
    if (became !== 'in force') throw failed(error, step, became, seconds);
  }
  await release(session, 'candidate');
  return warnings;
}

/** Puts things right after a failure at `step`, on this session or, if it is gone, on a new one. */
async function settle(
  session: NetconfSession,
  request: TransactionRequest,
  step: Step,
  persist: string | undefined,
): Promise<Undone | 'in force'> {
  const lost = session.ended !== null;
  switch (step) {
    case 'lock':
      return true;
    case 'discard-changes':
    case 'edit-config':
    case 'validate':
      await dropCandidate(session);
      return true;
    case 'commit':
      if (lost) return takeBackElsewhere(request, persist);
      // A commit that is refused leaves running unchanged (RFC 6241 section 8.3.4.1).
      await dropCandidate(session);
      return true;
    case 'read-back':
      return lost ? takeBackElsewhere(request, persist) : takeBack(session, persist);
    case 'confirming commit':
      return lost ? findOut(request, persist) : takeBack(session, persist);
  }
}

async function dropCandidate(session: NetconfSession): Promise<void> {
  if (session.ended) return;
  await succeeds(() => discardChanges(session));
  await release(session, 'candidate');
}

async function takeBack(session: NetconfSession, persist: string | undefined): Promise<Undone> {
  if (persist !== undefined && (await succeeds(() => cancelCommit(session, persist)))) {
    await dropCandidate(session);
    return true;
  }
  // A device of version 1.0 goes back when the session ends.
  await session.close();
  return 'by-timer';
}

/**
 * A refusal does not mean that nothing is pending: a slow device may still be at the commit whose answer was lost. Its
 * timer runs from then on.
 */
async function takeBackElsewhere(request: TransactionRequest, persist: string | undefined): Promise<Undone> {
  if (persist === undefined) return 'by-timer';
  const cancelled = await onNewSession(request.reconnect, async (session) => {
    await cancelCommit(session, persist);
    return true;
  });
  return cancelled ?? 'by-timer';
}

/** The confirming commit or its answer was lost: the change is in force for good, or will be undone by the timer. */
async function findOut(request: TransactionRequest, persist: string | undefined): Promise<Undone | 'in force'> {
  const found = await onNewSession(request.reconnect, async (session): Promise<Undone | 'in force'> => {
    // Confirming again does no harm. Refused means that nothing is pending any more.
    const again = persist !== undefined && (await succeeds(() => commit(session, { persistId: persist })));
    if (again) return 'in force';
    try {
      await request.readBack(session);
      // Without a name the device may be about to go back.
      return persist === undefined ? false : 'in force';
    } catch {
      return session.ended ? false : 'by-timer';
    }
  });
  return found ?? false;
}
