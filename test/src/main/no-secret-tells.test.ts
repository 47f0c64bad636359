import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import { jsonLog } from '../../../src/log.ts';
import { type Controller, startController } from '../../../src/main/controller.ts';
import type { Store } from '../../../src/store/store.ts';
import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { temporaryDirectory, testStore } from '../../support/store.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Short enough for IPMI, and in every secret of this test. */
const MARKER = 'Mark3r-Geheim';
let store: Store;
let directory: string;
let leaf: SimulatedSwitch;
let controller: Controller;
const lines: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory();
  store = await testStore();
  leaf = await startSimulatedSwitch({
    platform: 'arista-eos',
    name: 'leaf1',
    ports: 2,
    chassisMac: '00:1c:73:00:00:01',
    username: 'admin',
    password: MARKER,
  });
  const config = loadConfig({
    env: {},
    overrides: {
      dataDir: directory,
      logLevel: 'debug',
      database: { url: store.connectionString },
      api: { port: 0 },
      provisioner: { http: { port: 0 } },
      fabric: { connectTimeoutSeconds: 60, commandTimeoutSeconds: 60 },
    },
  });
  controller = await startController(
    config,
    jsonLog((line) => lines.push(line), config.logLevel),
  );
});
afterAll(async () => {
  await controller?.stop();
  await leaf?.stop();
  await store?.close();
  await rm(directory, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const headers: Record<string, string> = { 'x-openstack-ironic-api-version': '1.89' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(controller.url + path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  answers.push(`${method} ${path} ${response.status} ${[...response.headers].join(' ')} ${text}`);
  return { status: response.status, text };
}

const switchBody = (name: string, options: Record<string, unknown>) => ({
  name,
  platform: 'arista-eos',
  options: { host: leaf.host, port: leaf.port, username: 'admin', hostKey: leaf.hostKeyFingerprint, ...options },
  managed_ports: ['Ethernet1'],
  managed_vlans: '100-199',
});

const where = (texts: readonly string[]) => texts.filter((text) => text.includes(MARKER));

/** Every row of every table there is, the queue's among them. */
async function dump(): Promise<string[]> {
  const client = new pg.Client({ connectionString: store.connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema')`);
    const rows: string[] = [];
    for (const { name } of tables) {
      const found = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      rows.push(...found.rows.map(({ row }) => `${name} ${row}`));
    }
    return rows;
  } finally {
    await client.end();
  }
}

test('a password is used, and told nowhere: not in the database, the log or an answer', async () => {
  const network = { name: 'idle', role: 'idle', network_type: 'vlan', segmentation_id: 100 };
  expect((await call('POST', '/fabric/v1/networks', network)).status).toBeLessThan(300);
  const added = await call('POST', '/fabric/v1/switches', switchBody('leaf1', { password: MARKER }));
  expect([added.status, added.text]).toEqual([expect.toSatisfy((status: number) => status < 300), expect.anything()]);
  // From the database this time: what is sealed there opens.
  expect((await call('POST', '/fabric/v1/switches/leaf1/refresh')).status).toBeLessThan(300);

  // Refused by the switch, by the driver's options, by the SSH library.
  for (const options of [
    { password: `${MARKER}-wrong` },
    { password: { text: MARKER } },
    { password: MARKER, unknown: MARKER },
    { privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${MARKER}\n`, passphrase: MARKER },
    { password: MARKER, host: '127.0.0.1', port: 1 },
  ]) {
    const { status } = await call('POST', '/fabric/v1/switches', switchBody('leaf2', options));
    expect(status).toBeGreaterThanOrEqual(400);
  }

  const nodes: Record<string, { driver: string; driver_info: Record<string, unknown> }> = {
    n1: {
      driver: 'redfish',
      driver_info: { redfish_address: 'http://127.0.0.1:1', redfish_username: 'u', redfish_password: MARKER },
    },
    n2: { driver: 'ipmi', driver_info: { ipmi_address: '127.0.0.1', ipmi_port: 1, ipmi_password: MARKER } },
    n3: { driver: 'ipmi', driver_info: { ipmi_address: '127.0.0.1', ipmi_password: MARKER.repeat(3) } },
    n4: { driver: 'redfish', driver_info: { redfish_address: 'http://127.0.0.1:1', redfish_password: [MARKER] } },
  };
  for (const [name, body] of Object.entries(nodes)) {
    expect((await call('POST', '/v1/nodes', { name, ...body })).status).toBe(201);
    await call('GET', `/v1/nodes/${name}/validate`);
    await call('PUT', `/v1/nodes/${name}/states/provision`, { target: 'manage' });
  }
  for (const value of [MARKER, { nested: MARKER }]) {
    await call('PATCH', '/v1/nodes/n3', [{ op: 'replace', path: '/driver_info/redfish_password', value }]);
    await call('PATCH', '/v1/nodes/n3', [{ op: 'add', path: '/driver_info/ipmi_password', value }]);
  }
  const limit = Date.now() + 60_000;
  while (Date.now() < limit && /"verifying"/.test((await call('GET', '/v1/nodes?fields=provision_state')).text)) {
    await sleep(500);
  }
  for (const path of [
    '/v1/nodes/detail',
    '/v1/nodes/n1',
    '/v1/nodes/n1/history?detail=true',
    '/fabric/v1/switches',
    '/fabric/v1/switches/leaf1',
    '/fabric/v1/nodes',
    '/fabric/v1/events',
    '/fabric/v1/operations',
  ]) {
    expect((await call('GET', path)).status).toBe(200);
  }

  expect(where(answers)).toEqual([]);
  const rows = await dump();
  // The switch and every node: the dump is whole.
  expect(rows.filter((row) => row.includes('$sealed')).length).toBe(5);
  expect(where(rows)).toEqual([]);
  await controller.stop();
  expect(lines.length).toBeGreaterThan(0);
  expect(where(lines)).toEqual([]);
});
