import type { z } from 'zod';
import { isFabricError } from '../../../topology/error/fabric-error.ts';
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
import { openNetconf } from './connect.ts';
import { type Connection, NetconfChanger } from './netconf-changer.ts';
import { copyConfig } from './operations.ts';
import type { NetconfOptions } from './options.ts';
import type { NetconfPlatform, NetconfPorts, NetconfReader } from './platform.ts';
import type { NetconfSession } from './session.ts';
import type { XmlElement } from './xml/element.ts';

/** Makes a driver of a platform definition. */
export function netconfDriver<S extends z.ZodType<NetconfOptions>>(platform: NetconfPlatform<S>): Driver<S> {
  return {
    contract: CONTRACT_VERSION,
    platform: platform.platform,
    title: platform.title,
    capabilities: platform.capabilities,
    options: platform.options,
    ...(platform.outputs && { outputs: platform.outputs }),
    async open({ name, options, log, ...target }) {
      const connect = () => openNetconf(name, options, target);
      const session = new NetconfPlatformSession({ name, platform, options, log, connect }, await connect());
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

interface Context<S extends z.ZodType<NetconfOptions>> {
  name: string;
  platform: NetconfPlatform<S>;
  options: z.output<S>;
  log: DriverLog;
  connect(): Promise<NetconfSession>;
}

class NetconfPlatformSession<S extends z.ZodType<NetconfOptions>> implements Session, Connection<z.output<S>> {
  readonly name: string;
  readonly options: z.output<S>;
  readonly connect: () => Promise<NetconfSession>;
  now: NetconfPorts = { ports: [], vlans: null, config: [] };
  #platform: NetconfPlatform<S>;
  #log: DriverLog;
  #netconf: NetconfSession;
  #changer: NetconfChanger<S>;
  /** What the switch last said of its ports: the only names that may go into an edit. */
  #ports = new Map<string, PortState>();
  #closed = false;

  constructor({ name, platform, options, log, connect }: Context<S>, netconf: NetconfSession) {
    this.name = name;
    this.options = options;
    this.#platform = platform;
    this.#log = log;
    this.connect = connect;
    this.#netconf = netconf;
    this.#changer = new NetconfChanger(platform, this);
  }

  async prepare(): Promise<void> {
    await this.#dropLeftover();
    const { capabilities } = await this.#session();
    const { hasStartupConfig } = this.#platform.capabilities;
    if (hasStartupConfig && !capabilities.has('startup'))
      this.#log.warn('the switch has no :startup, so its running configuration is taken to be kept', {
        switch: this.name,
      });
    const { unparsed = [] } = await this.#readPorts();
    if (unparsed.length === 0) return;
    this.#log.warn('settings of the switch that this driver does not know', {
      switch: this.name,
      lines: unparsed.slice(0, 20),
      more: Math.max(0, unparsed.length - 20),
    });
  }

  async describe(): Promise<SwitchDescription> {
    const { aliases, ...description } = await this.#ask(this.#platform.description);
    const ports = [...this.#ports.keys()].map((portId) => ({ portId, aliases: [...(aliases.get(portId) ?? [])] }));
    return { platform: this.#platform.platform, ...description, ports };
  }

  async read(portIds?: readonly string[]): Promise<{ ports: PortState[]; vlans: number[] | null }> {
    const { ports, vlans } = await this.#readPorts();
    return { vlans, ports: portIds ? portIds.map((portId) => this.#port(portId)) : ports };
  }

  /** MAC tables and neighbours also name management ports and tunnels: those are no switch ports. */
  async neighbors(): Promise<SwitchNeighbor[]> {
    return (await this.#ask(this.#platform.neighbors)).filter(({ portId }) => this.#ports.has(portId));
  }

  async macTable(): Promise<MacTableEntry[]> {
    return (await this.#ask(this.#platform.macTable)).filter(({ portId }) => this.#ports.has(portId));
  }

  render(changes: readonly Change[]): Rendered {
    return { lines: this.#changer.render(changes) };
  }

  async apply(changes: readonly Change[]): Promise<void> {
    const warnings = await this.#changer.apply(await this.#session(), changes);
    if (warnings.length > 0) this.#log.warn('the switch warns', { switch: this.name, warnings: warnings.slice(0, 20) });
  }

  async persist(): Promise<void> {
    if (!this.#platform.capabilities.hasStartupConfig) return;
    const session = await this.#session();
    if (!session.capabilities.has('startup')) return;
    try {
      await copyConfig(session, 'running', 'startup');
    } catch (error) {
      if (!isFabricError(error, 'switch_rejected', 'switch_locked')) throw error;
      throw notSaved(this.name, error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#netconf.close();
  }

  async ask<T>(session: NetconfSession, reader: NetconfReader<T, z.output<S>>): Promise<T> {
    const replies: Array<readonly XmlElement[] | null> = [];
    for (const { operation, optional = false } of reader.requests(this.options)) {
      try {
        replies.push((await session.rpc(operation)).content);
      } catch (error) {
        if (!optional || !isFabricError(error, 'switch_rejected')) throw error;
        replies.push(null);
      }
    }
    return reader.read(replies, this.options);
  }

  async readPorts(session: NetconfSession): Promise<NetconfPorts> {
    this.now = await this.ask(session, this.#platform.ports);
    this.#ports = new Map(this.now.ports.map((port) => [port.portId, port]));
    return this.now;
  }

  writable(portId: string): PortState {
    return writable(this.name, this.#port(portId));
  }

  async #readPorts(): Promise<NetconfPorts> {
    return this.readPorts(await this.#session());
  }

  async #ask<T>(reader: NetconfReader<T, z.output<S>>): Promise<T> {
    return this.ask(await this.#session(), reader);
  }

  /** The transaction closes a session whose lock the device does not give back; nothing else was wrong with it. */
  async #session(): Promise<NetconfSession> {
    if (this.#netconf.ended?.code !== 'switch_session_closed' || this.#closed) return this.#netconf;
    this.#netconf = await this.connect();
    await this.#dropLeftover();
    return this.#netconf;
  }

  async #dropLeftover(): Promise<void> {
    if (await this.#changer.dropLeftover(this.#netconf))
      this.#log.warn('took back a commit that was cut off before its confirmation', { switch: this.name });
  }

  #port(portId: string): PortState {
    const port = this.#ports.get(portId);
    if (port) return port;
    throw portUnknown(this.name, portId);
  }
}
