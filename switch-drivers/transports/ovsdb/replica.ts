import { isObject, type Json, type JsonObject } from './json.ts';
import { type Atom, atomsOf, malformed, pairsOf, type Row, readRow, type Value } from './notation.ts';
import { type ColumnType, type DatabaseSchema, defaultOf } from './schema.ts';

/** One row that came, changed or went: null = it was (or is) not there. */
export interface RowChange {
  table: string;
  uuid: string;
  before: Row | null;
  after: Row | null;
}

/** A copy of the monitored columns, kept true by the server's updates. */
export class Replica {
  readonly #tables = new Map<string, Map<string, Row>>();

  constructor(tables: Iterable<string>) {
    for (const table of tables) this.#tables.set(table, new Map());
  }

  get tables(): ReadonlyMap<string, ReadonlyMap<string, Row>> {
    return this.#tables;
  }

  /** `<table-updates>` of RFC 7047 section 4.1.6: `new` holds the whole row. */
  update(updates: Json | undefined): RowChange[] {
    return this.#each(updates, (update) => (update.new === undefined ? null : readRow(update.new)));
  }

  /** `<table-updates2>` of ovsdb-server(7): differences, to be read by the type of each column. */
  update2(
    updates: Json | undefined,
    schema: DatabaseSchema,
    columns: ReadonlyMap<string, readonly string[]>,
  ): RowChange[] {
    return this.#each(updates, (update, table, before) => {
      if ('delete' in update) return null;
      const types = schema.tables.get(table) ?? new Map<string, ColumnType>();
      const full = update.initial ?? update.insert;
      if (full !== undefined) {
        const defaults = (columns.get(table) ?? []).flatMap((column) => {
          const type = types.get(column);
          return type === undefined ? [] : [[column, defaultOf(type)] as const];
        });
        return { ...Object.fromEntries(defaults), ...readRow(full) };
      }
      if (before === null) throw malformed('a change of a row known before', update);
      const changed = Object.entries(readRow(update.modify)).map(
        ([column, diff]) => [column, patch(types.get(column), before[column], diff)] as const,
      );
      return { ...before, ...Object.fromEntries(changed) };
    });
  }

  #each(
    updates: Json | undefined,
    next: (update: JsonObject, table: string, before: Row | null) => Row | null,
  ): RowChange[] {
    if (!isObject(updates)) throw malformed('table updates', updates);
    const changes: RowChange[] = [];
    for (const [table, rows] of Object.entries(updates)) {
      const known = this.#tables.get(table);
      if (known === undefined || !isObject(rows))
        throw malformed('updates of a monitored table', { [table]: rows ?? null });
      for (const [uuid, update] of Object.entries(rows)) {
        if (!isObject(update)) throw malformed('a row update', update);
        const before = known.get(uuid) ?? null;
        const after = next(update, table, before);
        if (after === null) known.delete(uuid);
        else known.set(uuid, after);
        if (before !== null || after !== null) changes.push({ table, uuid, before, after });
      }
    }
    return changes;
  }
}

/**
 * Applies the difference of one column. A set sends the elements that came or went; a map sends new and changed pairs,
 * and for a key that went the pair as it was; anything else sends the new value.
 */
function patch(type: ColumnType | undefined, before: Value | undefined, diff: Value): Value {
  if (type?.kind === 'set') return ['set', symmetricDifference(atomsOf(before ?? ['set', []]), atomsOf(diff))];
  if (type?.kind !== 'map') return diff;
  const result = new Map(pairsOf(before ?? ['map', []]).map((pair) => [same(pair[0]), pair]));
  for (const pair of pairsOf(diff)) {
    const key = same(pair[0]);
    const old = result.get(key);
    if (old !== undefined && same(old[1]) === same(pair[1])) result.delete(key);
    else result.set(key, pair);
  }
  return ['map', [...result.values()]];
}

function symmetricDifference(before: readonly Atom[], diff: readonly Atom[]): Atom[] {
  const result = new Map(before.map((atom) => [same(atom), atom]));
  for (const atom of diff) {
    const key = same(atom);
    if (!result.delete(key)) result.set(key, atom);
  }
  return [...result.values()];
}

function same(atom: Atom): string {
  return JSON.stringify(atom);
}
