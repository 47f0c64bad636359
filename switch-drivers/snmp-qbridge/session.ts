import type { Change, PortState } from '../../topology/plan/model.ts';
import type {
  DriverLog,
  MacTableEntry,
  Rendered,
  Session,
  SwitchDescription,
  SwitchNeighbor,
} from '../contract/driver.ts';
import { portUnknown, writable } from '../transports/session-errors.ts';
import type { SnmpConnection } from '../transports/snmp/connection.ts';
import { type ChangeContext, QBridgeChanger } from './changer.ts';
import type { BridgePort, BridgeTables } from './model.ts';
import { isOpen, portTableOf } from './port-state.ts';
import { readDescription } from './readers/description.ts';
import { readMacs, readNeighbors } from './readers/evidence.ts';
import { readTables } from './readers/vlans.ts';

export const PLATFORM = 'snmp-qbridge';

export class QBridgeSession implements Session, ChangeContext {
  readonly connection: SnmpConnection;
  readonly filters: boolean;
  tables: BridgeTables = { ports: new Map(), vlans: new Map(), listLength: 0 };
  #log: DriverLog;
  #changer: QBridgeChanger;
  /** What the switch last said of its ports: nothing else is written. */
  #ports = new Map<string, PortState>();

  constructor(connection: SnmpConnection, filters: boolean, log: DriverLog) {
    this.connection = connection;
    this.filters = filters;
    this.#log = log;
    this.#changer = new QBridgeChanger(this);
  }

  async prepare(): Promise<void> {
    const { ports } = await this.readTables();
    const open = [...ports.values()].filter((port) => isOpen(port, this.filters)).map(({ portId }) => portId);
    if (open.length === 0) return;
    this.#log.warn('ports that let frames of every VLAN in, until they are set for the first time', {
      switch: this.connection.name,
      ports: open.slice(0, 20),
      more: Math.max(0, open.length - 20),
    });
  }

  async describe(): Promise<SwitchDescription> {
    const description = await readDescription(this.connection);
    const ports = this.#all().map(({ portId, aliases }) => ({ portId, aliases: [...aliases] }));
    return { platform: PLATFORM, ...description, ports };
  }

  async read(portIds?: readonly string[]): Promise<{ ports: PortState[]; vlans: number[] | null }> {
    const { ports, vlans } = portTableOf(await this.readTables(), this.filters);
    return { vlans, ports: portIds ? portIds.map((portId) => this.#port(portId)) : ports };
  }

  neighbors(): Promise<SwitchNeighbor[]> {
    return readNeighbors(this.connection, this.#all());
  }

  macTable(): Promise<MacTableEntry[]> {
    return readMacs(this.connection, this.#all());
  }

  render(changes: readonly Change[]): Rendered {
    return { lines: this.#changer.render(changes) };
  }

  apply(changes: readonly Change[]): Promise<void> {
    return this.#changer.apply(changes);
  }

  /** The MIBs know no saving; see notes.md. */
  async persist(): Promise<void> {}

  async close(): Promise<void> {
    this.connection.close();
  }

  readTables(): Promise<BridgeTables> {
    return this.#read();
  }

  readVlans(): Promise<BridgeTables> {
    return this.#read(this.#all());
  }

  async #read(named?: readonly BridgePort[]): Promise<BridgeTables> {
    this.tables = await readTables(this.connection, named);
    this.#ports = new Map(portTableOf(this.tables, this.filters).ports.map((port) => [port.portId, port]));
    return this.tables;
  }

  writable(portId: string): PortState {
    return writable(this.connection.name, this.#port(portId));
  }

  #all(): BridgePort[] {
    return [...this.tables.ports.values()];
  }

  #port(portId: string): PortState {
    const port = this.#ports.get(portId);
    if (port) return port;
    throw portUnknown(this.connection.name, portId);
  }
}
