import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silentLog } from '../../../src/log.ts';
import { openStore } from '../../../src/store/open.ts';
import { openSecrets } from '../../../src/store/secrets/open-secrets.ts';
import { preparedDirectory, temporaryDirectory } from '../../support/store.ts';
import { addPlainRows } from '../store/secrets/rows.ts';
import { run } from './support.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let dataDir: string;
beforeAll(async () => {
  dataDir = await preparedDirectory();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const secrets = (...args: string[]) => run(['secrets', ...args, '--data-dir', dataDir]);

test('status and rotate work on the embedded database of a controller that is stopped, and say so while it runs', async () => {
  const store = await openStore({ dataDir }, silentLog, { durable: false });
  const keyFile = path.join(dataDir, 'secrets.key');
  try {
    await addPlainRows(store);
    await openSecrets(store.db, { keyFile }, silentLog);
    const refused = await secrets('rotate');
    expect(refused.code).toBe(69);
    expect(refused.stderr).toMatch(/A controller \(process \d+\) works with .* Stop it, run this again/);
  } finally {
    await store.close();
  }
  const before = JSON.parse((await secrets('status', '--json')).stdout);
  expect(before).toMatchObject({ source: keyFile, keys: [{ state: 'current', values: 5 }], plain: 0, damaged: 0 });
  const rotated = await secrets('rotate');
  expect([rotated.code, rotated.stdout]).toEqual([0, expect.stringContaining('5 values were sealed anew')]);
  const finished = JSON.parse((await secrets('rotate', '--finish', '--json')).stdout);
  expect(finished).toMatchObject({ values: 0, dropped: [before.keys[0].id], kept: [], forgotten: [] });
  expect((await secrets('status')).stdout).toMatch(new RegExp(`${finished.current} +current +5`));
  // No key is ever printed.
  const [key] = (await readFile(keyFile, 'utf8')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const { stdout, stderr } of [rotated, await secrets('status', '--json')])
    expect(stdout + stderr).not.toContain(key);
});

test('a directory without a database is not made into one', async () => {
  const empty = await temporaryDirectory();
  const { code, stderr } = await run(['secrets', 'status', '--data-dir', empty]);
  await rm(empty, { recursive: true });
  expect([code, stderr]).toEqual([3, expect.stringContaining('There is no database in')]);
});
