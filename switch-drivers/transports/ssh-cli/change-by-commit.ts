import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortSettings } from '../../../topology/plan/model.ts';
import type { ChangeContext, Changer } from './changer.ts';
import { differing, planLines, restorable, sendGroups, settingsBefore, textOf } from './line-groups.ts';
import type { ByCommit, LinePlatform, PortTable, Reader } from './platform.ts';
import { mismatches, notApplied } from './read-back.ts';

/** How far a change got: before the commit line nothing is in force. */
type Stage = 'editing' | 'committing';

/** Changes by a candidate of the session that is committed as a whole and for good: no timer of the device undoes it. */
export class CommitChanger implements Changer {
  #platform: LinePlatform & ByCommit;
  #context: ChangeContext;

  constructor(platform: LinePlatform & ByCommit, context: ChangeContext) {
    this.#platform = platform;
    this.#context = context;
  }

  render(changes: readonly Change[]): string[] {
    const { order, candidate } = this.#platform;
    const lines = textOf(planLines(order, this.#context, changes).groups);
    const begin = candidate.begin === undefined ? [] : [candidate.begin];
    return lines.length === 0 ? [] : [...begin, ...lines, candidate.commit];
  }

  async apply(changes: readonly Change[]): Promise<void> {
    if (this.render(changes).length === 0) return;
    const before = settingsBefore(this.#context, changes);
    let stage: Stage = 'editing';
    try {
      await this.#commit(changes, () => {
        stage = 'committing';
      });
    } catch (error) {
      throw await this.#undo(before, stage, error);
    }
  }

  /** A candidate ends with its session, or is thrown away before the next one begins (`candidate.begin`). */
  async dropLeftovers(): Promise<string[]> {
    return [];
  }

  async #commit(changes: readonly Change[], committing: () => void): Promise<void> {
    const { order, candidate, dialect } = this.#platform;
    const { cli } = this.#context;
    if (candidate.begin !== undefined) await cli.run(candidate.begin);
    await sendGroups(order, this.#context, planLines(order, this.#context, changes).groups);
    await cli.toMode(order.mode);
    // A line that was taken and had no effect is found before anything is in force.
    if (candidate.preview) this.#expect(changes, await this.#read(candidate.preview));
    committing();
    await cli.run(candidate.commit);
    await cli.toMode(dialect.home);
    this.#expect(changes, await this.#context.readPorts());
  }

  async #read(preview: Reader<PortTable>): Promise<PortTable> {
    const outputs: string[] = [];
    for (const command of preview.commands) outputs.push(await this.#context.cli.run(command));
    return preview.read(outputs);
  }

  #expect(changes: readonly Change[], table: PortTable): void {
    const wrong = mismatches(changes, table);
    if (wrong.length > 0) throw notApplied(this.#context.name, wrong);
  }

  /**
   * Drops what was edited; what a commit may have put in force is taken back by another one. The error says `undone: true`
   * where nothing was committed, or where the device was read and is as it was.
   */
  async #undo(before: ReadonlyMap<string, PortSettings>, stage: Stage, error: unknown): Promise<unknown> {
    if (!isFabricError(error)) return error;
    let undone = stage === 'editing';
    try {
      await this.#discard();
      if (!undone) {
        const back = [...(await differing(this.#context, before))];
        const changes = back.map(
          ([portId, settings]): Change => ({
            op: 'port-set',
            portId,
            settings: restorable(settings),
          }),
        );
        if (back.length > 0) await this.#commit(changes, () => {});
        undone = back.length === 0 || (await differing(this.#context, before)).size === 0;
      }
    } catch (failure) {
      if (!isFabricError(failure)) throw failure;
      // What is left of the candidate must not go in with the next commit.
      await this.#context.cli.close();
    }
    const detail = undone ? '' : '; whether the change is in force is unknown, read the ports to see';
    return new FabricError(error.code, error.message + detail, {
      retryable: error.retryable,
      context: { ...error.context, undone },
      cause: error,
    });
  }

  async #discard(): Promise<void> {
    const { order, candidate, dialect } = this.#platform;
    const { cli } = this.#context;
    // A candidate that has a mode of its own is gone where that mode was left.
    if (cli.mode !== dialect.home || order.mode === dialect.home) {
      await cli.toMode(order.mode);
      await cli.run(candidate.discard);
    }
    await cli.toMode(dialect.home);
  }
}
