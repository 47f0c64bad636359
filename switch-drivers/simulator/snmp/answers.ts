import netSnmp, { type Varbind } from 'net-snmp';
import type { MibTree } from './mib-tree.ts';
import { oidOf } from './values.ts';

/** About what fits into one Ethernet frame; a GETBULK is cut short there (RFC 3416 section 4.2.3). */
const MAX_OCTETS = 1400;

const { NoSuchObject = 0, NoSuchInstance = 0, EndOfMibView = 0 } = netSnmp.ObjectType;

export function valuesOf(tree: MibTree, varbinds: readonly Varbind[]): Varbind[] {
  const reader = tree.reader();
  return varbinds.map(({ oid }) => {
    const value = reader.get(oidOf(oid));
    const type = tree.object(oidOf(oid)) ? NoSuchInstance : NoSuchObject;
    return { oid, ...(value ?? { type, value: null }) };
  });
}

export function nextOf(
  tree: MibTree,
  varbinds: readonly Varbind[],
  nonRepeaters: number,
  repetitions: number,
): Varbind[] {
  const reader = tree.reader();
  const next = (oid: string): Varbind => {
    const cell = reader.next(oidOf(oid));
    return cell ? { oid: cell.oid.join('.'), ...cell.value } : { oid, type: EndOfMibView, value: null };
  };
  const once = Math.min(Math.max(0, nonRepeaters), varbinds.length);
  const found = varbinds.slice(0, once).map(({ oid }) => next(oid));
  let heads = varbinds.slice(once).map(({ oid }) => oid);
  let size = found.reduce((sum, varbind) => sum + sizeOf(varbind), 0);
  for (let round = 0; round < repetitions && heads.length > 0; round += 1) {
    const row = heads.map(next);
    size += row.reduce((sum, varbind) => sum + sizeOf(varbind), 0);
    if (round > 0 && size > MAX_OCTETS) break;
    found.push(...row);
    if (row.every(({ type }) => type === EndOfMibView)) break;
    heads = row.map(({ oid }) => oid);
  }
  return found;
}

function sizeOf({ oid, value }: Varbind): number {
  return 8 + oid.split('.').length + (Buffer.isBuffer(value) || typeof value === 'string' ? value.length : 4);
}
