import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../../../src/log.ts';
import { SECRET_COLUMNS } from '../../../../src/store/secrets/columns.ts';
import { newKey, writeKeys } from '../../../../src/store/secrets/key.ts';
import { openSecrets } from '../../../../src/store/secrets/open-secrets.ts';
import { countSecrets } from '../../../../src/store/secrets/rows.ts';
import type { Store } from '../../../../src/store/store.ts';
import { temporaryDirectory, testStore } from '../../../support/store.ts';
import { addPlainRows, opened, PLAIN, stored } from './rows.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let store: Store;
let directory: string;
let keyFile: string;
// Keeps the file's server running between tests.
let anchor: Store;
beforeAll(async () => {
  anchor = await testStore();
});
afterAll(() => anchor?.close());
beforeEach(async () => {
  store = await testStore();
  directory = await temporaryDirectory();
  keyFile = path.join(directory, 'secrets.key');
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});
const open = (source = { keyFile }) => openSecrets(store.db, source, silentLog);

test('the first start makes a key; what an earlier version stored plain is sealed, once, and opens', async () => {
  const rows = await addPlainRows(store);
  const secrets = await open();
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  const found = await stored(store, rows);
  expect(JSON.stringify(found)).not.toMatch(/-secret/);
  expect(found.driver_info).toMatchObject({ ipmi_address: '192.0.2.1', ipmi_hex_kg_key: '' });
  expect(found.options).toMatchObject({ host: 'h', tls: { caFile: '/ca' } });
  expect(await opened(store, secrets, rows)).toEqual(PLAIN);

  const again = await open();
  expect(await stored(store, rows)).toEqual(found);
  expect(await opened(store, again, rows)).toEqual(PLAIN);
  expect(await countSecrets(store.db)).toMatchObject({ plain: 0, damaged: 0 });
});

test('controllers that start at once agree on one key and seal each value once', async () => {
  const rows = await addPlainRows(store);
  const all = await Promise.all(Array.from({ length: 4 }, () => open()));
  for (const secrets of all) expect(await opened(store, secrets, rows)).toEqual(PLAIN);
  expect([...(await countSecrets(store.db)).sealed.values()]).toEqual([5]);
});

test('broken off while it seals, nothing is sealed; the next start does it all', async () => {
  const rows = await addPlainRows(store);
  // The switch, which comes after the node, cannot be written.
  const { sql } = await import('kysely');
  await sql`alter table switch add constraint no_seal check (secrets ? 'password' and secrets ->> 'password' = 'ssh-secret')`.execute(
    store.db,
  );
  await expect(open()).rejects.toThrow('no_seal');
  expect(await stored(store, rows)).toMatchObject({ driver_info: { ipmi_password: 'bmc-secret' } });
  await sql`alter table switch drop constraint no_seal`.execute(store.db);
  expect(await opened(store, await open(), rows)).toEqual(PLAIN);
});

test('a key that is lost is not made anew: the file is asked for by the id of its key', async () => {
  await addPlainRows(store);
  await open();
  const text = await readFile(keyFile, 'utf8');
  await rm(keyFile);
  const [id] = [...(await countSecrets(store.db)).sealed.keys()];
  await expect(open()).rejects.toMatchObject({
    code: 'secret_key_missing',
    message: expect.stringContaining(id!),
    context: { file: keyFile, wanted: [id] },
  });
  await expect(stat(keyFile)).rejects.toThrow('ENOENT');
  await writeFile(keyFile, writeKeys([newKey()]), { mode: 0o600 });
  await expect(open()).rejects.toMatchObject({ code: 'secret_key_wrong', context: { wanted: [id] } });
  await writeFile(keyFile, text);
  await open();
});

test('a second controller of the same database does not make a key of its own, even before anything is sealed', async () => {
  await open();
  const other = { keyFile: path.join(directory, 'other.key') };
  await expect(open(other)).rejects.toMatchObject({ code: 'secret_key_missing' });
});

test('keys from the environment make no file', async () => {
  const rows = await addPlainRows(store);
  const key = newKey().bytes.toString('base64');
  const secrets = await openSecrets(store.db, { key }, silentLog);
  expect(await opened(store, secrets, rows)).toEqual(PLAIN);
  await expect(stat(keyFile)).rejects.toThrow('ENOENT');
});

test('sealing keeps what is sealed for this place, and refuses what was sealed for another or made up', async () => {
  const rows = await addPlainRows(store);
  const secrets = await open();
  const { driver_info } = await stored(store, rows);
  const column = SECRET_COLUMNS.driverInfo;
  expect(secrets.seal(column, rows.node, { ...driver_info, ipmi_address: 'b' })).toEqual({
    ...driver_info,
    ipmi_address: 'b',
  });
  const { ipmi_password } = driver_info;
  for (const value of [{ redfish_password: ipmi_password }, { ipmi_password: { $sealed: 'v1.made.up' } }]) {
    expect(() => secrets.seal(column, rows.node, value)).toThrow(expect.objectContaining({ code: 'secret_damaged' }));
  }
  expect(() => secrets.open(column, rows.leaf, driver_info)).toThrow(/^driver_info\/.* of node .* does not open/);
});
