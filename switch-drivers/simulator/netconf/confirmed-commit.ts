import type { Tree } from './edit.ts';
import { RpcFault } from './fault.ts';

interface Pending {
  before: Tree;
  session: string;
  persist: string | null;
  timer: NodeJS.Timeout;
}

/** The one commit that waits for its confirmation (RFC 6241 section 8.4). */
export class ConfirmedCommit {
  readonly #restore: (before: Tree) => void;
  readonly #anyCommitConfirms: boolean;
  #pending: Pending | null = null;

  constructor(options: { restore(before: Tree): void; anyCommitConfirms: boolean }) {
    this.#restore = options.restore;
    this.#anyCommitConfirms = options.anyCommitConfirms;
  }

  get pending(): boolean {
    return this.#pending !== null;
  }

  /** Whether this session may commit now: while a commit waits, only who may confirm it. */
  check(session: string, persistId: string | null): void {
    if (persistId !== null && this.#pending?.persist !== persistId) throw badPersistId();
    if (this.#pending === null || persistId !== null || this.#anyCommitConfirms) return;
    if (this.#pending.persist !== null || this.#pending.session !== session) {
      throw new RpcFault('in-use', 'a confirmed commit waits for its confirmation', { type: 'protocol' });
    }
  }

  /** A further confirmed commit keeps the first one's starting point and starts the timer anew. */
  start(session: string, persist: string | null, before: Tree, seconds: number): void {
    const start = this.#pending?.before ?? before;
    clearTimeout(this.#pending?.timer);
    const timer = setTimeout(() => this.#rollBack(), seconds * 1000);
    this.#pending = { before: start, session, persist, timer };
  }

  confirm(): void {
    clearTimeout(this.#pending?.timer);
    this.#pending = null;
  }

  /** RFC 6241 section 8.4.4.1. */
  cancel(session: string, persistId: string | null): void {
    if (this.#pending === null)
      throw new RpcFault('operation-failed', 'no confirmed commit waits for its confirmation');
    if (this.#pending.persist !== persistId) throw badPersistId();
    if (persistId === null && this.#pending.session !== session) {
      throw new RpcFault('operation-failed', 'another session began the confirmed commit');
    }
    this.#rollBack();
  }

  /** RFC 6241 section 8.4.1: a commit that was not told to persist ends with its session. */
  sessionEnded(session: string): void {
    if (this.#anyCommitConfirms) return;
    if (this.#pending?.persist === null && this.#pending.session === session) this.#rollBack();
  }

  #rollBack(): void {
    const before = this.#pending?.before;
    this.confirm();
    if (before) this.#restore(before);
  }
}

function badPersistId(): RpcFault {
  return new RpcFault('invalid-value', 'no commit waits under this persist-id', { type: 'protocol' });
}
