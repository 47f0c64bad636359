import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortSettings } from '../../../topology/plan/model.ts';
import { settingsOf } from '../../../topology/plan/settings.ts';
import type { ChangeContext, Changer } from './changer.ts';
import { differing, planLines, restorable, sendGroups, settingsBefore, textOf } from './line-groups.ts';
import type { ByLines, LineGroup, LinePlatform } from './platform.ts';
import { mismatches, notApplied } from './read-back.ts';

/** Changes on a device that puts each line in force as it comes. What is as wanted already is not sent. */
export class OrderedChanger implements Changer {
  #platform: LinePlatform & ByLines;
  #context: ChangeContext;

  constructor(platform: LinePlatform & ByLines, context: ChangeContext) {
    this.#platform = platform;
    this.#context = context;
  }

  render(changes: readonly Change[]): string[] {
    return textOf(this.#plan(this.#stages(changes).flat()).groups);
  }

  async apply(changes: readonly Change[]): Promise<void> {
    // Everything is checked before anything is sent.
    if (this.#plan(changes).groups.length === 0) return;
    const before = settingsBefore(this.#context, changes);
    try {
      await this.#run(changes);
    } catch (error) {
      throw await this.#undo(before, error);
    }
  }

  /** Lines are in force at once: nothing waits for a confirmation. */
  async dropLeftovers(): Promise<string[]> {
    return [];
  }

  async #run(changes: readonly Change[]): Promise<void> {
    for (const stage of this.#stages(changes)) {
      const { groups, now } = this.#plan(stage);
      await this.#send(groups);
      this.#context.expectNow(now);
      // A port that is made ready while it is down comes up next: a line that had no effect must be found before.
      if (stage.some((change) => change.op === 'port-set' && !change.settings.adminUp)) await this.#expect(stage);
    }
  }

  /** A port that takes a detour goes down before it, and up again behind it. */
  #stages(changes: readonly Change[]): Change[][] {
    const down: Change[] = [];
    const up: Change[] = [];
    const between = changes.map((change): Change => {
      if (change.op === 'vlan-create') return change;
      const { portId, settings } = change;
      const state = this.#context.writable(portId);
      if (!this.#platform.order.detours?.({ state, block: this.#context.block(portId) }, settings)) return change;
      if (state.adminUp) down.push({ op: 'port-set', portId, settings: { ...settingsOf(state), adminUp: false } });
      if (settings.adminUp) up.push(change);
      return { op: 'port-set', portId, settings: { ...settings, adminUp: false } };
    });
    return [down, between, up].filter((stage) => stage.length > 0);
  }

  #plan(changes: readonly Change[]): ReturnType<typeof planLines> {
    return planLines(this.#platform.order, this.#context, changes);
  }

  async #send(groups: readonly LineGroup[]): Promise<void> {
    await sendGroups(this.#platform.order, this.#context, groups);
    await this.#context.cli.toMode(this.#platform.dialect.home);
  }

  async #expect(changes: readonly Change[]): Promise<void> {
    const wrong = mismatches(changes, await this.#context.readPorts());
    if (wrong.length > 0) throw notApplied(this.#context.name, wrong);
  }

  /**
   * Back to the settings before, port by port, down first where it was up: from wherever the device stopped. The error says
   * `undone: true` only after the device was read and is as it was.
   */
  async #undo(before: ReadonlyMap<string, PortSettings>, error: unknown): Promise<unknown> {
    if (!isFabricError(error)) return error;
    let undone = false;
    try {
      await this.#context.cli.toMode(this.#platform.dialect.home);
      const back = [...(await differing(this.#context, before))].map(([portId, settings]) => ({
        portId,
        settings: restorable(settings),
      }));
      await this.#run(
        back.map(({ portId, settings }) => ({ op: 'port-set', portId, settings: { ...settings, adminUp: false } })),
      );
      await this.#run(back.map((change) => ({ op: 'port-set', ...change })));
      undone = back.length === 0 || (await differing(this.#context, before)).size === 0;
    } catch (failure) {
      if (!isFabricError(failure)) throw failure;
    }
    const detail = undone ? '' : '; it could not be taken back, read the ports to see what is in force';
    return new FabricError(error.code, error.message + detail, {
      retryable: error.retryable,
      context: { ...error.context, undone },
      cause: error,
    });
  }
}
