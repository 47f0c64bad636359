import { isObject, type Json } from './json.ts';
import { malformed, type Value } from './notation.ts';

export type AtomType = 'integer' | 'real' | 'boolean' | 'string' | 'uuid';

export interface ColumnType {
  /** scalar: at most one value (min 0: optional). */
  kind: 'scalar' | 'set' | 'map';
  key: AtomType;
  value: AtomType | null;
  min: 0 | 1;
}

export interface DatabaseSchema {
  name: string;
  version: string | null;
  /** Table name -> column name -> type. */
  tables: ReadonlyMap<string, ReadonlyMap<string, ColumnType>>;
}

/** Reads the reply to `get_schema` (RFC 7047 section 3.2). */
export function readSchema(json: Json): DatabaseSchema {
  if (!isObject(json) || typeof json.name !== 'string' || !isObject(json.tables)) {
    throw malformed('a database schema', json);
  }
  const tables = Object.entries(json.tables).map(([name, table]) => {
    if (!isObject(table) || !isObject(table.columns)) throw malformed(`the schema of table ${name}`, table);
    const columns = Object.entries(table.columns).map(([column, schema]) => {
      if (!isObject(schema)) throw malformed(`the schema of column ${column}`, schema);
      return [column, readColumnType(schema.type)] as const;
    });
    return [name, new Map(columns)] as const;
  });
  return {
    name: json.name,
    version: typeof json.version === 'string' ? json.version : null,
    tables: new Map(tables),
  };
}

function readColumnType(json: Json | undefined): ColumnType {
  if (!isObject(json)) return { kind: 'scalar', key: readAtomType(json), value: null, min: 1 };
  const key = readAtomType(json.key);
  const min = json.min === 0 ? 0 : 1;
  if (json.value !== undefined) return { kind: 'map', key, value: readAtomType(json.value), min };
  const max = json.max ?? 1;
  return {
    kind: max === 'unlimited' || (typeof max === 'number' && max > 1) ? 'set' : 'scalar',
    key,
    value: null,
    min,
  };
}

const ATOM_TYPES: readonly string[] = ['integer', 'real', 'boolean', 'string', 'uuid'] satisfies AtomType[];

function readAtomType(json: Json | undefined): AtomType {
  const name = isObject(json) ? json.type : json;
  if (typeof name === 'string' && ATOM_TYPES.includes(name)) return name as AtomType;
  throw malformed('a type', json);
}

/** What a column holds when nothing was said (RFC 7047 section 5.2.1): monitors of the conditional kind leave it out. */
export function defaultOf(type: ColumnType): Value {
  if (type.kind === 'map') return ['map', []];
  if (type.kind === 'set' || type.min === 0) return ['set', []];
  switch (type.key) {
    case 'integer':
    case 'real':
      return 0;
    case 'boolean':
      return false;
    case 'string':
      return '';
    case 'uuid':
      return ['uuid', '00000000-0000-0000-0000-000000000000'];
  }
}
