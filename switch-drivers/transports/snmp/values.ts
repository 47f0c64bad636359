import { printable } from '../../../topology/lldp/id-text.ts';

/** What an object holds: a number, octets, or text (an OID or an IP address). */
export type SnmpValue = number | Buffer | string;

/** A column of a table: its cells by their index, as text (`10`, `0.10`), in the agent's order. */
export type Column = ReadonlyMap<string, SnmpValue>;

export function integerOf(value: SnmpValue | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function octetsOf(value: SnmpValue | null | undefined): Buffer | null {
  return Buffer.isBuffer(value) ? value : null;
}

/** Text without control characters, at most as long as a DisplayString may be (RFC 2579); null for anything else. */
export function textOf(value: SnmpValue | null | undefined): string | null {
  const octets = octetsOf(value);
  return octets === null || octets.length > 255 ? null : printable(octets)?.trim() || null;
}

/** The numbers of an index; null unless there are exactly so many. */
export function indexOf(index: string, length: number): number[] | null {
  const parts = index.split('.').map(Number);
  return parts.length === length && parts.every(Number.isSafeInteger) ? parts : null;
}
