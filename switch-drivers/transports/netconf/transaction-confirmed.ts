import { randomUUID } from 'node:crypto';
import { cancelCommit, commit, discardChanges } from './commit.ts';
import { editConfig, lock, validate } from './operations.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import type { TransactionRequest } from './transaction.ts';
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

const CONFIRM_SECONDS = 60;

/** What it takes to take a commit back. */
interface Way {
  /** Name of the commit; undefined: version 1.0 cannot name one. */
  persist: string | undefined;
  undo: readonly XmlElement[] | undefined;
}

/** The transaction of a device with :candidate and :confirmed-commit. */
export async function runConfirmed(session: NetconfSession, request: TransactionRequest): Promise<readonly RpcError[]> {
  const seconds = request.confirmWithinSeconds ?? CONFIRM_SECONDS;
  const { capabilities } = session;
  const named = capabilities.has('confirmed-commit', '1.1');
  const way: Way = { persist: named ? (request.persist ?? `switchyard-${randomUUID()}`) : undefined, undo: undefined };
  const warnings: RpcError[] = [];
  let step: Step = 'lock';
  const commitEdit = async (config: readonly XmlElement[]): Promise<void> => {
    step = 'discard-changes';
    await discardChanges(session);
    step = 'edit-config';
    const { defaultOperation } = request;
    warnings.push(...(await editConfig(session, { target: 'candidate', config, defaultOperation })));
    step = 'validate';
    if (capabilities.has('validate')) warnings.push(...(await validate(session, 'candidate')));
    step = 'commit';
    warnings.push(...(await commit(session, { confirmWithinSeconds: seconds, persist: way.persist })));
    step = 'read-back';
    await request.readBack(session);
    step = 'confirming commit';
    warnings.push(...(await commit(session, { persistId: way.persist })));
  };
  try {
    await lock(session, 'candidate');
    step = 'read';
    const { config, undo } = await request.edit(session);
    way.undo = undo;
    if (config.length > 0) await commitEdit(config);
  } catch (error) {
    const became = await settle(session, request, step, way);
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
  way: Way,
): Promise<Undone | 'in force'> {
  const lost = session.ended !== null;
  switch (step) {
    case 'lock':
      return true;
    case 'read':
      await release(session, 'candidate');
      return true;
    case 'discard-changes':
    case 'edit-config':
    case 'validate':
      await dropCandidate(session);
      return true;
    case 'commit':
      if (lost) return takeBackElsewhere(request, way);
      // A commit that is refused leaves running unchanged (RFC 6241 section 8.3.4.1).
      await dropCandidate(session);
      return true;
    case 'read-back':
      return lost ? takeBackElsewhere(request, way) : takeBack(session, request, way);
    case 'confirming commit':
      return lost ? findOut(request, way) : takeBack(session, request, way);
  }
}

async function dropCandidate(session: NetconfSession): Promise<void> {
  if (session.ended) return;
  await succeeds(() => discardChanges(session));
  await release(session, 'candidate');
}

/** The lock is held. */
async function takeBack(session: NetconfSession, request: TransactionRequest, way: Way): Promise<Undone> {
  if ((await cancelled(session, way)) || (await laidBack(session, request, way))) {
    await dropCandidate(session);
    return true;
  }
  // A device of version 1.0 goes back when the session ends, or when its timer does.
  await session.close();
  return 'by-timer';
}

async function cancelled(session: NetconfSession, { persist }: Way): Promise<boolean> {
  return persist !== undefined && (await succeeds(() => cancelCommit(session, persist)));
}

/** A commit of what was before: it confirms what waits for a confirmation, and replaces it in the same instant. */
async function laidBack(session: NetconfSession, { defaultOperation }: TransactionRequest, way: Way): Promise<boolean> {
  const { undo } = way;
  if (undo === undefined || session.ended) return false;
  return succeeds(async () => {
    await discardChanges(session);
    await editConfig(session, { target: 'candidate', config: undo, defaultOperation });
    // Without a validate: on Junos it would confirm the pending commit by itself.
    await commit(session);
  });
}

/**
 * Without the lock a refusal does not mean that nothing is pending: a slow device may still be at the commit whose answer
 * was lost. Its timer runs from then on.
 */
async function takeBackElsewhere(request: TransactionRequest, way: Way): Promise<Undone> {
  const undone = await onNewSession(request.reconnect, async (session) => {
    const locked = await succeeds(() => lockPatiently(session, 'candidate'));
    if (await cancelled(session, way)) return true;
    return locked && (await laidBack(session, request, way));
  });
  return undone === true ? true : 'by-timer';
}

/** The confirming commit or its answer was lost: the change is in force for good, or will be undone by the timer. */
async function findOut(request: TransactionRequest, way: Way): Promise<Undone | 'in force'> {
  const { persist } = way;
  const found = await onNewSession(request.reconnect, async (session): Promise<Undone | 'in force'> => {
    const locked = await succeeds(() => lockPatiently(session, 'candidate'));
    // Confirming again does no harm. Refused means that nothing is pending any more.
    if (persist !== undefined && (await succeeds(() => commit(session, { persistId: persist })))) return 'in force';
    try {
      await request.readBack(session);
    } catch {
      if (session.ended) return false;
      if (locked && (await laidBack(session, request, way))) return true;
      return persist === undefined ? false : 'by-timer';
    }
    if (persist !== undefined) return 'in force';
    // Without a name the device may be about to go back: a commit of nothing confirms what is pending.
    return locked && (await succeeds(() => commit(session))) ? 'in force' : false;
  });
  return found ?? false;
}
