import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../../src/log.ts';
import { type Migration, migrate, readMigrations } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { testStore } from '../../support/store.ts';

let store: Store;
let pool: pg.Pool;
let shipped: Migration[];
beforeAll(async () => {
  store = await testStore();
  pool = new pg.Pool({ connectionString: store.connectionString });
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  shipped = await readMigrations();
});
afterAll(async () => {
  await pool?.end();
  await store?.close();
});

const extra = (sql: string, number = 9000): Migration => ({ number, name: `${number}_extra.sql`, sql });
const count = async () => Number((await pool.query('select count(*) from schema_migration')).rows[0].count);

it('runs each migration once, however many start at once', async () => {
  const known = [...shipped, extra('create table only_once (n int)')];
  await Promise.all(Array.from({ length: 4 }, () => migrate(pool, known, silentLog)));
  expect(await count()).toBe(known.length);
});

it('undoes a migration that fails, whole', async () => {
  const failing = extra('create table half (n int); select no_such_column', 9001);
  const before = await count();
  const known = [...shipped, extra('create table only_once (n int)')];
  await expect(migrate(pool, [...known, failing], silentLog)).rejects.toThrow('no_such_column');
  expect(await count()).toBe(before);
  expect((await pool.query("select to_regclass('half') as half")).rows[0].half).toBeNull();
});

it('refuses a migration that was changed after it ran', async () => {
  const changed = [...shipped, extra('create table only_once (n bigint)')];
  await expect(migrate(pool, changed, silentLog)).rejects.toMatchObject({ code: 'store_migration_changed' });
});

it('refuses a database that a newer version migrated', async () => {
  await expect(migrate(pool, shipped, silentLog)).rejects.toMatchObject({ code: 'store_newer' });
});

it('names an unreachable database without its password', async () => {
  const opened = openStore({ url: 'postgresql://u:secret@127.0.0.1:1/db' }, silentLog);
  await expect(opened).rejects.toMatchObject({
    code: 'store_unavailable',
    message: expect.stringContaining('127.0.0.1:1/db'),
  });
  await expect(opened).rejects.not.toThrow('secret');
});
