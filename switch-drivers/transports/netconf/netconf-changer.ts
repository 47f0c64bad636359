import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortState } from '../../../topology/plan/model.ts';
import { mismatches, notApplied } from '../ssh-cli/read-back.ts';
import { cancelCommit, commit } from './commit.ts';
import { unsupported } from './errors.ts';
import { differing, editTree } from './node-edit.ts';
import { lock } from './operations.ts';
import type { NetconfOptions } from './options.ts';
import type { NetconfPlatform, NetconfPorts, NetconfReader, PendingCommit } from './platform.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import { runTransaction, type TransactionEdit } from './transaction.ts';
import { release, succeeds } from './transaction-outcome.ts';

/** What changes are made over. */
export interface Connection<O> {
  /** Name of the switch. */
  name: string;
  options: O;
  /** The ports as last read. */
  now: NetconfPorts;
  /** A port that is not among them, or that is foreign, is refused before anything is sent. */
  writable(portId: string): PortState;
  connect(): Promise<NetconfSession>;
  ask<T>(session: NetconfSession, reader: NetconfReader<T, O>): Promise<T>;
  readPorts(session: NetconfSession): Promise<NetconfPorts>;
}

/** Changes as one NETCONF transaction. What is as wanted already is not sent. */
export class NetconfChanger<S extends z.ZodType<NetconfOptions>> {
  #platform: NetconfPlatform<S>;
  #connection: Connection<z.output<S>>;

  constructor(platform: NetconfPlatform<S>, connection: Connection<z.output<S>>) {
    this.#platform = platform;
    this.#connection = connection;
  }

  render(changes: readonly Change[]): string[] {
    return this.#edits(changes).flatMap((edit) => this.#platform.lines(edit));
  }

  /** Resolves with the device's warnings. */
  async apply(session: NetconfSession, changes: readonly Change[]): Promise<readonly RpcError[]> {
    // Refused before anything is sent, as far as what was last read tells.
    this.#edits(changes);
    if (changes.length === 0) return [];
    const { name, connect } = this.#connection;
    const { capabilities } = session;
    if (!capabilities.has('candidate') && !capabilities.has('rollback-on-error'))
      throw unsupported(name, 'change several settings as one', ':candidate or :rollback-on-error');
    try {
      return await runTransaction(session, {
        edit: (locked) => this.#edit(locked, changes),
        readBack: (fresh) => this.#expect(fresh, changes),
        reconnect: connect,
        persist: this.#persist,
      });
    } catch (error) {
      throw inContractTerms(error);
    }
  }

  /**
   * A confirmed commit that a session of ours was cut off from would be read as what is in force, and vanish with the
   * device's timer. It is taken back unless its transaction is still under way: then that one has the lock.
   */
  async dropLeftover(session: NetconfSession): Promise<boolean> {
    if (!session.capabilities.has('confirmed-commit')) return false;
    const { anyCommitConfirms: confirms } = this.#platform;
    const takeBack = async (): Promise<boolean> => {
      if (!confirms) return succeeds(() => cancelCommit(session, this.#persist));
      if (!this.#isOurs(await this.#connection.ask(session, confirms.pending))) return false;
      return succeeds(async () => {
        await session.rpc(confirms.rollBack);
        await commit(session);
      });
    };
    if (confirms && !this.#isOurs(await this.#connection.ask(session, confirms.pending))) return false;
    if (!confirms && !session.capabilities.has('confirmed-commit', '1.1')) return false;
    if (!(await succeeds(() => lock(session, 'candidate')))) return false;
    try {
      return await takeBack();
    } finally {
      await release(session, 'candidate');
    }
  }

  /** The lock is held: what is read here is what is edited. */
  async #edit(session: NetconfSession, changes: readonly Change[]): Promise<TransactionEdit> {
    const { anyCommitConfirms: confirms, style } = this.#platform;
    const pending = confirms ? await this.#connection.ask(session, confirms.pending) : null;
    if (pending) throw waits(this.#connection.name, pending);
    await this.#connection.readPorts(session);
    const edits = this.#edits(changes);
    return {
      config: editTree(edits, style),
      undo: editTree(
        edits.map(({ path, now }) => ({ path, node: now })),
        style,
      ),
    };
  }

  #edits(changes: readonly Change[]) {
    const { now, options } = this.#connection;
    for (const change of changes) if (change.op === 'port-set') this.#connection.writable(change.portId);
    return differing(
      changes.flatMap((change) => this.#platform.edits(change, now, options)),
      now.config,
    );
  }

  async #expect(session: NetconfSession, changes: readonly Change[]): Promise<void> {
    for (const wait of [...(this.#platform.settleWaitsMs ?? []), null]) {
      const wrong = mismatches(changes, await this.#connection.readPorts(session));
      if (wrong.length === 0) return;
      if (wait === null) throw notApplied(this.#connection.name, wrong);
      await sleep(wait);
    }
  }

  /** The same for all sessions to a switch, so that a later one can take back what an earlier one left. */
  get #persist(): string {
    return `switchyard-${this.#connection.name}`;
  }

  #isOurs(pending: PendingCommit | null): boolean {
    return pending?.netconf === true && pending.user === this.#connection.options.username;
  }
}

function waits(name: string, { user }: PendingCommit): FabricError {
  return new FabricError(
    'switch_locked',
    `a commit of ${user} on switch ${name} waits for its confirmation, which a commit of ours would be`,
    { retryable: true, context: { switch: name, holder: user } },
  );
}

/** The contract knows two outcomes. What the device's timer will undo is not as it was before until then. */
function inContractTerms(error: unknown): unknown {
  if (!isFabricError(error) || error.context.undone !== 'by-timer') return error;
  const { code, message, retryable, context } = error;
  return new FabricError(code, message, { retryable, context: { ...context, undone: false }, cause: error });
}
