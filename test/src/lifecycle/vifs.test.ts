import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attachVif, detachVif } from '../../../src/lifecycle/vifs.ts';
import { type TestLifecycle, testLifecycle } from './support.ts';

let life: TestLifecycle;
beforeAll(async () => {
  life = await testLifecycle();
});
beforeEach(() => life.reset());
afterAll(() => life?.close());

const attach = (node: string, id: string, extra = {}) => attachVif(life.deps, node, { id, by: 'test', ...extra });
const vifs = (node: string) => life.store.db.selectFrom('vif').selectAll().where('node_uuid', '=', node).execute();

test('the first NIC taken is one that is mapped, then one that boots from the network, then the lowest address', async () => {
  const node = await life.addNode({ provision_state: 'available' });
  const [switchId] = [await addSwitch()];
  const plain = await life.addPort(node, { pxe_enabled: false });
  const boots = await life.addPort(node);
  const mapped = await life.addPort(node, { pxe_enabled: false, switch_id: switchId, switch_port_id: 'Ethernet1' });
  const both = await life.addPort(node, { switch_id: switchId, switch_port_id: 'Ethernet2' });
  for (const expected of [both, mapped, boots, plain]) {
    const network = await life.addNetwork();
    await attach(node, network);
    expect((await vifs(node)).find((vif) => vif.id === network)?.port_uuid).toBe(expected.uuid);
  }
  await expect(attach(node, await life.addNetwork())).rejects.toMatchObject({ code: 'port_free_missing' });
  expect(life.placed).toEqual([]);
});

test('a network of one physical network goes on no NIC of another', async () => {
  const node = await life.addNode({ provision_state: 'available' });
  await life.addPort(node, { physical_network: 'east' });
  const west = await life.addNetwork({ physical_network: 'west' });
  await expect(attach(node, west)).rejects.toMatchObject({ code: 'port_free_missing', message: /west/ });
  const fits = await life.addPort(node, { physical_network: 'west' });
  await attach(node, west);
  expect((await vifs(node))[0]?.port_uuid).toBe(fits.uuid);
});

test('another project’s network is refused unless it is shared (rule 6)', async () => {
  const node = await life.addNode({ provision_state: 'available', lessee: 'blue' });
  await life.addPort(node);
  const green = await life.addNetwork({ project_id: 'green' });
  await expect(attach(node, green)).rejects.toMatchObject({ code: 'network_not_shared', message: /green.*blue/s });
  await attach(node, await life.addNetwork({ project_id: 'green', shared: true }));
  expect(await vifs(node)).toHaveLength(1);
});

test('while a tenant has the machine, its project counts and not the lessee that was entered since', async () => {
  const node = await life.addNode({
    provision_state: 'active',
    lessee: 'green',
    driver_internal_info: JSON.stringify({ tenant: 'blue' }),
  });
  await life.addPort(node);
  await expect(attach(node, await life.addNetwork({ project_id: 'green' }))).rejects.toMatchObject({
    code: 'network_not_shared',
  });
  await attach(node, await life.addNetwork({ project_id: 'blue' }));
  expect(life.placed).toEqual(['tenant']);
});

test('twice the same, an unknown network, and a role network are refused', async () => {
  const node = await life.addNode({ provision_state: 'available' });
  await life.addPort(node);
  const network = await life.addNetwork();
  await attach(node, network);
  await expect(attach(node, network)).rejects.toMatchObject({ code: 'vif_attached' });
  await expect(attach(node, 'nowhere')).rejects.toMatchObject({ code: 'vif_network_unknown' });
  await life.store.db.updateTable('network').set({ role: 'cleaning' }).where('id', '=', network).execute();
  await expect(attach(node, network)).rejects.toMatchObject({ code: 'vif_network_unknown' });
});

test('an attachment that the switch refuses is taken out of the record again', async () => {
  const node = await life.addNode({ provision_state: 'active' });
  await life.addPort(node);
  life.operation.state = 'failed';
  life.operation.error = { code: 'switch_rejected', message: 'Invalid input', retryable: false };
  await expect(attach(node, await life.addNetwork())).rejects.toMatchObject({
    code: 'network_move_failed',
    message: 'Invalid input',
  });
  expect(await vifs(node)).toEqual([]);
});

test('a detachment that the switch refuses leaves the record as the wire is, so that it can be asked for again', async () => {
  const node = await life.addNode({ provision_state: 'active' });
  await life.addPort(node);
  const network = await life.addNetwork();
  await attach(node, network);
  const before = await vifs(node);
  life.operation.state = 'failed';
  life.operation.error = { code: 'switch_rejected', message: 'Invalid input', retryable: false };
  await expect(detachVif(life.deps, node, network, 'test')).rejects.toMatchObject({ code: 'network_move_failed' });
  expect(await vifs(node)).toEqual(before);
  life.operation.state = 'succeeded';
  await detachVif(life.deps, node, network, 'test');
  expect(await vifs(node)).toEqual([]);
  await expect(detachVif(life.deps, node, network, 'test')).rejects.toMatchObject({ code: 'vif_not_attached' });
});

async function addSwitch(): Promise<string> {
  const id = '11111111-0000-4000-8000-000000000000';
  await life.store.db
    .insertInto('switch')
    .values({ id, name: 'leaf1', platform: 'test', options: '{}', managed_ports: ['*'], managed_vlans: '1-4094' })
    .execute();
  return id;
}
