import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { SimServer } from '../../src/rack/server.ts';
import { startTestRack, type TestRack } from '../support/rack.ts';
import { absent, PythonClient } from './support/client.ts';

const PROGRAM = '/usr/bin/baremetal';
const OPENSTACK = '/usr/bin/openstack';
const missing = absent(PROGRAM, 'apt install python3-ironicclient');
const missingOpenstack = absent(OPENSTACK, 'apt install python3-openstackclient');

type Row = Record<string, unknown>;

/** Asks for the time that a loaded machine takes; the client gives up itself. */
const WAIT = '240';
let rack: TestRack;
let client: PythonClient;

const options = () => ['--os-auth-type', 'none', '--os-endpoint', rack.url];

/** node create, with nothing but a name and a BMC. */
function createArguments(name: string, server: SimServer): string[] {
  const { username, password } = rack.rack.bmcCredentials;
  const info = [`redfish_address=${server.bmcUrl}`, `redfish_username=${username}`, `redfish_password=${password}`];
  return ['node', 'create', '--driver', 'redfish', '--name', name, ...info.flatMap((one) => ['--driver-info', one])];
}

beforeAll(async () => {
  if (missing) return;
  rack = await startTestRack({ servers: 3, switches: 2 });
  client = await PythonClient.open('ironicclient.shell', options());
}, 180_000);
afterAll(async () => {
  await client?.close();
  await rack?.stop();
}, 120_000);

