import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Log } from '../log.ts';
import { installQueueWakeup } from './jobs/wake.ts';
import { workerLogger } from './worker-log.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
}

/** Any number that no other user of the database is likely to lock. */
const ADVISORY_LOCK = 7_293_021_174;

export async function readMigrations(directory: URL = new URL('./migrations/', import.meta.url)): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    files.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: await readFile(new URL(name, directory), 'utf8'),
    })),
  );
}

/**
 * Brings the schema up to date: each new migration in a transaction of its own, in the order of its number, one process at
 * a time. A migration that ran is immutable; one that differs from what ran is refused, as is a newer database.
 */
export async function migrate(pool: pg.Pool, migrations: Migration[], log: Log): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    try {
      await client.query(`create table if not exists schema_migration (
        number integer primary key, name text not null, checksum text not null,
        applied_at timestamptz not null default now())`);
      const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
        'select number, name, checksum from schema_migration order by number',
      );
      checkApplied(rows, migrations);
      const applied = new Set(rows.map((row) => row.number));
      for (const migration of migrations.filter(({ number }) => !applied.has(number))) {
        await apply(client, migration);
        log.info('database migration applied', { migration: migration.name });
      }
      await runMigrations({ pgPool: pool, logger: workerLogger(log) });
      await installQueueWakeup(client);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]);
    }
  } finally {
    client.release();
  }
}

function checkApplied(rows: Array<{ number: number; name: string; checksum: string }>, known: Migration[]): void {
  for (const row of rows) {
    const migration = known.find(({ number }) => number === row.number);
    if (!migration) {
      throw new FabricError(
        'store_newer',
        `The database was migrated by a newer Switchyard (it has ${row.name}). Run that version, or restore a backup.`,
        { context: { migration: row.name } },
      );
    }
    if (checksum(migration) !== row.checksum) {
      throw new FabricError(
        'store_migration_changed',
        `The migration ${row.name} differs from the one this database was made with. Restore the file; a change of schema ` +
          'takes a new migration.',
        { context: { migration: row.name } },
      );
    }
  }
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      checksum(migration),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function checksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
