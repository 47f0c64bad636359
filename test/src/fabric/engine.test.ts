import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFabric, type FabricEngine } from '../../../src/fabric/create.ts';
import { silentLog } from '../../../src/log.ts';
import { startWorkers } from '../../../src/store/jobs/workers.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Placement } from '../../../topology/networks/network.ts';
import type { Change } from '../../../topology/plan/model.ts';
import { testSecrets } from '../../support/secrets.ts';
import { testStore } from '../../support/store.ts';
import { FakeSwitch, fakeDriver, lost, rejected } from './fake-switch.ts';

vi.setConfig({ testTimeout: 60_000 });

const IDLE = 100;
const CLEANING = 102;
const TENANT = { a: 201, b: 202 };
const chassis = (n: number) => `02:00:00:00:00:0${n}`;
const request = { by: 'test', reason: 'test' };

let store: Store;
let one: FakeSwitch;
let two: FakeSwitch;
let fabric: FabricEngine;
let ids: { one: string; two: string };
let closers: Array<() => Promise<void>>;

function newFabric(settings: { retryMs?: number; persistQuietMs?: number } = {}): FabricEngine {
  const engine = createFabric({
    store,
    secrets: testSecrets(),
    openDriver: async () => fakeDriver({ one, two }),
    log: silentLog,
    settings: {
      persistQuietMs: 60_000,
      auditMs: 600_000,
      retryMs: 60_000,
      connectTimeoutMs: 1000,
      commandTimeoutMs: 1000,
      sessionIdleMs: 60_000,
      ...settings,
    },
  });
  closers.push(engine.close);
  return engine;
}

// Keeps the file's server running between tests.
let anchor: Store;
beforeAll(async () => {
  anchor = await testStore();
});
afterAll(() => anchor?.close());

beforeEach(async () => {
  closers = [];
  store = await testStore();
  one = new FakeSwitch(chassis(1), 4);
  two = new FakeSwitch(chassis(2), 4);
  fabric = newFabric();
  const network = (
    name: string,
    vlan: number,
    role: 'idle' | 'cleaning' | 'inspection' | null,
    projectId: string | null = null,
  ) =>
    fabric.admin.addNetwork(
      {
        name,
        role,
        projectId,
        shared: false,
        networkType: 'vlan',
        physicalNetwork: null,
        segmentationId: vlan,
        subnet: null,
      },
      'test',
    );
  await network('idle', IDLE, 'idle');
  await network('inspection', 101, 'inspection');
  await network('cleaning', CLEANING, 'cleaning');
  await network('a-net', TENANT.a, null, 'a');
  await network('b-net', TENANT.b, null, 'b');
  const add = async (name: string) =>
    (
      await fabric.admin.addSwitch(
        {
          name,
          platform: 'fake',
          options: { host: 'h', password: 'hidden' },
          managedPorts: ['Ethernet1-3'],
          managedVlans: '100-299',
          restPolicy: 'idle',
          physicalNetwork: null,
        },
        'test',
      )
    ).id;
  ids = { one: await add('one'), two: await add('two') };
  await Promise.all([look(ids.one), look(ids.two)]);
});
afterEach(async () => {
  for (const close of closers) await close();
  await store.close();
});

const look = (id: string, engine = fabric) =>
  engine.lookAtSwitch(id, { signal: new AbortController().signal, failures: 0 });
const lookBoth = async (engine = fabric) => {
  for (const id of [ids.one, ids.two, ids.one, ids.two]) await look(id, engine).catch(() => {});
};

/** A node with a NIC on each given port. */
async function node(lessee: string | null, ports: Array<[string, string]>): Promise<string> {
  const uuid = randomUUID();
  await store.db.insertInto('node').values({ uuid, driver: 'redfish', lessee }).execute();
  for (const [switchId, portId] of ports) {
    const address = `02:${randomUUID().slice(0, 8).match(/../g)!.join(':')}:01`;
    await store.db
      .insertInto('port')
      .values({ uuid: randomUUID(), node_uuid: uuid, address, switch_id: switchId, switch_port_id: portId })
      .execute();
  }
  return uuid;
}

