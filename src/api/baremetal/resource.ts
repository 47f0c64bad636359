import { FabricError } from '../../../topology/error/fabric-error.ts';
import { invalid, notAcceptable } from './errors.ts';

/** How one member of a resource is read from its row. */
export interface Field<Row, Extra = FieldContext> {
  name: string;
  /** First minor version that shows it. */
  since: number;
  /** Columns that `read` needs. */
  columns: ReadonlyArray<keyof Row & string>;
  read(row: Row, extra: Extra): unknown;
}

export interface FieldContext {
  /** Base of links. */
  base: string;
  minor: number;
  /** This controller's name. */
  hostname: string;
}

/** Every field that the version shows. */
export function visibleFields<F extends { since: number }>(table: readonly F[], minor: number): F[] {
  return table.filter((field) => field.since <= minor);
}

export interface Selection {
  fields?: string | undefined;
  detail?: boolean | undefined;
}

/**
 * Which fields a collection shows. A field that is known but newer than the version is 406, an unknown one 400.
 * `links` comes with everything.
 */
export function selectFields<F extends { name: string; since: number }>(
  table: readonly F[],
  defaults: readonly string[],
  selection: Selection,
  minor: number,
): F[] {
  if (selection.fields !== undefined && selection.detail) {
    throw invalid("Can't fetch a subset of fields with 'detail' set");
  }
  if (selection.fields !== undefined && minor < 8) throw notAcceptable();
  if (selection.detail) return visibleFields(table, minor);
  const visible = visibleFields(table, minor);
  const names = selection.fields?.split(',').filter(Boolean) ?? defaults;
  for (const name of selection.fields === undefined ? [] : names) {
    if (visible.some((field) => field.name === name)) continue;
    if (table.some((field) => field.name === name)) throw notAcceptable();
    throw invalid(`Field(s) "${name.slice(0, 60)}" are not valid`);
  }
  const wanted = new Set([...names, 'links']);
  return visible.filter((field) => wanted.has(field.name));
}

/** Columns for a select, each once, with `uuid` for links. */
export function columnsOf<Row, Extra>(fields: ReadonlyArray<Field<Row, Extra>>, ...always: Array<keyof Row & string>) {
  return [...new Set([...always, ...fields.flatMap((field) => field.columns)])];
}

export function project<Row, Extra>(fields: ReadonlyArray<Field<Row, Extra>>, row: Row, extra: Extra) {
  const out: Record<string, unknown> = {};
  for (const field of fields) out[field.name] = field.read(row, extra);
  return out;
}

/** A member that clients may send although nothing here stands behind it. */
export function refuseUnsupported(resource: string, member: string): never {
  throw new FabricError(
    'member_unsupported',
    `${member} of a ${resource} is not supported by this service; leave it out.`,
    {
      context: { member },
    },
  );
}
