import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeAnswer } from '../../../src/api/baremetal/schemas.ts';
import { SECRET_COLUMNS } from '../../../src/store/secrets/columns.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { testSecrets } from '../../support/secrets.ts';
import { faultOf, call as request, type TestApi, testApi } from './support.ts';

let test: TestApi;
const call: (method: string, path: string, options?: Parameters<typeof request>[3]) => ReturnType<typeof request> = (
  method,
  path,
  options,
) => request(test.url, method, path, options);

beforeAll(async () => {
  test = await testApi();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.calls.length = 0;
  for (const name of Object.keys(test.answers)) delete test.answers[name];
  await test.store.db.deleteFrom('node').execute();
});

const create = async (members: Record<string, unknown> = {}, version?: string) =>
  (await call('POST', '/v1/nodes', { body: { driver: 'ipmi', ...members }, version })).body;

describe('nodes', () => {
  it('are created in enroll, found by uuid and name, and their secrets are masked', async () => {
    const info = { ipmi_address: '192.0.2.1', ipmi_password: 'hunter2' };
    const created = await call('POST', '/v1/nodes', { body: { driver: 'ipmi', name: 'n1', driver_info: info } });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`${test.url}/v1/nodes/${created.body.uuid}`);
    expect(created.body).toMatchObject({
      provision_state: 'enroll',
      driver_info: { ipmi_address: '192.0.2.1', ipmi_password: '******' },
      power_interface: 'ipmitool',
      conductor: 'controller-1',
      maintenance: false,
    });
    expect(nodeAnswer.safeParse(created.body).success).toBe(true);
    for (const path of [`/v1/nodes/${created.body.uuid}`, '/v1/nodes/n1', '/nodes/n1', '/v1/nodes/n1/']) {
      expect((await call('GET', path)).body.uuid).toBe(created.body.uuid);
    }
    const stored = await test.store.db.selectFrom('node').select('driver_info').executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain('hunter2');
    expect(testSecrets().open(SECRET_COLUMNS.driverInfo, created.body.uuid, stored.driver_info)).toEqual(info);
    const events = await test.store.db
      .selectFrom('event')
      .select('kind')
      .where('node_uuid', '=', created.body.uuid)
      .execute();
    expect(events).toEqual([{ kind: 'node.created' }]);
  });

  it.each([
    [{ driver: 'nope' }, 400, /No valid host was found.*nope/],
    [{ driver: 'ipmi', bogus: 1 }, 400, /Additional properties are not allowed \('bogus' was unexpected\)/],
    [{ name: 'x' }, 400, /driver/],
    [{ driver: 'ipmi', name: 'with space' }, 400, /name/],
    [{ driver: 'ipmi', deploy_interface: 'fake' }, 400, /deploy_interface.*direct/],
    [{ driver: 'ipmi', shard: 's' }, 406, /not acceptable/i],
    [{ driver: 'ipmi', network_data: { links: [] } }, 400, /not supported/],
  ])('are refused as %j', async (body, status, message) => {
    const answer = await call('POST', '/v1/nodes', { body });
    expect(answer.status).toBe(status);
    const fault = faultOf(answer);
    expect(String(fault.faultstring ?? fault.description)).toMatch(message);
  });

  it('show only what the version knows', async () => {
    await create({ name: 'n1' }, '1.11');
    const old = await call('GET', '/v1/nodes', { version: '1.1' });
    expect(Object.keys(old.body.nodes[0]).sort()).toEqual(
      ['instance_uuid', 'links', 'maintenance', 'power_state', 'provision_state', 'uuid'].sort(),
    );
    expect((await call('GET', '/v1/nodes?fields=name,owner', { version: '1.49' })).status).toBe(406);
    expect((await call('GET', '/v1/nodes?fields=name,owner', { version: '1.50' })).body.nodes[0]).toMatchObject({
      owner: null,
    });
    expect((await call('GET', '/v1/nodes?fields=nope')).status).toBe(400);
    expect((await call('GET', '/v1/nodes/n1', { version: '1.30' })).body).not.toHaveProperty('power_interface');
    const available = await create({}, '1.10');
    expect(available.provision_state).toBe('available');
    expect((await call('GET', `/v1/nodes/${available.uuid}`, { version: '1.1' })).body.provision_state).toBeNull();
  });

  it('answer 406 with the range in headers and body', async () => {
    const answer = await call('GET', '/v1/nodes', { version: '1.500' });
    expect(answer.status).toBe(406);
    expect(answer.headers.get('x-openstack-ironic-api-minimum-version')).toBe('1.1');
    expect(answer.headers.get('x-openstack-ironic-api-maximum-version')).toBe('1.110');
    expect(faultOf(answer)).toMatchObject({ code: 406, title: 'Not Acceptable' });
  });

  it('are listed in pages without loss or repetition, in any order', async () => {
    for (let index = 0; index < 7; index += 1) await create({ name: `n${index}`, owner: index % 2 ? 'b' : null });
    for (const sort of ['', '&sort_key=owner', '&sort_key=owner&sort_dir=desc', '&sort_key=name&sort_dir=desc']) {
      const names: string[] = [];
      let path: string | null = `/v1/nodes?limit=2&fields=name,uuid${sort}`;
      while (path !== null) {
        const { body }: { body: { nodes: Array<{ name: string }>; next?: string } } = await call('GET', path);
        names.push(...body.nodes.map(({ name }) => name));
        path = body.next ? body.next.replace(test.url, '') : null;
      }
      expect(names.length).toBe(7);
      expect(new Set(names).size).toBe(7);
      if (sort.includes('name')) expect(names).toEqual(['n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'n0']);
    }
    expect((await call('GET', '/v1/nodes?sort_key=extra')).status).toBe(400);
    expect((await call('GET', '/v1/nodes?limit=0')).status).toBe(400);
  });

  it('are filtered', async () => {
    await create({ name: 'a', resource_class: 'big', owner: 'p1' });
    await create({
      name: 'b',
      lessee: 'p1',
      maintenance: 'true',
      instance_uuid: '11111111-2222-3333-4444-555555555555',
    });
    const names = async (filter: string) =>
      (await call('GET', `/v1/nodes?${filter}`)).body.nodes.map((node: { name: string }) => node.name);
    expect(await names('resource_class=big')).toEqual(['a']);
    expect(await names('project=p1')).toEqual(['a', 'b']);
    expect(await names('maintenance=True')).toEqual(['b']);
    expect(await names('associated=false')).toEqual(['a']);
    expect(await names('instance_uuid=11111111-2222-3333-4444-555555555555')).toEqual(['b']);
    expect(await names('provision_state=available')).toEqual([]);
    expect(await names('chassis_uuid=11111111-2222-3333-4444-555555555555')).toEqual([]);
    expect((await call('GET', '/v1/nodes?owner=p1', { version: '1.49' })).status).toBe(406);
  });

  it('are changed by JSON patch', async () => {
    const { uuid } = await create({
      name: 'n1',
      driver_info: { ipmi_password: 'old', ipmi_address: 'a' },
      extra: { a: 'b' },
    });
    const patch = (body: unknown) => call('PATCH', '/v1/nodes/n1', { body });
    const answer = await patch([
      { op: 'add', path: '/properties/capabilities', value: 'boot_mode:uefi' },
      { op: 'remove', path: '/extra/a' },
      { op: 'replace', path: '/driver_info', value: { ipmi_password: '******', ipmi_address: 'b' } },
      { op: 'add', path: '/protected_reason', value: 'x' },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ uuid, extra: {}, properties: { capabilities: 'boot_mode:uefi' } });
    const { driver_info } = await test.store.db.selectFrom('node').select('driver_info').executeTakeFirstOrThrow();
    expect(JSON.stringify(driver_info)).not.toContain('old');
    expect(testSecrets().open(SECRET_COLUMNS.driverInfo, uuid, driver_info)).toEqual({
      ipmi_password: 'old',
      ipmi_address: 'b',
    });
    const unset = await patch([{ op: 'replace', path: '/driver_info/redfish_password', value: 'hunter2' }]);
    expect([unset.status, JSON.stringify(unset.body).includes('hunter2')]).toEqual([400, false]);
    expect((await patch([{ op: 'remove', path: '/extra/none' }])).status).toBe(400);
    expect((await patch([{ op: 'replace', path: '/provision_state', value: 'active' }])).status).toBe(400);
    expect((await patch([{ op: 'remove', path: '/driver' }])).status).toBe(400);
    expect((await patch([{ op: 'replace', path: '/protected', value: true }])).status).toBe(409);
    expect((await patch([{ op: 'replace', path: '/driver', value: 'redfish' }])).body.power_interface).toBe('redfish');
    expect((await patch([])).status).toBe(400);
  });

  it('are not changed in transition or under a lock, nor given a name or instance twice', async () => {
    await create({ name: 'n1', instance_uuid: '11111111-2222-3333-4444-555555555555' });
    await create({ name: 'n2' });
    const patch = (value: string, path = '/name') =>
      call('PATCH', '/v1/nodes/n2', { body: [{ op: 'replace', path, value }] });
    expect((await patch('n1')).status).toBe(409);
    expect((await patch('11111111-2222-3333-4444-555555555555', '/instance_uuid')).status).toBe(409);
    await test.store.db
      .updateTable('node')
      .set({ provision_state: 'deploying', target_provision_state: 'active' })
      .where('name', '=', 'n2')
      .execute();
    const busy = await patch('n3');
    expect(busy.status).toBe(409);
    expect(faultOf(busy).faultstring).toMatch(/can not be updated while a state transition is in progress\.$/);
    await test.store.db
      .updateTable('node')
      .set({ provision_state: 'enroll', target_provision_state: null, reservation: 'controller-2' })
      .where('name', '=', 'n2')
      .execute();
    expect(faultOf(await patch('n3')).faultstring).toMatch(/is locked by host controller-2/);
  });

  it('are deleted by the rules, and their switches settle', async () => {
    const { uuid } = await create({ name: 'n1', instance_uuid: '11111111-2222-3333-4444-555555555555' });
    expect((await call('DELETE', '/v1/nodes/n1')).status).toBe(409);
    await call('PATCH', '/v1/nodes/n1', { body: [{ op: 'remove', path: '/instance_uuid' }] });
    await test.store.db.updateTable('node').set({ provision_state: 'active' }).execute();
    expect((await call('DELETE', '/v1/nodes/n1')).status).toBe(409);
    const switchId = '99999999-2222-3333-4444-555555555555';
    await test.store.db
      .insertInto('switch')
      .values({ id: switchId, name: 's1', platform: 'x', options: '{}', managed_ports: ['*'], managed_vlans: '1' })
      .execute();
    await call('POST', '/v1/ports', { body: { node_uuid: uuid, address: '52:54:00:00:00:01' } });
    await test.store.db.updateTable('port').set({ switch_id: switchId, switch_port_id: 'e1' }).execute();
    expect((await call('PUT', '/v1/nodes/n1/maintenance', { body: { reason: 'r' } })).status).toBe(202);
    expect((await call('GET', '/v1/nodes/n1')).body).toMatchObject({ maintenance: true, maintenance_reason: 'r' });
    expect(
      (await call('DELETE', '/v1/nodes/n1', { headers: { 'content-type': 'application/octet-stream' } })).status,
    ).toBe(204);
    expect(test.calls.map(([name, , id]) => [name, id])).toEqual([['settle', switchId]]);
    const gone = await call('GET', '/v1/nodes/n1');
    expect(gone.status).toBe(404);
    expect(faultOf(gone)).toEqual({ faultcode: 'Client', faultstring: 'Node n1 could not be found.', debuginfo: null });
  });

  it('pass verbs on to the lifecycle and answer 202 with a Location', async () => {
    const { uuid } = await create({ name: 'n1' });
    const put = (path: string, body: unknown, version?: string) =>
      call('PUT', `/v1/nodes/n1/states/${path}`, { body, version });
    const drive = { meta_data: { hostname: 'h1' } };
    const accepted = await put('provision', { target: 'active', configdrive: drive });
    expect([accepted.status, accepted.body]).toEqual([202, null]);
    expect(accepted.headers.get('location')).toBe(`${test.url}/v1/nodes/n1/states`);
    expect((await put('power', { target: 'power on', timeout: 30 })).status).toBe(202);
    expect(test.calls).toEqual([
      ['provision', uuid, { target: 'active', configdrive: drive, cleanSteps: null, by: 'anonymous' }],
      ['power', uuid, 'power on', { timeoutSeconds: 30, by: 'anonymous' }],
    ]);
    expect((await put('provision', { target: 'deploy' }, '1.72')).status).toBe(406);
    expect((await put('provision', { target: 'manage', configdrive: 'x' })).status).toBe(400);
    expect((await put('provision', { target: 'clean' })).status).toBe(400);
    expect((await put('power', { target: 'fly' })).status).toBe(400);
    expect((await put('raid', { logical_disks: [] })).status).toBe(400);
    test.answers.provision = () => {
      throw new FabricError('node_locked', 'Node n1 is locked', { retryable: true });
    };
    expect((await put('provision', { target: 'manage' })).status).toBe(409);
    test.answers.provision = () => {
      throw new TypeError('secret internals');
    };
    const broken = await put('provision', { target: 'manage' });
    expect(broken.status).toBe(500);
    expect(broken.body.error_message).not.toContain('secret internals');
  });

  it('have VIFs, a boot device, history, inventory and the empty parts', async () => {
    const { uuid } = await create({ name: 'n1' });
    expect((await call('POST', '/v1/nodes/n1/vifs', { body: { id: 'v1', network_id: 'net' } })).status).toBe(204);
    expect((await call('DELETE', '/v1/nodes/n1/vifs/v1')).status).toBe(204);
    expect(test.calls).toEqual([
      ['attachVif', uuid, { id: 'v1', port_uuid: undefined, network_id: 'net', by: 'anonymous' }],
      ['detachVif', uuid, 'v1', 'anonymous'],
    ]);
    expect((await call('GET', '/v1/nodes/n1/vifs')).body).toEqual({ vifs: [] });
    expect((await call('GET', '/v1/nodes/n1/management/boot_device')).body).toEqual({
      boot_device: 'pxe',
      persistent: false,
    });
    expect(
      (await call('PUT', '/v1/nodes/n1/management/boot_device', { body: { boot_device: 'pxe', persistent: 'true' } }))
        .status,
    ).toBe(204);
    expect(test.calls.at(-1)).toEqual(['setBootDevice', uuid, 'pxe', true]);
    expect((await call('GET', '/v1/nodes/n1/validate')).body.management).toEqual({
      result: false,
      reason: 'no address',
    });
    const { history } = (await call('GET', '/v1/nodes/n1/history')).body;
    expect(history).toHaveLength(1);
    expect((await call('GET', `/v1/nodes/n1/history/${history[0].uuid}`)).body).toEqual(history[0]);
    expect((await call('GET', '/v1/nodes/n1/inventory', { version: '1.81' })).status).toBe(404);
    await test.store.db.updateTable('node').set({ inventory: '{"cpu":{}}' }).execute();
    expect((await call('GET', '/v1/nodes/n1/inventory', { version: '1.81' })).body).toEqual({
      inventory: { cpu: {} },
      plugin_data: {},
    });
    expect((await call('GET', '/v1/nodes/n1/inventory', { version: '1.80' })).status).toBe(404);
    expect((await call('GET', '/v1/nodes/n1/traits')).body).toEqual({ traits: [] });
    expect(
      (await call('PUT', '/v1/nodes/n1/traits/CUSTOM_A', { headers: { 'content-type': 'application/json' } })).status,
    ).toBe(400);
  });
});