async function bind(uuid: string, name: string): Promise<void> {
  const network = await store.db.selectFrom('network').select('id').where('name', '=', name).executeTakeFirstOrThrow();
  await store.db.deleteFrom('vif').where('node_uuid', '=', uuid).execute();
  for (const port of await store.db.selectFrom('port').select('uuid').where('node_uuid', '=', uuid).execute()) {
    await store.db
      .insertInto('vif')
      .values({ id: randomUUID(), node_uuid: uuid, port_uuid: port.uuid, network_id: network.id })
      .execute();
  }
}

const place = (uuid: string, placement: Placement, engine = fabric) =>
  store.db.transaction().execute((trx) => engine.place(trx, uuid, placement, request));
const stateOf = async (id: string) => (await fabric.operation(store.db, id))!;
const portRow = (switchId: string, portId: string) =>
  store.db
    .selectFrom('switch_port')
    .selectAll()
    .where('switch_id', '=', switchId)
    .where('port_id', '=', portId)
    .executeTakeFirstOrThrow();

describe('a node that nothing leads to', () => {
  it('is refused where its ramdisk would be waited for in vain; idle is no such place', async () => {
    for (const uuid of [await node(null, []), await node(null, [[ids.one, 'Ethernet1']])]) {
      await store.db.updateTable('port').set({ pxe_enabled: false }).where('node_uuid', '=', uuid).execute();
      await expect(place(uuid, 'cleaning')).rejects.toMatchObject({ code: 'link_missing' });
      await expect(place(uuid, 'idle')).resolves.toBeDefined();
    }
  });
});

describe('a switch put under management', () => {
  it('has its managed ports in idle, read back, and no other touched; secrets apart', async () => {
    expect(['Ethernet1', 'Ethernet2', 'Ethernet3', 'Ethernet4'].map((port) => one.vlan(port))).toEqual([
      IDLE,
      IDLE,
      IDLE,
      1,
    ]);
    expect((await portRow(ids.one, 'Ethernet4')).managed).toBe(false);
    const row = await store.db.selectFrom('switch').selectAll().where('id', '=', ids.one).executeTakeFirstOrThrow();
    expect(JSON.stringify(row.options)).not.toContain('hidden');
    expect(row.secrets).toEqual({ password: { $sealed: expect.any(String) } });
    expect(one.passed.get('Ethernet4')).toHaveLength(1);
  });
});

describe('place', () => {
  it('moves all ports of a node on both switches and succeeds only after reading back', async () => {
    const uuid = await node('a', [
      [ids.one, 'Ethernet1'],
      [ids.two, 'Ethernet1'],
    ]);
    await bind(uuid, 'a-net');
    const { id } = await place(uuid, 'tenant');
    await look(ids.one);
    expect((await stateOf(id)).state).toBe('running');
    const waiting = fabric.waitOperation(id, 10_000);
    await look(ids.two);
    expect(await waiting).toMatchObject({
      state: 'succeeded',
      legs: [{ readBack: { untagged: TENANT.a } }, { state: 'applied' }],
    });
    expect([one.vlan('Ethernet1'), two.vlan('Ethernet1')]).toEqual([TENANT.a, TENANT.a]);
  });

  it('makes many requests one change', async () => {
    const uuids = await Promise.all(
      ['Ethernet1', 'Ethernet2', 'Ethernet3'].map((port) => node(null, [[ids.one, port]])),
    );
    one.calls = [];
    for (const uuid of uuids) await place(uuid, 'cleaning');
    await look(ids.one);
    expect(one.calls).toEqual(['read', 'apply', 'applied', 'read']);
    expect(['Ethernet1', 'Ethernet2', 'Ethernet3'].map((port) => one.vlan(port))).toEqual([
      CLEANING,
      CLEANING,
      CLEANING,
    ]);
  });

  it('goes from tenant to tenant through idle', async () => {
    const uuid = await node('a', [[ids.one, 'Ethernet1']]);
    await bind(uuid, 'a-net');
    await place(uuid, 'tenant');
    await look(ids.one);
    await store.db.updateTable('node').set({ lessee: 'b' }).where('uuid', '=', uuid).execute();
    await bind(uuid, 'b-net');
    await place(uuid, 'tenant');
    await look(ids.one);
    expect(one.passed.get('Ethernet1')!.map((state) => state.untagged)).toEqual([1, IDLE, TENANT.a, IDLE, TENANT.b]);
  });

  it('refuses another project, an uncleaned node and a contradicted link, and writes nothing', async () => {
    const uuid = await node('a', [[ids.one, 'Ethernet1']]);
    await bind(uuid, 'b-net');
    await expect(place(uuid, 'tenant')).rejects.toMatchObject({ code: 'network_not_shared' });
    await bind(uuid, 'a-net');
    await store.db
      .updateTable('node')
      .set({ driver_internal_info: '{"tenant":"b"}' })
      .where('uuid', '=', uuid)
      .execute();
    await expect(place(uuid, 'tenant')).rejects.toMatchObject({ code: 'node_not_cleaned' });
    await store.db.updateTable('node').set({ driver_internal_info: '{}' }).where('uuid', '=', uuid).execute();
    await store.db
      .updateTable('port')
      .set({ contradiction: 'hears another port' })
      .where('node_uuid', '=', uuid)
      .execute();
    await expect(place(uuid, 'tenant')).rejects.toMatchObject({ code: 'link_contradicted' });
    await expect(place(uuid, 'rescuing')).rejects.toMatchObject({ code: 'network_role_missing' });
    expect((await portRow(ids.one, 'Ethernet1')).generation).toBe('1');
    expect(
      (await store.db.selectFrom('node').select('placement').where('uuid', '=', uuid).executeTakeFirstOrThrow())
        .placement,
    ).toBe('idle');
  });
});

