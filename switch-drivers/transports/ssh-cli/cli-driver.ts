import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortState } from '../../../topology/plan/model.ts';
import {
  CONTRACT_VERSION,
  type Driver,
  type DriverLog,
  type MacTableEntry,
  type Rendered,
  type Session,
  type SwitchDescription,
  type SwitchNeighbor,
} from '../../contract/driver.ts';
import { notSaved, portUnknown, writable } from '../session-errors.ts';
import { CommitChanger } from './change-by-commit.ts';
import { SessionChanger } from './change-by-session.ts';
import { OrderedChanger } from './change-in-order.ts';
import type { ChangeContext, Changer } from './changer.ts';
import { CliSession } from './cli-session.ts';
import type { CommandLine } from './command-line.ts';
import type { ChangeablePlatform, CliPlatform, LinePlatform, PortBefore, PortTable, Reader } from './platform.ts';

/** Makes a driver of a platform definition. */
export function cliDriver(platform: CliPlatform): Driver<CliPlatform['options']> {
  return {
    contract: CONTRACT_VERSION,
    platform: platform.platform,
    title: platform.title,
    capabilities: platform.capabilities,
    options: platform.options,
    outputs: platform.outputs,
    async open({ name, options, log, ...target }) {
      const cli = await CliSession.open(name, platform.dialect, options, target);
      return openSession(name, platform, cli, log);
    },
  };
}

/** A session of the contract on a command line that is open. */
export async function openSession(
  name: string,
  platform: ChangeablePlatform,
  cli: CommandLine,
  log: DriverLog,
): Promise<Session> {
  const session = new LinePlatformSession(name, platform, cli, log);
  try {
    await session.prepare();
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
}

function changerOf(platform: ChangeablePlatform, context: ChangeContext): Changer {
  if ('candidate' in platform) return new CommitChanger(platform, context);
  return 'order' in platform ? new OrderedChanger(platform, context) : new SessionChanger(platform, context);
}

class LinePlatformSession implements Session, ChangeContext {
  readonly name: string;
  readonly cli: CommandLine;
  #platform: LinePlatform;
  #log: DriverLog;
  #changer: Changer;
  /** What the switch last said of its ports: the only names that may go into a line. */
  #ports = new Map<string, PortState>();
  #blocks = new Map<string, readonly string[]>();

  constructor(name: string, platform: ChangeablePlatform, cli: CommandLine, log: DriverLog) {
    this.name = name;
    this.cli = cli;
    this.#platform = platform;
    this.#log = log;
    this.#changer = changerOf(platform, this);
  }

  async prepare(): Promise<void> {
    const dropped = await this.#changer.dropLeftovers();
    if (dropped.length > 0)
      this.#log.warn('dropped configuration sessions that were cut off', { switch: this.name, dropped });
    const { unparsed = [] } = await this.readPorts();
    if (unparsed.length > 0) {
      this.#log.warn('lines of the switch that this driver does not know', {
        switch: this.name,
        lines: unparsed.slice(0, 20),
        more: Math.max(0, unparsed.length - 20),
      });
    }
  }

  async describe(): Promise<SwitchDescription> {
    const description = await this.#show(this.#platform.description);
    const ports = [...this.#ports.keys()].map((portId) => ({ portId, aliases: this.#platform.aliases(portId) }));
    return { platform: this.#platform.platform, ...description, ports };
  }

  async read(portIds?: readonly string[]): Promise<{ ports: PortState[]; vlans: number[] | null }> {
    const { ports, vlans } = await this.readPorts();
    return { vlans, ports: portIds ? portIds.map((portId) => this.#port(portId)) : ports };
  }

  /** MAC tables and neighbours also name the CPU, management ports and tunnels: those are no switch ports. */
  async neighbors(): Promise<SwitchNeighbor[]> {
    return (await this.#show(this.#platform.neighbors)).filter(({ portId }) => this.#ports.has(portId));
  }

  async macTable(): Promise<MacTableEntry[]> {
    return (await this.#show(this.#platform.macTable)).filter(({ portId }) => this.#ports.has(portId));
  }

  render(changes: readonly Change[]): Rendered {
    return { lines: this.#changer.render(changes) };
  }

  async apply(changes: readonly Change[]): Promise<void> {
    await this.#changer.apply(changes);
  }

  async persist(): Promise<void> {
    const { lines, timeoutMs, done } = this.#platform.save;
    try {
      await this.cli.toMode(this.#platform.dialect.home);
      const outputs: string[] = [];
      for (const text of lines) outputs.push(await this.cli.run(text, { timeoutMs }));
      const said = outputs.join('\n').trim();
      if (done && !done.test(said)) throw new FabricError('switch_rejected', `switch ${this.name} says: ${said}`);
    } catch (error) {
      if (!isFabricError(error, 'switch_rejected')) throw error;
      throw notSaved(this.name, error);
    }
  }

  async close(): Promise<void> {
    await this.cli.close();
  }

  async readPorts(): Promise<PortTable> {
    const table = await this.#show(this.#platform.ports);
    this.#ports = new Map(table.ports.map((port) => [port.portId, port]));
    this.#blocks = new Map(table.blocks);
    return table;
  }

  block(portId: string): readonly string[] {
    return this.#blocks.get(portId) ?? [];
  }

  expectNow(ports: ReadonlyMap<string, PortBefore>): void {
    for (const [portId, { state, block }] of ports) {
      this.#ports.set(portId, state);
      this.#blocks.set(portId, block);
    }
  }

  writable(portId: string): PortState {
    return writable(this.name, this.#port(portId));
  }

  async #show<T>(reader: Reader<T>): Promise<T> {
    await this.cli.toMode(this.#platform.dialect.home);
    const outputs: string[] = [];
    for (const command of reader.commands) outputs.push(await this.cli.run(command, { reading: true }));
    return reader.read(outputs);
  }

  #port(portId: string): PortState {
    const port = this.#ports.get(portId);
    if (port) return port;
    throw portUnknown(this.name, portId);
  }
}
