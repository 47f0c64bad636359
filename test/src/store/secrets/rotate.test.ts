import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../../../src/log.ts';
import { SECRET_COLUMNS } from '../../../../src/store/secrets/columns.ts';
import { newKey, parseKeys } from '../../../../src/store/secrets/key.ts';
import { openSecrets } from '../../../../src/store/secrets/open-secrets.ts';
import { rotateSecrets } from '../../../../src/store/secrets/rotate.ts';
import { secretsStatus } from '../../../../src/store/secrets/status.ts';
import type { Store } from '../../../../src/store/store.ts';
import { temporaryDirectory, testStore } from '../../../support/store.ts';
import { addPlainRows, opened, PLAIN, stored } from './rows.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let store: Store;
let directory: string;
let source: { keyFile: string };
let rows: { node: string; leaf: string };
// Keeps the file's server running between tests.
let anchor: Store;
beforeAll(async () => {
  anchor = await testStore();
});
afterAll(() => anchor?.close());
beforeEach(async () => {
  store = await testStore();
  directory = await temporaryDirectory();
  source = { keyFile: path.join(directory, 'secrets.key') };
  rows = await addPlainRows(store);
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});
const keysInFile = async () => parseKeys(await readFile(source.keyFile, 'utf8'), 'file').map(({ id }) => id);

test('rotation seals all with a new key, keeps the old one until --finish, and a controller that runs goes on', async () => {
  const running = await openSecrets(store.db, source, silentLog);
  const [first] = await keysInFile();
  const before = await stored(store, rows);
  const { current, values, kept } = await rotateSecrets(store.db, source);
  expect([values, kept]).toEqual([5, [first]]);
  expect(await keysInFile()).toEqual([current, first]);
  expect(await opened(store, running, rows)).toEqual(PLAIN);
  expect((await secretsStatus(store.db, source)).keys).toEqual([
    { id: current, state: 'current', values: 5 },
    { id: first, state: 'older', values: 0 },
  ]);

  // A worker writes back what it read before the rotation.
  await store.db
    .updateTable('node')
    .set({ driver_info: JSON.stringify(before.driver_info) })
    .execute();
  expect(await rotateSecrets(store.db, source, { finish: true })).toMatchObject({
    values: 2,
    kept: [],
    dropped: [first],
  });
  expect(await keysInFile()).toEqual([current]);
  expect(await opened(store, running, rows)).toEqual(PLAIN);
  // What the one that runs seals now, it seals with the new key.
  const sealed = running.seal(SECRET_COLUMNS.driverInfo, rows.node, { ipmi_password: 'x' });
  expect(JSON.stringify(sealed)).toContain(current);
});

test('broken off between file and database, everything opens and the next run ends it', async () => {
  const running = await openSecrets(store.db, source, silentLog);
  const [first] = await keysInFile();
  const { sql } = await import('kysely');
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'power cut'; end $$`.execute(
    store.db,
  );
  await sql`create trigger refuse before update on switch for each row execute function refuse()`.execute(store.db);
  await expect(rotateSecrets(store.db, source)).rejects.toThrow('power cut');
  expect(await keysInFile()).toEqual([expect.anything(), first]);
  expect(await opened(store, running, rows)).toEqual(PLAIN);
  expect(await opened(store, await openSecrets(store.db, source, silentLog), rows)).toEqual(PLAIN);
  await sql`drop trigger refuse on switch`.execute(store.db);
  expect(await rotateSecrets(store.db, source, { finish: true })).toMatchObject({ values: 5, dropped: [first] });
  expect(await opened(store, running, rows)).toEqual(PLAIN);
});

test('keys from the environment: a new one is put first, then everything goes over to it', async () => {
  const [a, b] = [newKey(), newKey()];
  const text = (...keys: Array<typeof a>) => keys.map(({ bytes }) => bytes.toString('base64')).join(' ');
  await openSecrets(store.db, { key: text(a) }, silentLog);
  await expect(rotateSecrets(store.db, { key: text(a) })).rejects.toMatchObject({ code: 'secret_key_not_new' });
  const rotation = await rotateSecrets(store.db, { key: text(b, a) });
  expect(rotation).toMatchObject({ current: b.id, values: 5, kept: [a.id] });
  expect(await opened(store, await openSecrets(store.db, { key: text(b) }, silentLog), rows)).toEqual(PLAIN);
  await expect(openSecrets(store.db, { key: text(a) }, silentLog)).rejects.toMatchObject({ code: 'secret_key_wrong' });
});

test('a key without any copy: told, and given up only when asked for', async () => {
  await openSecrets(store.db, source, silentLog);
  const [lost] = await keysInFile();
  await rm(source.keyFile);
  expect(await secretsStatus(store.db, source)).toMatchObject({ source: null, keys: [{ id: lost, state: 'missing' }] });
  await expect(rotateSecrets(store.db, source)).rejects.toMatchObject({ code: 'secret_key_missing' });
  const { forgotten, values, current } = await rotateSecrets(store.db, source, { forgetLost: true });
  expect([forgotten.length, values]).toEqual([5, 0]);
  expect(forgotten).toContain(`driver_info/ipmi_password of node ${rows.node}`);
  expect(await keysInFile()).toEqual([current]);
  const secrets = await openSecrets(store.db, source, silentLog);
  expect(await opened(store, secrets, rows)).toMatchObject({
    ipmi_address: '192.0.2.1',
    ipmi_password: null,
    password: null,
  });
});
