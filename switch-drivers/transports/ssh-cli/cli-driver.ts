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
import { SessionChanger } from './change-by-session.ts';
import { OrderedChanger } from './change-in-order.ts';
import type { ChangeContext, Changer } from './changer.ts';
import { CliSession } from './cli-session.ts';
import type { CliPlatform, PortTable, Reader } from './platform.ts';

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
      const session = new CliPlatformSession(name, platform, cli, log);
      try {
        await session.prepare();
      } catch (error) {
        await session.close();
        throw error;
      }
      return session;
    },
  };
}

class CliPlatformSession implements Session, ChangeContext {
  readonly name: string;
  readonly cli: CliSession;
  #platform: CliPlatform;
  #log: DriverLog;
  #changer: Changer;
  /** What the switch last said of its ports: the only names that may go into a line. */
  #ports = new Map<string, PortState>();
  #blocks: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(name: string, platform: CliPlatform, cli: CliSession, log: DriverLog) {
    this.name = name;
    this.cli = cli;
    this.#platform = platform;
    this.#log = log;
    this.#changer = 'order' in platform ? new OrderedChanger(platform, this) : new SessionChanger(platform, this);
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
      throw new FabricError(
        'switch_save_failed',
        `${error.message}. The change is in force but would not survive a reboot`,
        { retryable: true, context: { ...error.context, switch: this.name }, cause: error },
      );
    }
  }

  async close(): Promise<void> {
    await this.cli.close();
  }

  async readPorts(): Promise<PortTable> {
    const table = await this.#show(this.#platform.ports);
    this.#ports = new Map(table.ports.map((port) => [port.portId, port]));
    this.#blocks = table.blocks ?? new Map();
    return table;
  }

  block(portId: string): readonly string[] {
    return this.#blocks.get(portId) ?? [];
  }

  writable(portId: string): PortState {
    const port = this.#port(portId);
    const { foreign } = port;
    if (!foreign) return port;
    throw new FabricError(
      'switch_unsupported',
      `port ${portId} of switch ${this.name} is not written: ${foreign}. Clear that on the switch first, or leave the port unmanaged`,
      { context: { switch: this.name, portId, foreign } },
    );
  }

  async #show<T>(reader: Reader<T>): Promise<T> {
    await this.cli.toMode(this.#platform.dialect.home);
    const outputs: string[] = [];
    for (const command of reader.commands) outputs.push(await this.cli.run(command));
    return reader.read(outputs);
  }

  #port(portId: string): PortState {
    const port = this.#ports.get(portId);
    if (port) return port;
    throw new FabricError(
      'switch_port_unknown',
      `switch ${this.name} has no port ${JSON.stringify(portId.slice(0, 80))}; its own list is in describe()`,
      { context: { switch: this.name, portId: portId.slice(0, 80) } },
    );
  }
}