describe('a look ahead', () => {
  it('tells what is not as intended and what would be sent, and sends nothing', async () => {
    expect(await fabric.admin.preview(ids.one)).toEqual({ ports: [], lines: [] });
    const uuid = await node('a', [[ids.one, 'Ethernet1']]);
    await bind(uuid, 'a-net');
    await place(uuid, 'tenant');
    one.ports.get('Ethernet2')!.foreign = 'it is a routed port';
    one.put('Ethernet3', { adminUp: true, mode: 'access', untagged: TENANT.b, tagged: [] });
    const before = one.calls.length;
    const { ports, lines } = await fabric.admin.preview(ids.one);
    expect(ports).toMatchObject([
      { portId: 'Ethernet1', observed: { untagged: IDLE }, intent: { untagged: TENANT.a }, blocked: null },
      { portId: 'Ethernet2', blocked: expect.stringContaining('routed port') },
      { portId: 'Ethernet3', observed: { untagged: TENANT.b }, intent: { untagged: IDLE }, blocked: null },
    ]);
    expect(lines.join()).toContain(`"untagged":${TENANT.a}`);
    expect(one.calls.slice(before)).toEqual(['read']);
  });
});

describe('failures', () => {
  it('one leg rejected: the operation fails with the words of the device and the other leg goes back', async () => {
    const uuid = await node('a', [
      [ids.one, 'Ethernet1'],
      [ids.two, 'Ethernet1'],
    ]);
    await bind(uuid, 'a-net');
    const { id } = await place(uuid, 'tenant');
    await look(ids.one);
    expect(one.vlan('Ethernet1')).toBe(TENANT.a);
    two.fault = (call) => {
      if (call === 'apply') throw rejected('% VLAN 201 is reserved');
    };
    await lookBoth();
    const operation = await stateOf(id);
    expect(operation).toMatchObject({
      state: 'failed',
      error: { code: 'switch_rejected', message: expect.stringContaining('VLAN 201 is reserved') },
    });
    expect(operation.legs.map((leg) => leg.state)).toEqual(['quarantined', 'quarantined']);
    expect([one.vlan('Ethernet1'), two.vlan('Ethernet1')]).toEqual([IDLE, IDLE]);
    expect((await portRow(ids.two, 'Ethernet1')).last_error).toContain('reserved');
  });

  it('one bad port among many fails alone', async () => {
    const uuids = await Promise.all(
      ['Ethernet1', 'Ethernet2', 'Ethernet3'].map((port) => node(null, [[ids.one, port]])),
    );
    one.fault = (call, changes) => {
      if (
        call === 'apply' &&
        changes.some((change: Change) => change.op === 'port-set' && change.portId === 'Ethernet2')
      )
        throw rejected();
    };
    const operations = [];
    for (const uuid of uuids) operations.push(await place(uuid, 'cleaning'));
    await look(ids.one);
    expect(await Promise.all(operations.map(async ({ id }) => (await stateOf(id)).state))).toEqual([
      'succeeded',
      'failed',
      'succeeded',
    ]);
    expect(one.vlan('Ethernet2')).toBe(IDLE);
  });

  it('a switch that accepts but does not do it: failed, and taken back', async () => {
    const uuid = await node(null, [[ids.one, 'Ethernet1']]);
    one.fault = (call, changes) => {
      if (
        call === 'applied' &&
        changes.some((change: Change) => change.op === 'port-set' && change.settings.untagged === CLEANING)
      ) {
        one.put('Ethernet1', { adminUp: true, mode: 'access', untagged: 103, tagged: [] });
      }
    };
    const { id } = await place(uuid, 'cleaning');
    await look(ids.one);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', error: { code: 'switch_readback_differs' } });
    expect(one.vlan('Ethernet1')).toBe(IDLE);
    expect(
      (await store.db.selectFrom('node').select('placement').where('uuid', '=', uuid).executeTakeFirstOrThrow())
        .placement,
    ).toBe('idle');
  });

  it('an unreachable switch is tried again, and after the limit the operation fails; the port goes back when it returns', async () => {
    const engine = newFabric({ retryMs: 300 });
    const uuid = await node(null, [[ids.one, 'Ethernet1']]);
    one.fault = () => {
      throw lost();
    };
    const { id } = await place(uuid, 'cleaning', engine);
    await expect(look(ids.one, engine)).rejects.toMatchObject({ code: 'switch_unreachable' });
    expect((await stateOf(id)).state).toBe('pending');
    await new Promise((resolve) => setTimeout(resolve, 350));
    await expect(look(ids.one, engine)).rejects.toMatchObject({ retryable: true });
    expect(await stateOf(id)).toMatchObject({ state: 'failed', error: { retryable: true } });
    one.fault = null;
    await look(ids.one, engine);
    expect(one.vlan('Ethernet1')).toBe(IDLE);
    expect((await portRow(ids.one, 'Ethernet1')).state).toBe('applied');
  });

  it('a newer request overtakes an older one', async () => {
    const uuid = await node(null, [[ids.one, 'Ethernet1']]);
    const older = await place(uuid, 'cleaning');
    const newer = await place(uuid, 'idle');
    await look(ids.one);
    expect(await stateOf(older.id)).toMatchObject({ state: 'failed', error: { code: 'operation_overtaken' } });
    expect((await stateOf(newer.id)).state).toBe('succeeded');
  });
});

