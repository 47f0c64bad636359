import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../../src/auth/password.ts';
import { recordEvent } from '../../../src/store/events.ts';
import { type TestApi, testApi } from '../api/support.ts';
import { type RunOptions, run, start } from './support.ts';

const PASSWORD = 'a right password';
let test: TestApi;
const env = (): Record<string, string> => ({
  SWITCHYARD_URL: test.url,
  SWITCHYARD_USER: 'eva',
  SWITCHYARD_PASSWORD: PASSWORD,
});
const sy = (args: string[], options: RunOptions = {}) => run(args, { ...options, env: { ...env(), ...options.env } });
const json = async (args: string[], options?: RunOptions) => {
  const outcome = await sy(['--json', ...args], options);
  expect(outcome).toMatchObject({ code: 0 });
  return JSON.parse(outcome.stdout);
};

beforeAll(async () => {
  const users = { eva: await hashPassword(PASSWORD, { N: 1024, r: 8, p: 1 }) };
  test = await testApi({ auth: { users } });
});
afterAll(() => test.close());

async function setState(name: string, state: string, lastError: string | null = null): Promise<void> {
  const { db } = test.store;
  const { uuid } = await db.selectFrom('node').select('uuid').where('name', '=', name).executeTakeFirstOrThrow();
  await db
    .updateTable('node')
    .set({ provision_state: state, last_error: lastError })
    .where('uuid', '=', uuid)
    .execute();
  await recordEvent(db, { kind: 'node.state', nodeUuid: uuid, message: `${name}: → ${state}`, data: { to: state } });
}

let nextVlan = 300;

/** A node with one NIC on port Ethernet3 of switch `leaf-<name>`, whose port is in `network`. */
async function cabledNode(name: string): Promise<{ node: string; network: string; nic: string; switchId: string }> {
  const { db } = test.store;
  const [node, network, nic, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await db.insertInto('node').values({ uuid: node, name, driver: 'ipmi', provision_state: 'active' }).execute();
  await db
    .insertInto('network')
    .values({ id: network, name: `net-${name}`, network_type: 'vlan', segmentation_id: nextVlan++ })
    .execute();
  await db
    .insertInto('switch')
    .values({ id, name: `leaf-${name}`, platform: 'ovs', options: '{}', managed_ports: ['*'], managed_vlans: '1-99' })
    .execute();
  await db
    .insertInto('switch_port')
    .values({
      switch_id: id,
      port_id: 'Ethernet3',
      position: 3,
      managed: true,
      state: 'applied',
      intent: JSON.stringify({ adminUp: true, mode: 'access', untagged: 300, tagged: [] }),
      owner: JSON.stringify({ kind: 'tenant', projectId: null, networkId: network }),
    })
    .execute();
  const address = `52:54:00:${nic.slice(0, 2)}:${nic.slice(2, 4)}:${nic.slice(4, 6)}`;
  await db
    .insertInto('port')
    .values({ uuid: nic, node_uuid: node, address, switch_id: id, switch_port_id: 'Ethernet3' })
    .execute();
  return { node, network, nic, switchId: id };
}

describe('nodes', () => {
  it('are created with a secret from a file, listed with cabling, changed and deleted', async () => {
    const refused = await sy(['node', 'create', 'n1', '--driver', 'ipmi', '--driver-info', 'ipmi_password=hunter2']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('ipmi_password=@FILE');
    const args = [
      '--driver-info',
      'ipmi_address=192.0.2.9',
      '--driver-info',
      'ipmi_password=@-',
      '--property',
      'cpus=8',
    ];
    const created = await json(['node', 'create', 'n1', '--driver', 'ipmi', ...args], { input: 'hunter2\n' });
    const row = await test.store.db.selectFrom('node').selectAll().where('name', '=', 'n1').executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      uuid: created.uuid,
      driver_info: { ipmi_address: '192.0.2.9', ipmi_password: { $sealed: expect.any(String) } },
      properties: { cpus: 8 },
    });
    await json(['node', 'set', 'n1', '--property', 'memory_mb=64', '--maintenance', 'disk swap']);
    const shown = await json(['node', 'show', created.uuid]);
    expect(shown).toMatchObject({ properties: { cpus: 8, memory_mb: 64 }, maintenance_reason: 'disk swap', nics: [] });
    expect((await sy(['node', 'delete', 'n1'])).code).toBe(0);
    expect((await sy(['node', 'show', 'n1'])).code).toBe(3);
  });

  it('show switch port and network in a table of one line a node', async () => {
    await cabledNode('web1');
    const { stdout } = await sy(['node', 'list']);
    const lines = stdout.trimEnd().split('\n');
    const line = lines.find((one) => one.startsWith('web1'))!;
    expect(line).toMatch(/^web1 +active +- +- +leaf-web1 Ethernet3 +net-web1 +-$/);
    expect(line.indexOf('leaf-web1')).toBe(lines[0]!.indexOf('Switch port'));
    const nodes = await json(['node', 'list', '--state', 'active']);
    expect(nodes).toMatchObject([{ name: 'web1', nics: [{ switch: 'leaf-web1', network: 'net-web1' }] }]);
  });

  it('are waited for until the outcome of a verb, which is the exit code', async () => {
    await sy(['node', 'create', 'n2', '--driver', 'ipmi']);
    test.answers.provision = async () => {
      await setState('n2', 'verifying');
      setTimeout(() => void setState('n2', 'manageable'), 3000);
    };
    const managed = await sy(['node', 'manage', 'n2', '--wait', '--timeout', '60']);
    expect(managed).toMatchObject({ code: 0, stdout: 'Node n2 is in "manageable".\n' });
    expect(managed.stderr).toContain('n2: → manageable');
    test.answers.provision = async () => {
      await setState('n2', 'cleaning');
      setTimeout(() => void setState('n2', 'clean failed', 'the disk is write-protected'), 3000);
    };
    const failed = await sy(['node', 'provide', 'n2', '--wait']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/clean failed.*the disk is write-protected/);
    test.answers.provision = async () => setState('n2', 'cleaning');
    expect((await sy(['--json', 'node', 'provide', 'n2', '--wait', '--timeout', '1'])).code).toBe(124);
  });

  it('are watched as JSON lines until a state', async () => {
    await sy(['node', 'create', 'n3', '--driver', 'ipmi']);
    await setState('n3', 'deploying');
    const watch = start(['--json', 'node', 'watch', 'n3', '--until', 'active'], { env: env() });
    for (const state of ['wait call-back', 'deploying', 'active']) {
      await sleep(400);
      await setState('n3', state);
    }
    const { code, stdout } = await watch.ended;
    expect(code).toBe(0);
    for (const line of stdout.trimEnd().split('\n').filter(Boolean)) expect(JSON.parse(line)).toHaveProperty('kind');
  });

  it('are attached to a network by name on a NIC, and detached', async () => {
    const { node, network, nic } = await cabledNode('db1');
    test.answers.attachVif = async (_uuid, request) => {
      const { id } = request as { id: string };
      await test.store.db
        .insertInto('vif')
        .values({ id, node_uuid: node, port_uuid: nic, network_id: network })
        .execute();
    };
    const address = (await json(['node', 'show', 'db1'])).nics[0].address;
    const attached = await json(['attach', 'db1', 'net-db1', '--port', address.toUpperCase(), '--wait']);
    expect(test.calls.find(([name]) => name === 'attachVif')).toEqual([
      'attachVif',
      node,
      { id: attached.vif, port_uuid: nic, network_id: network, by: 'eva' },
    ]);
    expect((await sy(['detach', 'db1', 'net-web1'])).code).toBe(3);
    expect((await sy(['detach', 'db1', 'net-db1'])).code).toBe(0);
    expect(test.calls.at(-1)).toEqual(['detachVif', node, attached.vif, 'eva']);
  });
});