describe.skipIf(missing).concurrent("Debian's baremetal client (skipped without python3-ironicclient)", () => {
  test('takes a node from its BMC to a tenant and back with --wait', { timeout: 600_000 }, async ({ expect }) => {
    const server = rack.rack.servers[0]!;
    const { ok, json } = client;
    const state = async () => {
      const fields = ['provision_state', 'power_state', 'last_error', 'instance_info'];
      return json('node', 'show', 'life', '--fields', ...fields);
    };
    await ok(...createArguments('life', server));
    await ok('node', 'manage', 'life', '--wait', WAIT);
    expect(await state()).toMatchObject({ provision_state: 'manageable', power_state: 'power off', last_error: null });

    await ok('node', 'inspect', 'life', '--wait', WAIT);
    const ports = await json<Row[]>('port', 'list', '--node', 'life', '--long');
    expect(ports.map((port) => port.Address).sort()).toEqual([...server.macs].sort());
    const { portId, model } = server.nics[0]!.jack;
    const pxe = ports.find((port) => port.Address === server.macs[0]);
    expect(pxe).toMatchObject({ 'Local Link Connection': { port_id: portId, switch_info: model.running.hostname } });

    await ok('node', 'provide', 'life', '--wait', WAIT);
    expect(await state()).toMatchObject({ provision_state: 'available', last_error: null });

    const { source, sha256, bytes } = rack.image;
    const info = { image_source: source, image_os_hash_algo: 'sha256', image_os_hash_value: sha256 };
    const instance = Object.entries(info).flatMap(([key, value]) => ['--instance-info', `${key}=${value}`]);
    await ok('node', 'set', 'life', '--lessee', 'blue', ...instance);
    await ok('node', 'vif', 'attach', 'life', 'blue-net');
    expect(await json<Row[]>('node', 'vif', 'list', 'life')).toEqual([{ ID: 'blue-net' }]);
    const drive = JSON.stringify({ meta_data: { hostname: 'tenant-1' }, user_data: '#cloud-config' });
    await ok('node', 'deploy', 'life', '--config-drive', drive, '--wait', WAIT);
    expect(await state()).toMatchObject({ provision_state: 'active', power_state: 'power on', last_error: null });
    await expect.poll(() => server.instance?.hostname, { timeout: 60_000 }).toBe('tenant-1');
    expect(await server.instance!.imageDigest(bytes)).toBe(sha256);
    expect(server.nics[0]!.vlan()).toBe(200);

    await ok('node', 'vif', 'detach', 'life', 'blue-net');
    expect(server.nics[0]!.vlan()).not.toBe(200);
    expect(await json<Row[]>('node', 'vif', 'list', 'life')).toEqual([]);
    await ok('node', 'vif', 'attach', 'life', 'blue-net');
    expect(server.nics[0]!.vlan()).toBe(200);

    await ok('node', 'undeploy', 'life', '--wait', WAIT);
    expect(await state()).toMatchObject({ provision_state: 'available', instance_info: {}, last_error: null });
    expect(server.instance).toBeNull();
    const history = await json<Row[]>('node', 'history', 'list', 'life');
    expect(history.length).toBeGreaterThan(10);
    await ok('node', 'delete', 'life');
    expect(await client.refused('node', 'show', 'life')).toContain('Node life could not be found. (HTTP 404)');
  });

  test('keeps nodes', { timeout: 300_000 }, async ({ expect }) => {
    const { ok, json, refused } = client;
    const more = ['--property', 'cpu_arch=x86_64', '--resource-class', 'bm', '--extra', 'rack=r7'];
    const created = await json(...createArguments('kept', rack.rack.servers[1]!), ...more);
    expect(created).toMatchObject({
      name: 'kept',
      provision_state: 'enroll',
      resource_class: 'bm',
      properties: { cpu_arch: 'x86_64' },
      extra: { rack: 'r7' },
      driver_info: { redfish_password: '******' },
    });
    expect(await json<Row[]>('node', 'list')).toContainEqual(
      expect.objectContaining({ UUID: created.uuid, Name: 'kept', 'Provisioning State': 'enroll', Maintenance: false }),
    );
    expect(await json<Row[]>('node', 'list', '--long')).toContainEqual(
      expect.objectContaining({ UUID: created.uuid, Driver: 'redfish', 'Resource Class': 'bm' }),
    );
    const chosen = ['--fields', 'uuid', 'name', '--sort', 'name:asc', '--limit', '5', '--resource-class', 'bm'];
    expect(await json('node', 'list', ...chosen)).toEqual([{ UUID: created.uuid, Name: 'kept' }]);

    await ok('node', 'set', 'kept', '--property', 'capabilities=boot_mode:uefi', '--instance-info', 'image_source=x');
    await ok('node', 'unset', 'kept', '--extra', 'rack', '--instance-info', 'image_source');
    const fields = ['--fields', 'properties', 'extra', 'instance_info'];
    expect(await json('node', 'show', 'kept', ...fields)).toEqual({
      properties: { cpu_arch: 'x86_64', capabilities: 'boot_mode:uefi' },
      extra: {},
      instance_info: {},
    });
    const validation = await json<Row[]>('node', 'validate', 'kept');
    expect(validation).toContainEqual({ Interface: 'power', Result: true, Reason: '' });
    for (const Interface of ['boot', 'deploy']) {
      const reason = expect.stringMatching(/no NIC of this node is known|no image_source/);
      expect(validation).toContainEqual({ Interface, Result: false, Reason: reason });
    }

    await ok('node', 'maintenance', 'set', 'kept', '--reason', 'new fan');
    const maintained = ['node', 'show', 'kept', '--fields', 'maintenance', 'maintenance_reason'];
    expect(await json(...maintained)).toEqual({ maintenance: true, maintenance_reason: 'new fan' });
    await ok('node', 'maintenance', 'unset', 'kept');
    expect(await json(...maintained)).toEqual({ maintenance: false, maintenance_reason: null });

    // What this service has not, it says.
    expect(await json('node', 'trait', 'list', 'kept')).toEqual([]);
    expect(await refused('node', 'add', 'trait', 'kept', 'CUSTOM_GOLD')).toContain('Traits are not supported');
    expect(await json('node', 'console', 'show', 'kept')).toEqual({ console_enabled: false, console_info: null });

    await ok('node', 'delete', 'kept');
    expect(await refused('node', 'delete', 'kept')).toContain('Node kept could not be found. (HTTP 404)');
  });

  test('keeps ports and port groups', { timeout: 300_000 }, async ({ expect }) => {
    const { ok, json, refused } = client;
    await ok('node', 'create', '--driver', 'redfish', '--name', 'ported');
    const uuid = (await json<{ uuid: string }>('node', 'show', 'ported', '--fields', 'uuid')).uuid;
    const link = ['switch_id=00:11:22:33:44:55', 'port_id=Ethernet1/1', 'switch_info=far'];
    const port = await json<{ uuid: string }>(
      ...['port', 'create', '52:54:00:AA:BB:01', '--node', uuid, '--pxe-enabled', 'true'],
      ...['--physical-network', 'physnet1', ...link.flatMap((one) => ['--local-link-connection', one])],
    );
    expect(port).toMatchObject({
      address: '52:54:00:aa:bb:01',
      pxe_enabled: true,
      physical_network: 'physnet1',
      local_link_connection: { switch_id: '00:11:22:33:44:55', port_id: 'Ethernet1/1', switch_info: 'far' },
    });
    expect(await json('port', 'list', '--node', 'ported')).toEqual([{ UUID: port.uuid, Address: '52:54:00:aa:bb:01' }]);
    await ok('port', 'set', port.uuid, '--extra', 'cable=red', '--pxe-disabled');
    await ok('port', 'unset', port.uuid, '--physical-network');
    expect(await json('port', 'show', port.uuid)).toMatchObject({
      extra: { cable: 'red' },
      pxe_enabled: false,
      physical_network: null,
    });
    const again = ['--max-retries', '0', 'port', 'create', '52:54:00:aa:bb:01', '--node', uuid];
    expect(await refused(...again)).toContain('A port with MAC address 52:54:00:aa:bb:01 already exists. (HTTP 409)');

    const group = [
      '--name',
      'bond0',
      '--address',
      '52:54:00:aa:bb:ff',
      '--mode',
      '802.3ad',
      '--property',
      'miimon=100',
    ];
    const bond = await json<{ uuid: string }>('port', 'group', 'create', '--node', uuid, ...group);
    expect(await json('port', 'group', 'list', '--node', 'ported')).toEqual([
      { UUID: bond.uuid, Address: '52:54:00:aa:bb:ff', Name: 'bond0' },
    ]);
    await ok('port', 'set', port.uuid, '--port-group', bond.uuid);
    expect(await json('port', 'list', '--port-group', 'bond0')).toHaveLength(1);
    await ok('port', 'delete', port.uuid);
    await ok('port', 'group', 'delete', 'bond0');
    await ok('node', 'delete', 'ported');
  });

  test('drives the BMC', { timeout: 300_000 }, async ({ expect }) => {
    const server = rack.rack.servers[2]!;
    const { ok, json } = client;
    await ok(...createArguments('driven', server));
    await ok('node', 'power', 'on', 'driven', '--power-timeout', '60');
    await expect.poll(() => server.powered(), { timeout: 60_000 }).toBe(true);
    const powered = async () => (await json('node', 'show', 'driven', '--fields', 'power_state')).power_state;
    await expect.poll(powered, { timeout: 60_000 }).toBe('power on');
    await ok('node', 'boot', 'device', 'set', 'driven', 'pxe', '--persistent');
    expect(server.boot).toEqual({ target: 'Pxe', enabled: 'Continuous' });
    expect(await json('node', 'boot', 'device', 'show', 'driven')).toEqual({ boot_device: 'pxe', persistent: true });
    const supported = await json('node', 'boot', 'device', 'show', 'driven', '--supported');
    expect(supported.supported_boot_devices).toMatch(/^pxe, disk\b/);
    const switchedOn = () => rack.lines.filter((line) => /^node-3: BMC: (On|ForceRestart)$/.test(line)).length;
    const before = switchedOn();
    await ok('node', 'reboot', 'driven');
    await expect.poll(switchedOn, { timeout: 60_000 }).toBe(before + 1);
    await expect.poll(powered, { timeout: 60_000 }).toBe('power on');
    await ok('node', 'power', 'off', 'driven');
    await expect.poll(() => server.powered(), { timeout: 60_000 }).toBe(false);
    await ok('node', 'delete', 'driven');
  });

  test('hears of drivers and conductors', { timeout: 300_000 }, async ({ expect }) => {
    const { json } = client;
    // Once as the very program.
    const env = { PATH: '/usr/bin:/bin', HOME: rack.directory };
    const { stdout } = await promisify(execFile)(PROGRAM, [...options(), 'driver', 'list', '-f', 'value'], { env });
    expect(stdout).toMatch(/^redfish /m);
    const drivers = await json<Row[]>('driver', 'list');
    expect(drivers.map((driver) => driver['Supported driver(s)'])).toEqual(['ipmi', 'redfish']);
    expect(await json('driver', 'show', 'redfish')).toMatchObject({ name: 'redfish', type: 'dynamic' });
    expect(await json<Row[]>('conductor', 'list')).toEqual([
      expect.objectContaining({ Hostname: 'demo', Alive: true }),
    ]);
  });

  test('passes on why it is refused', { timeout: 300_000 }, async ({ expect }) => {
    const { ok, refused } = client;
    expect(await refused('node', 'show', 'nosuch')).toBe('Node nosuch could not be found. (HTTP 404)');
    expect(await refused('node', 'create', '--driver', 'nosuch')).toContain('No valid host was found. Reason:');
    await ok('node', 'create', '--driver', 'redfish', '--name', 'twice');
    const again = ['--max-retries', '0', 'node', 'create', '--driver', 'redfish', '--name', 'twice'];
    expect(await refused(...again)).toMatch(/^A node with name twice already exists\. \(HTTP 409\)$/m);
    expect(await refused('node', 'provide', 'twice')).toMatch(
      /^The requested action "provide" can not be performed on node "[-0-9a-f]{36}" while it is in state "enroll"\..* \(HTTP 400\)$/,
    );
    expect(await refused('node', 'vif', 'attach', 'twice', 'blue-net')).toContain('(HTTP 4');
    // No BMC address: what manage finds out lands in last_error, and the client that waits says so.
    expect(await refused('node', 'manage', 'twice', '--wait', WAIT)).toMatch(/redfish_address/);
    await ok('node', 'delete', 'twice');
  });

  test.skipIf(missingOpenstack)('works as a plugin of openstack, too', { timeout: 300_000 }, async ({ expect }) => {
    const openstack = await PythonClient.open('openstackclient.shell', options());
    try {
      const { ok, json } = openstack;
      await ok('baremetal', 'node', 'create', '--driver', 'ipmi', '--name', 'plugged');
      expect(await json('baremetal', 'node', 'show', 'plugged', '--fields', 'driver')).toEqual({ driver: 'ipmi' });
      await ok('baremetal', 'node', 'delete', 'plugged');
    } finally {
      await openstack.close();
    }
  });
});