describe('killed anywhere', () => {
  const points = ['read:1', 'apply:1', 'applied:1', 'read:2'];
  it.each(points)('at %s: the next controller gets there, through legal states only', async (point) => {
    const uuid = await node('a', [[ids.one, 'Ethernet1']]);
    await bind(uuid, 'a-net');
    await place(uuid, 'tenant');
    await look(ids.one);
    await store.db.updateTable('node').set({ lessee: 'b' }).where('uuid', '=', uuid).execute();
    await bind(uuid, 'b-net');

    // The dying controller hangs there for ever, as a killed one does.
    const dying = newFabric();
    const seen = new Map<string, number>();
    let reached = () => {};
    const there = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let dead = false;
    one.fault = async (call) => {
      const count = (seen.get(call) ?? 0) + 1;
      seen.set(call, count);
      if (dead || `${call}:${count}` !== point) return;
      dead = true;
      reached();
      await new Promise(() => {});
    };
    const { id } = await place(uuid, 'tenant', dying);
    void look(ids.one, dying).catch(() => {});
    await there;
    closers = closers.filter((close) => close !== dying.close);

    await look(ids.one, newFabric());
    expect((await stateOf(id)).state).toBe('succeeded');
    expect(one.vlan('Ethernet1')).toBe(TENANT.b);
    const states = one.passed.get('Ethernet1')!.map((state) => state.untagged!);
    states.forEach((vlan, index) => {
      expect([1, IDLE, TENANT.a, TENANT.b]).toContain(vlan);
      if (vlan === TENANT.b && states[index - 1] !== TENANT.b) expect(states[index - 1]).toBe(IDLE);
    });
  });
});

