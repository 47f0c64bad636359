import type { Varbind } from 'net-snmp';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { invalid } from './errors.ts';
import type { Column, SnmpValue } from './values.ts';

/** Asks for what follows each OID; per OID as many values as the agent gives. */
export type GetBulk = (oids: string[], repetitions: number) => Promise<ReadonlyArray<readonly Varbind[] | undefined>>;

export interface WalkLimits {
  /** Cells of one column. */
  cells: number;
  /** Values asked for at once. */
  bulk: number;
  /** performance.now() at which the walk is given up. */
  until: number;
  /**
   * The first part of the index is a TimeFilter (RFC 4502): an agent that keeps to it tells every row again for each mark
   * there was. The column ends where a row comes a second time.
   */
  timeFilter: boolean;
}

interface Cursor {
  base: string;
  last: string;
  cells: Map<string, SnmpValue>;
  /** Rows seen, without their time marks. */
  rows: Set<string>;
}

/** Reads columns side by side. An agent that goes back, round in circles or on without end is told from one that answers. */
export async function walkColumns(
  name: string,
  columns: readonly string[],
  getBulk: GetBulk,
  limits: WalkLimits,
): Promise<Column[]> {
  const cursors = columns.map((oid): Cursor => ({ base: oid, last: oid, cells: new Map(), rows: new Set() }));
  let open = cursors;
  while (open.length > 0) {
    if (performance.now() > limits.until) throw tooMuch(name, 'a table did not end in time', true);
    const repetitions = Math.max(1, Math.floor(limits.bulk / open.length));
    const answers = await getBulk(
      open.map(({ last }) => last),
      repetitions,
    );
    // An answer that would be too long ends early (RFC 3416 section 4.2.3); an empty one leads nowhere.
    if (!answers.some((varbinds) => varbinds?.length)) throw invalid(name, 'answers a walk with nothing');
    open = open.filter((cursor, at) => advance(name, cursor, answers[at] ?? [], limits));
  }
  return cursors.map(({ cells }) => cells);
}

/** Takes the cells that belong to the column; false when it ends here. */
function advance(name: string, cursor: Cursor, varbinds: readonly Varbind[], limits: WalkLimits): boolean {
  for (const { oid, value } of varbinds) {
    if (!oid.startsWith(`${cursor.base}.`) || value === null || typeof value === 'boolean') return false;
    if (!follows(cursor.last, oid)) throw invalid(name, `walks in circles: ${oid} after ${cursor.last}`);
    cursor.last = oid;
    const index = oid.slice(cursor.base.length + 1);
    const row = limits.timeFilter ? index.slice(index.indexOf('.') + 1) : index;
    if (cursor.rows.has(row)) return false;
    cursor.rows.add(row);
    cursor.cells.set(index, value);
    if (cursor.cells.size > limits.cells) throw tooMuch(name, `a table has more than ${limits.cells} rows`, false);
  }
  return true;
}

function follows(before: string, oid: string): boolean {
  const [left, right] = [before.split('.'), oid.split('.')];
  for (let at = 0; at < left.length; at += 1) {
    const order = Number(right[at] ?? -1) - Number(left[at]);
    if (order !== 0) return order > 0;
  }
  return right.length > left.length;
}

function tooMuch(name: string, what: string, retryable: boolean): FabricError {
  return new FabricError('switch_output_too_large', `switch ${name} tells too much: ${what}`, {
    retryable,
    context: { switch: name },
  });
}
