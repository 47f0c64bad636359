import { FabricError } from '../../../topology/error/fabric-error.ts';
import { excerpt, isArray, isObject, type Json } from './json.ts';

/**
 * Values as they travel (RFC 7047 section 5.1). A set of exactly one element may travel as the bare element; readers
 * below accept both forms. Integers are 64 bits wide in OVSDB and 53 bits exact here.
 */
export type Uuid = readonly ['uuid', string];
/** A row inserted by an earlier operation of the same transaction. */
export type NamedUuid = readonly ['named-uuid', string];
export type Atom = string | number | boolean | Uuid | NamedUuid;
export type OvsdbSet = readonly ['set', readonly Atom[]];
export type OvsdbMap = readonly ['map', ReadonlyArray<readonly [Atom, Atom]>];
export type Value = Atom | OvsdbSet | OvsdbMap;
/** Column name to value. */
export type Row = Readonly<Record<string, Value>>;

export function uuid(id: string): Uuid {
  return ['uuid', id];
}

export function namedUuid(name: string): NamedUuid {
  return ['named-uuid', name];
}

export function set(atoms: Iterable<Atom>): OvsdbSet {
  return ['set', [...atoms]];
}

export function map(entries: Iterable<readonly [Atom, Atom]>): OvsdbMap {
  return ['map', [...entries]];
}

/** An optional column: the value, or the empty set. */
export function optional(value: Atom | null): Value {
  return value === null ? ['set', []] : value;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function malformed(expected: string, got: Json | undefined): FabricError {
  return new FabricError('ovsdb_malformed', `The OVSDB server sent ${excerpt(got)} where ${expected} was expected.`);
}

export function isAtom(value: Json | undefined): value is Atom {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return true;
  if (!isArray(value) || value.length !== 2 || typeof value[1] !== 'string') return false;
  return value[0] === 'named-uuid' || (value[0] === 'uuid' && UUID.test(value[1]));
}

export function isValue(value: Json | undefined): value is Value {
  if (isAtom(value)) return true;
  if (!isArray(value) || value.length !== 2 || !isArray(value[1])) return false;
  if (value[0] === 'set') return value[1].every(isAtom);
  return (
    value[0] === 'map' &&
    value[1].every((pair) => isArray(pair) && pair.length === 2 && isAtom(pair[0]) && isAtom(pair[1]))
  );
}

export function readRow(json: Json | undefined): Row {
  if (!isObject(json)) throw malformed('a row', json);
  for (const value of Object.values(json)) if (!isValue(value)) throw malformed('a column value', value);
  return json as Row;
}

/** Elements of a set column; a bare atom is a set of one. */
export function atomsOf(value: Value | undefined): readonly Atom[] {
  if (value === undefined) throw malformed('a set', undefined);
  if (!isArray(value)) return [value];
  if (value[0] === 'set') return (value as OvsdbSet)[1];
  if (value[0] === 'map') throw malformed('a set', value);
  return [value as Atom];
}

/** Pairs of a map column. */
export function pairsOf(value: Value | undefined): ReadonlyArray<readonly [Atom, Atom]> {
  if (isArray(value) && value[0] === 'map') return (value as OvsdbMap)[1];
  throw malformed('a map', value);
}

type Reader<T> = (value: Value | undefined) => T;

export const readString: Reader<string> = (value) => {
  if (typeof value !== 'string') throw malformed('a string', value);
  return value;
};

export const readInteger: Reader<number> = (value) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw malformed('an integer', value);
  return value;
};

export const readBoolean: Reader<boolean> = (value) => {
  if (typeof value !== 'boolean') throw malformed('a boolean', value);
  return value;
};

/** The id itself, without its tag. */
export const readUuid: Reader<string> = (value) => {
  if (!isArray(value) || value[0] !== 'uuid') throw malformed('a uuid', value);
  return (value as Uuid)[1];
};

export function readSet<T>(value: Value | undefined, element: Reader<T>): T[] {
  return atomsOf(value).map(element);
}

/** A column of at most one element. */
export function readOptional<T>(value: Value | undefined, element: Reader<T>): T | null {
  const [first, ...more] = atomsOf(value);
  if (more.length > 0) throw malformed('at most one value', value);
  return first === undefined ? null : element(first);
}

export function readMap<K, V>(value: Value | undefined, key: Reader<K>, element: Reader<V>): Map<K, V> {
  return new Map(pairsOf(value).map(([k, v]) => [key(k), element(v)]));
}