describe('learning links', () => {
  const tlvs = (chassisId: string, portName: string): Array<[number, string]> => [
    [1, `04${chassisId.replaceAll(':', '')}`],
    [2, `05${Buffer.from(portName).toString('hex')}`],
    [3, '0078'],
  ];
  const learn = (uuid: string, address: string, chassisId: string, port: string, remap = false) =>
    store.db.transaction().execute(async (trx) => {
      const [outcome] = await fabric.learnLinks(trx, uuid, [{ address, tlvs: tlvs(chassisId, port) }], { remap });
      return outcome!.result;
    });

  it('maps by the names of the switch itself, marks a moved cable, and moves the mapping only when asked', async () => {
    const uuid = randomUUID();
    const address = '02:00:00:00:aa:01';
    await store.db.insertInto('node').values({ uuid, driver: 'redfish' }).execute();
    await store.db.insertInto('port').values({ uuid: randomUUID(), node_uuid: uuid, address }).execute();
    const nic = () => store.db.selectFrom('port').selectAll().where('address', '=', address).executeTakeFirstOrThrow();
    expect(await learn(uuid, address, chassis(9), 'Ethernet1')).toBe('unknown-switch');
    expect(await learn(uuid, address, chassis(1), 'Ethernet99', true)).toBe('unknown-port');
    expect(await learn(uuid, address, chassis(1), 'Et2', true)).toBe('mapped');
    expect(await nic()).toMatchObject({ switch_id: ids.one, switch_port_id: 'Ethernet2', contradiction: null });
    expect(await learn(uuid, address, chassis(1), 'Ethernet2')).toBe('unchanged');
    expect(await learn(uuid, address, chassis(2), 'Ethernet1')).toBe('contradicted');
    expect(await nic()).toMatchObject({ switch_id: ids.one, contradiction: expect.stringContaining('Ethernet1') });
    expect(await learn(uuid, address, chassis(2), 'Ethernet1', true)).toBe('mapped');
    expect(await nic()).toMatchObject({ switch_id: ids.two, switch_port_id: 'Ethernet1', contradiction: null });
    expect(await store.db.selectFrom('link_evidence').select('id').execute()).toHaveLength(6);
  });
});

describe('drift and saving', () => {
  it('after an unsaved reboot the ports are put right, old ones first', async () => {
    const uuid = await node(null, [[ids.one, 'Ethernet1']]);
    for (const port of ['Ethernet1', 'Ethernet2', 'Ethernet3'])
      one.put(port, { adminUp: true, mode: 'access', untagged: 1, tagged: [] });
    const { id } = await place(uuid, 'cleaning');
    one.calls = [];
    await look(ids.one, newFabric());
    expect((await stateOf(id)).state).toBe('succeeded');
    expect(['Ethernet1', 'Ethernet2', 'Ethernet3'].map((port) => one.vlan(port))).toEqual([CLEANING, IDLE, IDLE]);
  });

  it('saves once for all changes, after the quiet time, by the workers themselves', async () => {
    const engine = newFabric({ persistQuietMs: 400 });
    const workers = await startWorkers(
      store,
      { switch: engine.lookAtSwitch, node: async () => {} },
      { conductor: 'c', log: silentLog },
    );
    const uuids = await Promise.all(['Ethernet1', 'Ethernet2'].map((port) => node(null, [[ids.one, port]])));
    one.saved = 0;
    await store.db.updateTable('switch').set({ persist_due_at: null }).execute();
    const operations = [];
    for (const uuid of uuids) operations.push((await place(uuid, 'cleaning', engine)).id);
    for (const id of operations) expect((await engine.waitOperation(id, 10_000)).state).toBe('succeeded');
    await vi.waitFor(() => expect(one.saved).toBe(1), 10_000);
    await workers.stop();
  });
});
