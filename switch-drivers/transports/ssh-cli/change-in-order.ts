import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortSettings } from '../../../topology/plan/model.ts';
import { sameSettings, settingsOf } from '../../../topology/plan/settings.ts';
import { changeBlock } from './blocks.ts';
import type { ChangeContext, Changer } from './changer.ts';
import type { CliLine } from './guard.ts';
import type { OrderedPlatform } from './platform.ts';
import { mismatches, notApplied } from './read-back.ts';

/** The lines of one change: in a port's block, or at the top of the configuration mode. */
interface Step {
  open: CliLine | null;
  lines: readonly CliLine[];
}

/** Changes on a device that puts each line in force as it comes. What is as wanted already is not sent. */
export class OrderedChanger implements Changer {
  #platform: OrderedPlatform;
  #context: ChangeContext;

  constructor(platform: OrderedPlatform, context: ChangeContext) {
    this.#platform = platform;
    this.#context = context;
  }

  render(changes: readonly Change[]): string[] {
    return this.#steps(changes).flatMap(({ open, lines }) => [...(open === null ? [] : [open]), ...lines]);
  }

  async apply(changes: readonly Change[]): Promise<void> {
    const steps = this.#steps(changes);
    if (steps.length === 0) return;
    const before = new Map<string, PortSettings>();
    for (const change of changes) {
      if (change.op === 'port-set') before.set(change.portId, settingsOf(this.#context.writable(change.portId)));
    }
    try {
      await this.#send(steps);
      // A port that is made ready while it is down comes up next: a line that had no effect must be found before.
      if (changes.some((change) => change.op === 'port-set' && !change.settings.adminUp)) await this.#expect(changes);
    } catch (error) {
      throw await this.#undo(before, error);
    }
  }

  /** Lines are in force at once: nothing waits for a confirmation. */
  async dropLeftovers(): Promise<string[]> {
    return [];
  }

  /** Checks everything before anything is sent. */
  #steps(changes: readonly Change[]): Step[] {
    const { order } = this.#platform;
    const blocks = new Map<string, readonly string[]>();
    return changes.flatMap((change): Step[] => {
      if (change.op === 'vlan-create') return [{ open: null, lines: order.vlanCreate(change.vlan, change.name) }];
      const { portId, settings } = change;
      this.#context.writable(portId);
      const current = blocks.get(portId) ?? this.#context.block(portId);
      const { lines, block } = changeBlock(current, order.settings(settings, current));
      blocks.set(portId, block);
      return lines.length === 0 ? [] : [{ open: order.open(portId), lines }];
    });
  }

  async #send(steps: readonly Step[]): Promise<void> {
    const { order, dialect } = this.#platform;
    const { cli } = this.#context;
    for (const { open, lines } of steps) {
      // From the top each time: a line that opens a block and has no effect must not leave us in another port's block.
      await cli.toMode(order.mode);
      if (open !== null) await this.#enterBlock(open);
      for (const text of lines) await cli.run(text);
    }
    await cli.toMode(dialect.home);
  }

  async #enterBlock(open: CliLine): Promise<void> {
    const { cli, name } = this.#context;
    await cli.run(open);
    if (cli.mode !== this.#platform.order.mode) return;
    throw new FabricError('switch_rejected', `switch ${name} did not open the block of "${open}"`, {
      context: { switch: name, line: open, device: '' },
    });
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
      const back = [...(await this.#differing(before))].flatMap(([portId, settings]): Change[] => [
        { op: 'port-set', portId, settings: { ...settings, adminUp: false } },
        { op: 'port-set', portId, settings },
      ]);
      await this.#send(this.#steps(back));
      undone = back.length === 0 || (await this.#differing(before)).size === 0;
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

  async #differing(before: ReadonlyMap<string, PortSettings>): Promise<Map<string, PortSettings>> {
    const { ports } = await this.#context.readPorts();
    const now = new Map(ports.map((port) => [port.portId, port]));
    return new Map(
      [...before].filter(([portId, settings]) => {
        const port = now.get(portId);
        return !port || !sameSettings(port, settings);
      }),
    );
  }
}
