import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call as request, type TestApi, testApi } from './support.ts';

let test: TestApi;
let node: string;
const call: (method: string, path: string, options?: Parameters<typeof request>[3]) => ReturnType<typeof request> = (
  method,
  path,
  options,
) => request(test.url, method, path, options);

beforeAll(async () => {
  test = await testApi();
  node = (await call('POST', '/v1/nodes', { body: { driver: 'ipmi', name: 'n1' } })).body.uuid;
});
afterAll(() => test.close());

const link = { switch_id: '00-11-22-AA-BB-CC', port_id: 'Ethernet1/1' };
const port = (address: string, members: Record<string, unknown> = {}) =>
  call('POST', '/v1/ports', { body: { node_uuid: node, address, ...members } });

describe('ports', () => {
  it('are created with canonical addresses; the operator`s link is kept as evidence', async () => {
    const answer = await port('52-54-00-AA-BB-01', { local_link_connection: link, pxe_enabled: 'false' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      address: '52:54:00:aa:bb:01',
      pxe_enabled: false,
      local_link_connection: { switch_id: '00:11:22:aa:bb:cc', port_id: 'Ethernet1/1' },
    });
    const evidence = await test.store.db.selectFrom('link_evidence').selectAll().execute();
    expect(evidence).toMatchObject([
      { source: 'operator', address: '52:54:00:aa:bb:01', chassis_id: '00:11:22:aa:bb:cc' },
    ]);
    expect((await port('52:54:00:aa:bb:01')).status).toBe(409);
    expect((await port('nonsense')).status).toBe(400);
    expect((await port('52:54:00:aa:bb:02', { local_link_connection: { switch_id: 'x' } })).status).toBe(400);
    expect((await port('52:54:00:aa:bb:02', { local_link_connection: { ...link, switch_id: 'leaf' } })).status).toBe(
      400,
    );
    expect((await port('52:54:00:aa:bb:02', { node_uuid: '11111111-2222-3333-4444-555555555555' })).status).toBe(400);
    expect((await call('GET', '/v1/ports?address=52:54:00:AA:BB:01')).body.ports).toHaveLength(1);
    expect((await call('GET', '/v1/nodes/n1/ports')).body.ports).toHaveLength(1);
  });

  it('are mapped to the switch port that the operator names, one NIC a port', async () => {
    const id = '77777777-2222-3333-4444-555555555555';
    const description = JSON.stringify({ chassisIds: ['leaf-7'], ports: [{ portId: 'Ethernet1/7', aliases: [] }] });
    await test.store.db
      .insertInto('switch')
      .values({
        id,
        name: 'leaf7',
        platform: 'x',
        options: '{}',
        managed_ports: ['*'],
        managed_vlans: '1',
        description,
      })
      .execute();
    await test.store.db
      .insertInto('switch_port')
      .values({ switch_id: id, port_id: 'Ethernet1/7', position: 0, managed: true })
      .execute();
    const link7 = { switch_id: 'leaf-7', port_id: 'Eth1/7' };
    const { uuid } = (await port('52:54:00:aa:bb:07', { local_link_connection: link7 })).body;
    const mapped = () =>
      test.store.db
        .selectFrom('port')
        .select(['switch_id', 'switch_port_id'])
        .where('uuid', '=', uuid)
        .executeTakeFirst();
    expect(await mapped()).toEqual({ switch_id: id, switch_port_id: 'Ethernet1/7' });
    expect(test.calls.at(-1)).toMatchObject(['settle', {}, id, { reason: 'link set by operator' }]);
    expect((await port('52:54:00:aa:bb:08', { local_link_connection: link7 })).status).toBe(409);
    await call('PATCH', `/v1/ports/${uuid}`, { body: [{ op: 'replace', path: '/local_link_connection', value: {} }] });
    expect(await mapped()).toEqual({ switch_id: null, switch_port_id: null });
    expect(test.calls.at(-1)).toMatchObject(['settle', {}, id, {}]);
  });

  it('keep their wiring under a node in use, and are deleted without a VIF only', async () => {
    const { uuid } = (await port('52:54:00:aa:bb:03')).body;
    const patch = (path: string, value: unknown) =>
      call('PATCH', `/v1/ports/${uuid}`, { body: [{ op: 'add', path, value }] });
    expect((await patch('/local_link_connection', link)).body.local_link_connection.port_id).toBe('Ethernet1/1');
    await test.store.db.updateTable('node').set({ provision_state: 'active' }).execute();
    expect((await patch('/local_link_connection/port_id', 'Ethernet1/2')).status).toBe(409);
    expect((await patch('/extra/rack', 'r1')).status).toBe(200);
    const network = '99999999-2222-3333-4444-555555555555';
    await test.store.db
      .insertInto('network')
      .values({ id: network, name: 't', network_type: 'vlan', segmentation_id: 9 })
      .execute();
    await test.store.db
      .insertInto('vif')
      .values({ id: 'v', node_uuid: node, port_uuid: uuid, network_id: network })
      .execute();
    expect((await call('DELETE', `/v1/ports/${uuid}`)).status).toBe(409);
    await test.store.db.deleteFrom('vif').execute();
    expect((await call('DELETE', `/v1/ports/${uuid}`)).status).toBe(204);
    expect((await call('GET', `/v1/ports/${uuid}`)).status).toBe(404);
  });

  it('tells unknown paths and methods as a router does, and describes itself', async () => {
    expect((await call('GET', '/v1/allocations')).status).toBe(404);
    expect((await call('POST', `/v1/nodes/${node}`, { body: {} })).status).toBe(405);
    const { body } = await call('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/v1/nodes/{ident}', '/fabric/v1/switches', '/fabric/v1/events']),
    );
    expect((await call('GET', '/', { version: null })).body.default_version).toMatchObject({
      min_version: '1.1',
      version: '1.110',
    });
    expect((await call('GET', '/v1/', { version: '1.1' })).body).not.toHaveProperty('portgroups');
  });

  it('serves the ramdisk', async () => {
    const found = await call('GET', `/v1/lookup?addresses=52:54:00:AA:BB:01,00:00&node_uuid=${node}`, {
      version: '1.62',
    });
    expect(found.body).toMatchObject({ node: { uuid: node }, config: { heartbeat_timeout: 300 } });
    expect(test.calls.at(-1)).toEqual(['lookup', { addresses: ['52:54:00:aa:bb:01'], nodeUuid: node }]);
    expect((await call('GET', '/v1/lookup', { version: '1.62' })).status).toBe(400);
    const beat = { callback_url: 'https://192.0.2.9:9999', agent_token: 't', agent_version: '9.4.0' };
    expect((await call('POST', `/v1/heartbeat/${node}`, { version: '1.68', body: beat })).status).toBe(202);
    const old = await call('POST', `/v1/continue_inspection?node_uuid=${node}`, {
      version: null,
      body: { inventory: {} },
    });
    expect([old.status, old.body]).toEqual([202, { uuid: node }]);
    const recent = await call('POST', `/v1/continue_inspection?node_uuid=${node}`, {
      version: '1.84',
      body: { inventory: {} },
    });
    expect(recent.body).toMatchObject({ node: { uuid: node }, config: { agent_token: expect.any(String) } });
  });
});
