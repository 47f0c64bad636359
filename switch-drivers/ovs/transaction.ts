import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Change } from '../../topology/plan/model.ts';
import { type Update, uuid, type Wait } from '../transports/ovsdb/index.ts';
import { type Inventory, isBond, type OvsPort } from './inventory.ts';
import { columnsFor, VLAN_COLUMNS, type VlanColumns, vlanRow } from './vlan-mode.ts';

/** One port's part of a transaction. */
export interface PortWrite {
  port: OvsPort;
  /** What the plan was made from; the transaction fails if the port holds anything else. */
  from: VlanColumns;
  to: VlanColumns;
}

/**
 * What `changes` come to. The transaction is atomic, so of several changes to one port only the last can be seen.
 * `vlan-create` needs nothing: Open vSwitch has no table of VLANs.
 * Throws `switch_port_unknown`, `switch_unsupported`, `switch_bad_settings`.
 */
export function portWrites(
  changes: readonly Change[],
  inventory: Inventory,
  seen: ReadonlyMap<string, VlanColumns>,
): PortWrite[] {
  const writes = new Map<string, PortWrite>();
  for (const change of changes) {
    if (change.op === 'vlan-create') continue;
    const port = writablePort(change.portId, inventory);
    const to = columnsFor(port.name, change.settings);
    writes.set(port.name, { port, from: seen.get(port.name) ?? port.columns, to });
  }
  return [...writes.values()];
}

function writablePort(portId: string, inventory: Inventory): OvsPort {
  const port = inventory.ports.get(portId);
  if (port !== undefined) return port;
  const bond = [...inventory.ports.values()].find(
    (candidate) => isBond(candidate) && candidate.interfaces.some((member) => member.name === portId),
  );
  if (bond !== undefined) {
    throw new FabricError(
      'switch_unsupported',
      `Interface ${portId} is a member of bond ${bond.name} and has no VLANs of its own; change ${bond.name}.`,
      { context: { portId, lag: bond.name } },
    );
  }
  throw unknownPort(portId, inventory);
}

export function unknownPort(portId: string, inventory: Inventory): FabricError {
  return new FabricError(
    'switch_port_unknown',
    `The bridge has no port ${JSON.stringify(portId)}; its ports are ${[...inventory.ports.keys()].slice(0, 50).join(', ')}.`,
    { context: { portId } },
  );
}

/** Fails the whole transaction unless the port is there under its name and holds what the plan was made from. */
export function guardOf({ port, from }: PortWrite): Wait {
  return {
    op: 'wait',
    timeout: 0,
    table: 'Port',
    where: [['_uuid', '==', uuid(port.uuid)]],
    columns: ['name', ...VLAN_COLUMNS],
    until: '==',
    rows: [{ name: port.name, ...vlanRow(from) }],
  };
}

export function updateOf({ port, to }: PortWrite): Update {
  return { op: 'update', table: 'Port', where: [['_uuid', '==', uuid(port.uuid)]], row: vlanRow(to) };
}

/** The operations of one apply, a line each, with port names for row ids. */
export function renderLines(writes: readonly PortWrite[]): string[] {
  if (writes.length === 0) return [];
  return ['mutate Open_vSwitch next_cfg += 1', 'commit durable', ...writes.map(guardLine), ...writes.map(updateLine)];
}

export function guardLine({ port, from }: PortWrite): string {
  return `wait Port ${JSON.stringify(port.name)} is ${columnsText(from)}`;
}

export function updateLine({ port, to }: PortWrite): string {
  return `update Port ${JSON.stringify(port.name)} set ${columnsText(to)}`;
}

function columnsText({ tag, trunks, vlanMode, isProtected }: VlanColumns): string {
  return `tag=${tag ?? '[]'} trunks=[${ranges(trunks)}] vlan_mode=${vlanMode ?? '[]'} protected=${isProtected}`;
}

function ranges(ascending: readonly number[]): string {
  const runs: Array<[number, number]> = [];
  for (const vlan of ascending) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === vlan - 1) last[1] = vlan;
    else runs.push([vlan, vlan]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
