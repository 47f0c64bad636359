import { sql } from 'kysely';
import type { JsonObject } from '../schema.ts';
import type { Db } from '../store.ts';
import { mapSecrets, SECRET_COLUMNS, type SecretColumn } from './columns.ts';
import { isSealed, keyIdOf, type Place, type Sealed } from './sealed.ts';

/** Any number that no other user of the database is likely to lock. */
const ADVISORY_LOCK = 7_293_021_175;

/** Who decides on keys, or works on all secrets, does it alone until his transaction ends. */
export async function lockSecrets(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(trx);
}

interface Row {
  id: string;
  value: JsonObject;
}

async function rowsOf(db: Db, { table, key, column }: SecretColumn): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${sql.ref(key)}::text as id, ${sql.ref(column)} as value from ${sql.table(table)} order by 1`.execute(db);
  return rows;
}

/**
 * Puts what `change` makes of each secret into the rows where that is another value than the one there; how many values
 * that were. Looks without locking first: most rows need nothing.
 */
export async function changeSecrets(
  trx: Db,
  columns: readonly SecretColumn[],
  change: (value: unknown, place: Place) => unknown,
): Promise<number> {
  let changed = 0;
  for (const column of columns) {
    const { table, key, column: name } = column;
    for (const { id, value } of await rowsOf(trx, column)) {
      if (apply(column, id, value, change).count === 0) continue;
      const locked = await sql<Row>`select ${sql.ref(name)} as value from ${sql.table(table)}
        where ${sql.ref(key)} = ${id} for update`.execute(trx);
      const [row] = locked.rows;
      if (!row) continue;
      const now = apply(column, id, row.value, change);
      changed += now.count;
      await sql`update ${sql.table(table)} set ${sql.ref(name)} = ${JSON.stringify(now.value)}
        where ${sql.ref(key)} = ${id}`.execute(trx);
    }
  }
  return changed;
}

function apply(
  column: SecretColumn,
  id: string,
  value: JsonObject,
  change: (value: unknown, place: Place) => unknown,
): { value: JsonObject; count: number } {
  let count = 0;
  const result = mapSecrets(column, id, value, (item, place) => {
    const after = change(item, place);
    if (after !== item) count += 1;
    return after;
  });
  return { value: result, count };
}

export interface SecretUse {
  /** How many values each key seals. */
  sealed: Map<string, number>;
  /** Values that lie there plain, and sealed ones whose form is damaged. */
  plain: number;
  damaged: number;
}

export async function countSecrets(db: Db): Promise<SecretUse> {
  const use: SecretUse = { sealed: new Map(), plain: 0, damaged: 0 };
  for (const column of Object.values(SECRET_COLUMNS)) {
    for (const { id, value } of await rowsOf(db, column)) {
      mapSecrets(column, id, value, (item, place) => {
        if (!isSealed(item)) use.plain += 1;
        else count(use, item, place);
        return item;
      });
    }
  }
  return use;
}

function count(use: SecretUse, item: Sealed, place: Place): void {
  try {
    const id = keyIdOf(item, place);
    use.sealed.set(id, (use.sealed.get(id) ?? 0) + 1);
  } catch {
    use.damaged += 1;
  }
}

/** Id of the key that the controllers of this database agreed on; null before the first start. */
export async function agreedKey(db: Db): Promise<string | null> {
  const row = await db.selectFrom('secret_key').select('id').executeTakeFirst();
  return row?.id ?? null;
}

export async function agreeOnKey(trx: Db, id: string): Promise<void> {
  await trx
    .insertInto('secret_key')
    .values({ id })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ id, since: new Date() }))
    .execute();
}
