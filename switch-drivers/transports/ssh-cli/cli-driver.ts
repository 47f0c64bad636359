import { randomBytes } from 'node:crypto';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortState } from '../../../topology/plan/model.ts';
import {
  CONTRACT_VERSION,
  type Driver,
  type MacTableEntry,
  type Rendered,
  type Session,
  type SwitchDescription,
  type SwitchNeighbor,
} from '../../contract/driver.ts';
import { CliSession } from './cli-session.ts';
import type { CliPlatform, PortTable, Reader } from './platform.ts';
import { mismatches } from './read-back.ts';

/** Time the device waits for our confirmation before it undoes a commit: read-back of a full chassis fits in. */
const CONFIRM_SECONDS = 60;

/** Transactions this process is in the middle of: a second session to the same switch must not take them for leftovers. */
const running = new Set<string>();

/** Makes a driver of a platform definition. */
export function cliDriver(platform: CliPlatform): Driver<CliPlatform['options']> {
  return {
    contract: CONTRACT_VERSION,
    platform: platform.platform,
    title: platform.title,
    capabilities: platform.capabilities,
    options: platform.options,
    async open({ name, options, log, ...target }) {
      const cli = await CliSession.open(name, platform.dialect, options, target);
      const session = new CliPlatformSession(name, platform, cli);
      try {
        const dropped = await session.dropLeftovers();
        if (dropped.length > 0) log.warn('dropped configuration sessions that were cut off', { switch: name, dropped });
        await session.readPorts();
      } catch (error) {
        await session.close();
        throw error;
      }
      return session;
    },
  };
}

/** How far a transaction got: what has to be undone, and by whom, follows from it. */
type Stage = 'editing' | 'committing' | 'in-force';

class CliPlatformSession implements Session {
  #name: string;
  #platform: CliPlatform;
  #cli: CliSession;
  /** What the switch last said of its ports: the only names that may go into a line. */
  #ports = new Map<string, PortState>();
  #prefix = `swy-${randomBytes(4).toString('hex')}`;
  #transactions = 0;

  constructor(name: string, platform: CliPlatform, cli: CliSession) {
    this.#name = name;
    this.#platform = platform;
    this.#cli = cli;
  }

  async describe(): Promise<SwitchDescription> {
    const description = await this.#show(this.#platform.description);
    const ports = [...this.#ports.keys()].map((portId) => ({ portId, aliases: this.#platform.aliases(portId) }));
    return { platform: this.#platform.platform, ...description, ports };
  }

  async read(portIds?: readonly string[]): Promise<PortTable> {
    const table = await this.readPorts();
    return { vlans: table.vlans, ports: portIds ? portIds.map((portId) => this.#port(portId)) : table.ports };
  }

  /** MAC tables and neighbours also name the CPU, management ports and tunnels: those are no switch ports. */
  async neighbors(): Promise<SwitchNeighbor[]> {
    return (await this.#show(this.#platform.neighbors)).filter(({ portId }) => this.#ports.has(portId));
  }

  async macTable(): Promise<MacTableEntry[]> {
    return (await this.#show(this.#platform.macTable)).filter(({ portId }) => this.#ports.has(portId));
  }

  render(changes: readonly Change[]): Rendered {
    const { transaction } = this.#platform;
    const id = this.#nextId();
    return {
      lines: [
        transaction.begin(id),
        ...this.#body(changes),
        transaction.commitTimed(CONFIRM_SECONDS),
        transaction.confirm(id),
      ],
    };
  }

  async apply(changes: readonly Change[]): Promise<void> {
    const body = this.#body(changes);
    if (body.length === 0) return;
    const { transaction } = this.#platform;
    const id = this.#nextId();
    this.#transactions += 1;
    let stage: Stage = 'editing';
    running.add(id);
    try {
      await this.#cli.toMode(this.#platform.dialect.home);
      await this.#cli.run(transaction.begin(id));
      this.#assertInCandidate();
      for (const text of body) await this.#cli.run(text);
      this.#assertInCandidate();
      stage = 'committing';
      await this.#cli.run(transaction.commitTimed(CONFIRM_SECONDS));
      stage = 'in-force';
      const wrong = mismatches(changes, await this.readPorts());
      if (wrong.length > 0) throw this.#notApplied(wrong);
      await this.#cli.run(transaction.confirm(id));
    } catch (error) {
      throw await this.#undo(id, stage, error);
    } finally {
      running.delete(id);
    }
  }

  async persist(): Promise<void> {
    const { lines, timeoutMs } = this.#platform.save;
    try {
      for (const text of lines) await this.#cli.run(text, { timeoutMs });
    } catch (error) {
      if (!isFabricError(error, 'switch_rejected')) throw error;
      throw new FabricError(
        'switch_save_failed',
        `${error.message}. The change is in force but would not survive a reboot`,
        {
          retryable: true,
          context: error.context,
          cause: error,
        },
      );
    }
  }

  async close(): Promise<void> {
    await this.#cli.close();
  }

  async readPorts(): Promise<PortTable> {
    const table = await this.#show(this.#platform.ports);
    this.#ports = new Map(table.ports.map((port) => [port.portId, port]));
    return table;
  }

  /** Undoes what sessions that were cut off have left: candidates, and commits that still wait for their confirmation. */
  async dropLeftovers(): Promise<string[]> {
    const { transaction } = this.#platform;
    const names = (await this.#show(transaction.leftovers)).filter((id) => !running.has(id));
    for (const id of names) await this.#cli.run(transaction.abort(id));
    return names;
  }

  async #show<T>(reader: Reader<T>): Promise<T> {
    await this.#cli.toMode(this.#platform.dialect.home);
    const outputs: string[] = [];
    for (const command of reader.commands) outputs.push(await this.#cli.run(command));
    return reader.read(outputs);
  }

  /** Checks everything before anything is sent. */
  #body(changes: readonly Change[]): string[] {
    for (const change of changes) {
      if (change.op === 'port-set') this.#writable(change.portId);
    }
    return changes.flatMap((change) => this.#platform.render(change));
  }

  #writable(portId: string): void {
    const { foreign } = this.#port(portId);
    if (!foreign) return;
    throw new FabricError(
      'switch_unsupported',
      `port ${portId} of switch ${this.#name} is not written: ${foreign}. Clear that on the switch first, or leave the port unmanaged`,
      { context: { switch: this.#name, portId, foreign } },
    );
  }

  #port(portId: string): PortState {
    const port = this.#ports.get(portId);
    if (port) return port;
    throw new FabricError(
      'switch_port_unknown',
      `switch ${this.#name} has no port ${JSON.stringify(portId.slice(0, 80))}; its own list is in describe()`,
      { context: { switch: this.#name, portId: portId.slice(0, 80) } },
    );
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
      await this.#cli.toMode(this.#platform.dialect.home);
      if (!undone) await this.#cli.run(this.#platform.transaction.abort(id));
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
    if (this.#cli.mode === mode) return;
    throw new FabricError(
      'switch_mode_unreachable',
      `switch ${this.#name} is in mode ${this.#cli.mode} instead of ${mode}; check that the user may open configuration sessions`,
      { context: { switch: this.#name } },
    );
  }

  #notApplied(wrong: string[]): FabricError {
    return new FabricError(
      'switch_not_applied',
      `switch ${this.#name} took every line but is not as it was told to be: ${wrong.slice(0, 5).join('; ')}`,
      { context: { switch: this.#name, mismatches: wrong.slice(0, 50) } },
    );
  }

  #nextId(): string {
    return `${this.#prefix}-${this.#transactions}`;
  }
}
