import { FabricError } from '../../topology/error/fabric-error.ts';
import type { PortState } from '../../topology/plan/model.ts';
import {
  type OvsdbClient,
  type Row,
  readInteger,
  readMap,
  readOptional,
  readSet,
  readString,
  readUuid,
} from '../transports/ovsdb/index.ts';
import { readVlanColumns, settingsOf, VLAN_COLUMNS, type VlanColumns } from './vlan-mode.ts';

export const DATABASE = 'Open_vSwitch';

export interface OvsInterface {
  name: string;
  mac: string | null;
  /** Carrier and admin state of the host's interface; null where the switch does not say. */
  up: boolean | null;
}

export interface OvsPort {
  uuid: string;
  name: string;
  columns: VlanColumns;
  /** Two or more: the port is a bond (LAG). */
  interfaces: OvsInterface[];
}

/** One consistent view of the bridge: all of it is read in one transaction. */
export interface Inventory {
  version: string | null;
  hostname: string | null;
  /** Grows with each change of configuration; `curCfg` follows when ovs-vswitchd has put it in force. */
  nextCfg: number;
  curCfg: number;
  bridgeMac: string | null;
  /** By name, in alphabetical order with numbers in numeric order. */
  ports: ReadonlyMap<string, OvsPort>;
}

const byName = new Intl.Collator('en', { numeric: true });

export async function readInventory(client: OvsdbClient, bridge: string): Promise<Inventory> {
  const [root, bridges, ports, interfaces] = await client.transact(DATABASE, [
    {
      op: 'select',
      table: 'Open_vSwitch',
      where: [],
      columns: ['ovs_version', 'external_ids', 'next_cfg', 'cur_cfg'],
    },
    { op: 'select', table: 'Bridge', where: [], columns: ['name', 'ports', 'other_config'] },
    { op: 'select', table: 'Port', where: [], columns: ['_uuid', 'name', 'interfaces', ...VLAN_COLUMNS] },
    {
      op: 'select',
      table: 'Interface',
      where: [],
      columns: ['_uuid', 'name', 'mac_in_use', 'admin_state', 'link_state'],
    },
  ]);
  const bridgeRow = bridges.rows.find((row) => row.name === bridge);
  const rootRow = root.rows[0];
  if (bridgeRow === undefined || rootRow === undefined) {
    const names = bridges.rows.map((row) => readString(row.name)).toSorted(byName.compare);
    throw new FabricError(
      'switch_bridge_unknown',
      `The switch has no bridge "${bridge}"; it has ${names.join(', ') || 'none'}. Correct the option "bridge" or add it.`,
      { context: { bridge, bridges: names } },
    );
  }
  const interfaceById = new Map(interfaces.rows.map((row) => [readUuid(row._uuid), readInterface(row)]));
  const ours = new Set(readSet(bridgeRow.ports, readUuid));
  const found = ports.rows
    .filter((row) => ours.has(readUuid(row._uuid)))
    .map((row): OvsPort => {
      const members = readSet(row.interfaces, readUuid).flatMap((id) => interfaceById.get(id) ?? []);
      return {
        uuid: readUuid(row._uuid),
        name: readString(row.name),
        columns: readVlanColumns(row),
        interfaces: members.toSorted((a, b) => byName.compare(a.name, b.name)),
      };
    })
    .toSorted((a, b) => byName.compare(a.name, b.name));
  return {
    version: readOptional(rootRow.ovs_version, readString),
    hostname: readMap(rootRow.external_ids, readString, readString).get('hostname') ?? null,
    nextCfg: readInteger(rootRow.next_cfg),
    curCfg: readInteger(rootRow.cur_cfg),
    bridgeMac: readMap(bridgeRow.other_config, readString, readString).get('hwaddr') ?? null,
    ports: new Map(found.map((port) => [port.name, port])),
  };
}

function readInterface(row: Row): OvsInterface {
  const admin = readOptional(row.admin_state, readString);
  const link = readOptional(row.link_state, readString);
  return {
    name: readString(row.name),
    mac: readOptional(row.mac_in_use, readString),
    up: link === null ? null : link === 'up' && admin !== 'down',
  };
}

export function isBond(port: OvsPort): boolean {
  return port.interfaces.length > 1;
}

/** The port's state, and for a bond that of each member: members have no VLANs of their own, the bond's are theirs. */
export function portStates(port: OvsPort): PortState[] {
  const { settings, foreign } = settingsOf(port.columns);
  const state = (portId: string, operUp: boolean | null, lag: string | null): PortState => ({
    ...settings,
    portId,
    operUp,
    lag,
    description: null,
    foreign,
  });
  const known = port.interfaces.flatMap((member) => member.up ?? []);
  const own = state(port.name, known.length === 0 ? null : known.some(Boolean), null);
  if (!isBond(port)) return [own];
  return [own, ...port.interfaces.map((member) => state(member.name, member.up, port.name))];
}
