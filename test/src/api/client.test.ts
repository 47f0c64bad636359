import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from './support.ts';

const CLIENT = '/usr/bin/baremetal';
const run = promisify(execFile);

function installed(): boolean {
  try {
    accessSync(CLIENT, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!installed())("Debian's baremetal client (skipped without python3-ironicclient)", () => {
  let test: TestApi;
  let home: string;
  beforeAll(async () => {
    test = await testApi();
    // The client keeps the version it negotiated in its home.
    home = await mkdtemp(join(tmpdir(), 'switchyard-client-'));
  });
  afterAll(async () => {
    await test.close();
    await rm(home, { recursive: true, force: true });
  });

  const client = async (...command: string[]) => {
    const connection = ['--os-auth-type', 'none', '--os-endpoint', test.url];
    const { stdout } = await run(CLIENT, [...connection, ...command], { env: { HOME: home, PATH: '/usr/bin:/bin' } });
    return stdout;
  };

  it('creates, lists, changes and deletes a node', { timeout: 180_000 }, async () => {
    const created = await client(
      'node',
      'create',
      '--driver',
      'ipmi',
      '--name',
      'n1',
      '--driver-info',
      'ipmi_address=a',
      '-f',
      'json',
    );
    expect(JSON.parse(created)).toMatchObject({ name: 'n1', driver: 'ipmi' });
    expect(JSON.parse(await client('node', 'list', '-f', 'json'))).toMatchObject([
      { Name: 'n1', 'Provisioning State': 'enroll' },
    ]);
    await client('node', 'set', 'n1', '--property', 'cpus=4');
    expect(JSON.parse(await client('node', 'show', 'n1', '-f', 'json')).properties).toEqual({ cpus: 4 });
    await client('node', 'manage', 'n1');
    expect(test.calls.at(-1)).toMatchObject(['provision', expect.any(String), { target: 'manage' }]);
    await client('node', 'delete', 'n1');
    expect(JSON.parse(await client('node', 'list', '-f', 'json'))).toEqual([]);
  });
});
