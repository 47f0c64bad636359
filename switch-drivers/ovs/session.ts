import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Change, PortState } from '../../topology/plan/model.ts';
import type {
  DriverLog,
  MacTableEntry,
  Rendered,
  Session,
  SwitchDescription,
  SwitchNeighbor,
} from '../contract/driver.ts';
import { type OvsdbClient, readInteger } from '../transports/ovsdb/index.ts';
import { Acknowledgements } from './acknowledge.ts';
import { asSwitchErrors } from './errors.ts';
import { DATABASE, type Inventory, isBond, portStates, readInventory } from './inventory.ts';
import { guardOf, type PortWrite, portWrites, renderLines, unknownPort, updateOf } from './transaction.ts';
import type { VlanColumns } from './vlan-mode.ts';

export const PLATFORM = 'ovs';

export class OvsSession implements Session {
  readonly #client: OvsdbClient;
  readonly #bridge: string;
  readonly #log: DriverLog;
  readonly #timeoutMs: number;
  readonly #acknowledgements: Acknowledgements;
  #inventory: Inventory;
  /** Columns of each port as the caller last saw them through read(): what its plan was made from. */
  readonly #seen = new Map<string, VlanColumns>();

  private constructor(
    client: OvsdbClient,
    target: { bridge: string; log: DriverLog; timeoutMs: number },
    acknowledgements: Acknowledgements,
    inventory: Inventory,
  ) {
    this.#client = client;
    this.#bridge = target.bridge;
    this.#log = target.log;
    this.#timeoutMs = target.timeoutMs;
    this.#acknowledgements = acknowledgements;
    this.#inventory = inventory;
  }

  static async start(
    client: OvsdbClient,
    target: { bridge: string; log: DriverLog; timeoutMs: number },
  ): Promise<OvsSession> {
    return await asSwitchErrors(async () => {
      const inventory = await readInventory(client, target.bridge);
      return new OvsSession(client, target, await Acknowledgements.follow(client), inventory);
    });
  }

  async describe(): Promise<SwitchDescription> {
    const inventory = await this.#load();
    const ports = [...inventory.ports.values()];
    // Open vSwitch sends LLDP with the MAC of the port itself, so each of them may be met as the chassis id.
    const macs = [
      inventory.bridgeMac,
      inventory.ports.get(this.#bridge)?.interfaces[0]?.mac ?? null,
      ...ports.flatMap((port) => port.interfaces.map((member) => member.mac)),
    ];
    return {
      platform: PLATFORM,
      model: 'Open vSwitch',
      version: inventory.version,
      hostname: inventory.hostname,
      chassisIds: [...new Set(macs.flatMap((mac) => mac?.toLowerCase() ?? []))],
      ports: ports.flatMap((port) => {
        const names = port.interfaces.map((member) => member.name);
        if (!isBond(port)) return [{ portId: port.name, aliases: names.filter((name) => name !== port.name) }];
        return [port.name, ...names].map((portId) => ({ portId, aliases: [] }));
      }),
    };
  }

  /** Waits until what the database holds is in force, so that what is told is what the switch does. */
  async read(portIds?: readonly string[]): Promise<{ ports: PortState[]; vlans: null }> {
    const inventory = await this.#load();
    if (inventory.curCfg < inventory.nextCfg) {
      await asSwitchErrors(() => this.#acknowledgements.inForce(inventory.nextCfg, this.#timeoutMs));
    }
    const states = new Map([...inventory.ports.values()].flatMap(portStates).map((state) => [state.portId, state]));
    const ports = (portIds ?? [...states.keys()]).map((portId) => {
      const state = states.get(portId);
      if (state === undefined) throw unknownPort(portId, inventory);
      return state;
    });
    for (const { portId } of ports) {
      const port = inventory.ports.get(portId);
      if (port !== undefined) this.#seen.set(portId, port.columns);
    }
    return { ports, vlans: null };
  }

  neighbors(): Promise<SwitchNeighbor[]> {
    return Promise.reject(notInDatabase('the LLDP neighbours'));
  }

  macTable(): Promise<MacTableEntry[]> {
    return Promise.reject(notInDatabase('the MAC table'));
  }

  render(changes: readonly Change[]): Rendered {
    return { lines: renderLines(portWrites(changes, this.#inventory, this.#seen)) };
  }

  async apply(changes: readonly Change[]): Promise<void> {
    const writes = portWrites(changes, await this.#load(), this.#seen);
    if (writes.length === 0) return;
    const nextCfg = await asSwitchErrors(() => this.#commit(writes), writes);
    for (const { port, to } of writes) this.#seen.set(port.name, to);
    this.#log.debug('OVSDB transaction committed', { bridge: this.#bridge, ports: writes.length, nextCfg });
    await asSwitchErrors(() => this.#acknowledgements.inForce(nextCfg, this.#timeoutMs));
  }

  /** The commit was durable already. */
  async persist(): Promise<void> {}

  async close(): Promise<void> {
    this.#client.close();
  }

  async #load(): Promise<Inventory> {
    this.#inventory = await asSwitchErrors(() => readInventory(this.#client, this.#bridge));
    return this.#inventory;
  }

  /** Resolves with the number of the configuration committed. */
  async #commit(writes: readonly PortWrite[]): Promise<number> {
    const [, root, , ...results] = await this.#client.transact(DATABASE, [
      // ovs-vswitchd acknowledges this number once the configuration is in force.
      { op: 'mutate', table: 'Open_vSwitch', where: [], mutations: [['next_cfg', '+=', 1]] },
      { op: 'select', table: 'Open_vSwitch', where: [], columns: ['next_cfg'] },
      // Kept over a power cut: there is no separate persist().
      { op: 'commit', durable: true },
      ...writes.map(guardOf),
      ...writes.map(updateOf),
    ]);
    for (const [index, { port }] of writes.entries()) {
      const result = results[writes.length + index];
      if (result !== undefined && 'count' in result && result.count === 1) continue;
      throw new FabricError('switch_rejected', `The switch changed no row for port ${port.name}; read it again.`, {
        context: { line: `update Port ${port.name}`, device: JSON.stringify(result), undone: false },
      });
    }
    return readInteger(root.rows[0]?.next_cfg);
  }
}

function notInDatabase(what: string): FabricError {
  return new FabricError(
    'switch_unsupported',
    `Open vSwitch does not keep ${what} in its database; the driver's capabilities say so.`,
  );
}
