import { randomBytes } from 'node:crypto';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Change } from '../../../topology/plan/model.ts';
import type { ChangeContext, Changer } from './changer.ts';
import type { BySessions, LinePlatform } from './platform.ts';
import { mismatches, notApplied } from './read-back.ts';

/** Time the device waits for our confirmation before it undoes a commit: read-back of a full chassis fits in. */
const CONFIRM_SECONDS = 60;

/** Transactions this process is in the middle of: a second session to the same switch must not take them for leftovers. */
const running = new Set<string>();

/** How far a transaction got: what has to be undone, and by whom, follows from it. */
type Stage = 'editing' | 'committing' | 'in-force';

/** Changes by configuration sessions: a candidate, a commit under the device's timer, a read-back, a confirmation. */
export class SessionChanger implements Changer {
  #platform: LinePlatform & BySessions;
  #context: ChangeContext;
  #prefix = `swy-${randomBytes(4).toString('hex')}`;
  #transactions = 0;

  constructor(platform: LinePlatform & BySessions, context: ChangeContext) {
    this.#platform = platform;
    this.#context = context;
  }

  render(changes: readonly Change[]): string[] {
    const { transaction } = this.#platform;
    const id = this.#nextId();
    const body = this.#body(changes);
    return [transaction.begin(id), ...body, transaction.commitTimed(CONFIRM_SECONDS), transaction.confirm(id)];
  }

  async apply(changes: readonly Change[]): Promise<void> {
    const body = this.#body(changes);
    if (body.length === 0) return;
    const { transaction, dialect } = this.#platform;
    const { cli } = this.#context;
    const id = this.#nextId();
    this.#transactions += 1;
    let stage: Stage = 'editing';
    running.add(id);
    try {
      await cli.toMode(dialect.home);
      await cli.run(transaction.begin(id));
      this.#assertInCandidate();
      for (const text of body) await cli.run(text);
      this.#assertInCandidate();
      stage = 'committing';
      await cli.run(transaction.commitTimed(CONFIRM_SECONDS));
      stage = 'in-force';
      const wrong = mismatches(changes, await this.#context.readPorts());
      if (wrong.length > 0) throw notApplied(this.#context.name, wrong);
      await cli.run(transaction.confirm(id));
    } catch (error) {
      throw await this.#undo(id, stage, error);
    } finally {
      running.delete(id);
    }
  }

  /** Candidates, and commits that still wait for their confirmation. */
  async dropLeftovers(): Promise<string[]> {
    const { transaction, dialect } = this.#platform;
    const { cli } = this.#context;
    await cli.toMode(dialect.home);
    const outputs: string[] = [];
    for (const command of transaction.leftovers.commands) outputs.push(await cli.run(command));
    const names = transaction.leftovers.read(outputs).filter((id) => !running.has(id));
    for (const id of names) await cli.run(transaction.abort(id));
    return names;
  }

  /** Checks everything before anything is sent. */
  #body(changes: readonly Change[]): string[] {
    for (const change of changes) if (change.op === 'port-set') this.#context.writable(change.portId);
    return changes.flatMap((change) => this.#platform.render(change));
  }

  /**
   * Goes back to before the transaction, and makes the error say whether that was done. Cut off before the commit line:
   * nothing was in force. Cut off after it: the device undoes the change when its timer runs out, the next session of ours
   * does so at once (dropLeftovers).
   */
  async #undo(id: string, stage: Stage, error: unknown): Promise<unknown> {
    if (!isFabricError(error)) return error;
    let undone = stage === 'editing' || (stage === 'committing' && error.code === 'switch_rejected');
    let detail = '';
    try {
      await this.#context.cli.toMode(this.#platform.dialect.home);
      if (!undone) await this.#context.cli.run(this.#platform.transaction.abort(id));
      undone = true;
    } catch (failure) {
      if (!isFabricError(failure)) throw failure;
      if (!undone)
        detail = `; whether the change is in force is unknown, the device undoes it within ${CONFIRM_SECONDS} s`;
    }
    return new FabricError(error.code, error.message + detail, {
      retryable: error.retryable,
      context: { ...error.context, undone },
      cause: error,
    });
  }

  /** A line outside the candidate would be in force at once. */
  #assertInCandidate(): void {
    const { mode } = this.#platform.transaction;
    const { cli, name } = this.#context;
    if (cli.mode === mode) return;
    throw new FabricError(
      'switch_mode_unreachable',
      `switch ${name} is in mode ${cli.mode} instead of ${mode}; check that the user may open configuration sessions`,
      { context: { switch: name } },
    );
  }

  #nextId(): string {
    return `${this.#prefix}-${this.#transactions}`;
  }
}
