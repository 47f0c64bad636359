import { unsupported } from './errors.ts';
import type { DefaultOperation } from './operations.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import { runConfirmed } from './transaction-confirmed.ts';
import { runUnconfirmed } from './transaction-unconfirmed.ts';
import type { XmlElement } from './xml/element.ts';

export interface TransactionRequest {
  config: readonly XmlElement[];
  defaultOperation?: DefaultOperation;
  /** Reads the switch and throws when it is not as it shall be; may be called again, on another session. */
  readBack(session: NetconfSession): Promise<void>;
  /** A further session: to find out what became of a session that was cut, and to take the change back. */
  reconnect(): Promise<NetconfSession>;
  /** The device goes back by itself when it hears nothing of us for so long. Default 60. */
  confirmWithinSeconds?: number;
  /** Edit that brings back what `config` changes, for devices that cannot go back by themselves. */
  undo?: readonly XmlElement[];
}

/**
 * Changes the running configuration as a whole or not at all:
 *
 * - :candidate and :confirmed-commit: lock, discard-changes, edit-config, validate, confirmed commit, read-back,
 *   confirming commit, unlock. The device goes back by itself if we vanish.
 * - :candidate alone: the same with a plain commit; `undo` takes it back.
 * - :writable-running: lock, edit-config (with rollback-on-error where there is), read-back, unlock; `undo` takes it back.
 *
 * An error says in its context at which `step`, and as `undone` what became of the change: `true` = running is as it
 * was; `'by-timer'` = it is, or the device makes it so within `confirmWithinSeconds`; `false` = the change is in force, or
 * nobody can say. Resolves with the device's warnings when the change is in force, even if the session was lost then.
 */
export async function runTransaction(
  session: NetconfSession,
  request: TransactionRequest,
): Promise<readonly RpcError[]> {
  const { capabilities, name } = session;
  if (capabilities.has('candidate')) {
    if (capabilities.has('confirmed-commit')) return runConfirmed(session, request);
    return runUnconfirmed(session, request, 'candidate');
  }
  if (capabilities.has('writable-running')) return runUnconfirmed(session, request, 'running');
  throw unsupported(name, 'be configured', ':candidate or :writable-running');
}