describe('the fabric', () => {
  it('takes a switch with options as the driver wants them', async () => {
    test.answers.addSwitch = async () => ({ id: (await cabledNode('x')).switchId, operation: null });
    const args = [
      '--platform',
      'arista-eos',
      '--ports',
      'Ethernet1-4, Ethernet9',
      '--vlans',
      '1-9',
      '--rest',
      'inspection',
    ];
    const options = ['-o', 'host=192.0.2.1', '-o', 'port=2222', '-o', 'password=@-', '-o', 'tls.serverName=a'];
    await sy(['switch', 'add', 'leaf9', ...args, ...options], { input: 'hunter2' });
    expect(test.calls.find(([name]) => name === 'addSwitch')?.[1]).toMatchObject({
      name: 'leaf9',
      options: { host: '192.0.2.1', port: 2222, password: 'hunter2', tls: { serverName: 'a' } },
      managedPorts: ['Ethernet1-4', 'Ethernet9'],
      restPolicy: 'inspection',
    });
    const ports = await sy(['switch', 'ports', 'leaf-x']);
    expect(ports.stdout).toMatch(/^Ethernet3 .* \d{3} .* net-x /m);
    expect((await json(['link', 'list', '--node', 'x']))[0]).toMatchObject({ port_id: 'Ethernet3', state: 'mapped' });
  });

  it('creates networks', async () => {
    const { network } = await cabledNode('y');
    test.answers.addNetwork = async () => ({ id: network, operation: null });
    await sy([
      'network',
      'create',
      'blue',
      '--vlan',
      '300',
      '--project',
      'p',
      '--subnet',
      '10.0.0.0/24',
      '--dns',
      '10.0.0.1',
    ]);
    expect(test.calls.at(-1)?.[1]).toMatchObject({
      name: 'blue',
      networkType: 'vlan',
      segmentationId: 300,
      projectId: 'p',
      subnet: { cidr: '10.0.0.0/24', dns: ['10.0.0.1'] },
    });
    expect((await sy(['network', 'create', 'b', '--vlan', '1', '--vni', '2'])).code).toBe(2);
  });
});

describe('what goes wrong', () => {
  it('is told with the next step and an exit code by its kind', async () => {
    const away = await run(['node', 'list', '--url', 'http://127.0.0.1:1']);
    expect(away).toMatchObject({ code: 69, stdout: '' });
    expect(away.stderr).toContain('switchyard serve');
    const wrong = await sy(['node', 'list', '--json'], { env: { SWITCHYARD_PASSWORD: 'wrong' } });
    expect(wrong.code).toBe(5);
    expect(JSON.parse(wrong.stderr).error).toMatchObject({ code: 'api_unauthenticated', context: { status: 401 } });
    const inUrl = await sy(['node', 'list', '--url', 'http://eva:secret@127.0.0.1:1']);
    expect(inUrl.code).toBe(2);
    expect(inUrl.stderr).not.toContain('secret@');
    expect((await sy(['switch', 'show', 'none'])).code).toBe(3);
  });
});
