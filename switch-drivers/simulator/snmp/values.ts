import netSnmp, { type Varbind } from 'net-snmp';

/** What an object holds, with its type on the wire. */
export type MibValue = Pick<Varbind, 'type' | 'value'>;

/** An object identifier, number by number. */
export type Oid = readonly number[];

const { Integer = 0, OctetString = 0, OID = 0, Gauge = 0 } = netSnmp.ObjectType;

export const integer = (value: number): MibValue => ({ type: Integer, value });
export const gauge = (value: number): MibValue => ({ type: Gauge, value });
export const octets = (value: Uint8Array): MibValue => ({ type: OctetString, value: Buffer.from(value) });
export const text = (value: string): MibValue => octets(Buffer.from(value));
export const objectId = (value: string): MibValue => ({ type: OID, value });
export const mac = (value: string): MibValue => octets(Buffer.from(value.replaceAll(':', ''), 'hex'));

export function oidOf(text: string): Oid {
  return text.split('.').map(Number);
}

/** Lexicographical, as MIB walks go (RFC 3416 section 4.2.2). */
export function compareOids(a: Oid, b: Oid): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = (a[at] ?? 0) - (b[at] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
