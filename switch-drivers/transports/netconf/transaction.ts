import { unsupported } from './errors.ts';
import type { DefaultOperation } from './operations.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import { runConfirmed } from './transaction-confirmed.ts';
import { runUnconfirmed } from './transaction-unconfirmed.ts';
import type { XmlElement } from './xml/element.ts';

export interface TransactionEdit {
  /** Nothing: the transaction ends without a commit. */
  config: readonly XmlElement[];
  /** Brings back what `config` changes, for devices that cannot go back at once by themselves. */
  undo?: readonly XmlElement[];
}

export interface TransactionRequest {
  /**
   * Called with the lock held, so that what is edited is what was read. Whatever it throws ends the transaction before
   * anything is changed.
   */
  edit(session: NetconfSession): Promise<TransactionEdit>;
  defaultOperation?: DefaultOperation;
  /** Reads the switch and throws when it is not as it shall be; may be called again, on another session. */
  readBack(session: NetconfSession): Promise<void>;
  /** A further session: to find out what became of a session that was cut, and to take the change back. */
  reconnect(): Promise<NetconfSession>;
  /** The device goes back by itself when it hears nothing of us for so long. Default 60. */
  confirmWithinSeconds?: number;
  /** Name of the commit that waits for its confirmation (:confirmed-commit:1.1); one of its own by default. */
  persist?: string;
}

/**
 * Changes the running configuration as a whole or not at all:
 *
 * - :candidate and :confirmed-commit: lock, discard-changes, edit-config, validate, confirmed commit, read-back,
 *   confirming commit, unlock. The device goes back by itself if we vanish. Version 1.0 cannot cancel a commit: `undo`
 *   takes it back at once, without it the device's timer does.
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
