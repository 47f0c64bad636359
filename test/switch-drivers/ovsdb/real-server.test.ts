import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  namedUuid,
  OvsdbClient,
  type RowChange,
  readInteger,
  readSet,
  set,
  uuid,
} from '../../../switch-drivers/transports/ovsdb/index.ts';
import { type OvsInstance, ovsMissing, startOvs } from '../../support/ovs-instance.ts';

const missing = ovsMissing();
const DB = 'Open_vSwitch';
/** Generous: a busy machine is no fault. */
const SOON = { timeout: 10_000 };

/** Operations that make a bridge with one port, as the root row needs to refer to what is to stay. */
function addBridge(name: string) {
  return [
    { op: 'insert', table: 'Interface', 'uuid-name': 'i', row: { name: `${name}-p`, type: 'dummy' } },
    {
      op: 'insert',
      table: 'Port',
      'uuid-name': 'p',
      row: { name: `${name}-p`, interfaces: namedUuid('i'), trunks: set([10, 20]) },
    },
    { op: 'insert', table: 'Bridge', 'uuid-name': 'b', row: { name, ports: set([namedUuid('p')]) } },
    { op: 'mutate', table: DB, where: [], mutations: [['bridges', 'insert', set([namedUuid('b')])]] },
  ] as const;
}

describe.skipIf(missing !== null)(`against ovsdb-server ${missing ?? ''}`, () => {
  let ovs: OvsInstance;
  let client: OvsdbClient;

  beforeAll(async () => {
    ovs = await startOvs({ vswitchd: false, serverArgs: [`--remote=db:${DB},${DB},manager_options`] });
    client = await OvsdbClient.connect(ovs.remote);
  });

  afterAll(async () => {
    client?.close();
    await ovs?.stop();
  });

  test('databases and schemas are told', async () => {
    expect(await client.listDbs()).toContain(DB);
    const schema = await client.getSchema(DB);
    expect(schema.tables.get('Port')?.get('trunks')).toEqual({ kind: 'set', key: 'integer', value: null, min: 0 });
    expect(schema.tables.get('Port')?.get('tag')).toEqual({ kind: 'scalar', key: 'integer', value: null, min: 0 });
    expect(schema.tables.get('Port')?.get('external_ids')?.kind).toBe('map');
    await expect(client.getSchema('nowhere')).rejects.toMatchObject({
      code: 'ovsdb_rpc_error',
      context: { error: 'unknown database' },
    });
  });

  test('a transaction with named rows comes back with typed results', async () => {
    const [, port, bridge, mutated] = await client.transact(DB, addBridge('typed'));
    expect(mutated.count).toBe(1);
    expect(bridge.uuid[0]).toBe('uuid');
    const [selected, nothing] = await client.transact(DB, [
      { op: 'select', table: 'Port', where: [['_uuid', '==', port.uuid]], columns: ['name', 'trunks', 'tag'] },
      { op: 'delete', table: 'Port', where: [['name', '==', 'no such port']] },
    ]);
    expect(selected.rows).toHaveLength(1);
    expect(readSet(selected.rows[0]?.trunks, readInteger)).toEqual([10, 20]);
    expect(nothing.count).toBe(0);
  });

  test('each way a transaction can fail is an error, and nothing of it stays', async () => {
    await expect(client.transact('nowhere', [{ op: 'comment', comment: 'x' }])).rejects.toMatchObject({
      code: 'ovsdb_rpc_error',
    });
    const half = [...addBridge('half'), { op: 'update', table: 'Port', where: [], row: { tga: 1 } }] as const;
    await expect(client.transact(DB, half)).rejects.toMatchObject({
      code: 'ovsdb_operation_error',
      context: { error: 'unknown column', index: 4, table: 'Port' },
    });
    const twice = [
      ...addBridge('twice'),
      { op: 'insert', table: 'Bridge', 'uuid-name': 'c', row: { name: 'twice' } },
    ] as const;
    const both = [
      ...twice,
      { op: 'mutate', table: DB, where: [], mutations: [['bridges', 'insert', set([namedUuid('c')])]] },
    ] as const;
    await expect(client.transact(DB, both)).rejects.toMatchObject({
      code: 'ovsdb_commit_error',
      context: { error: 'constraint violation' },
    });
    await expect(client.transact(DB, [{ op: 'abort' }])).rejects.toMatchObject({ context: { error: 'aborted' } });
    const names = await ovs.vsctl('--bare', '--columns=name', 'list', 'Bridge');
    expect(names).not.toMatch(/half|twice/);
  });

  test('a wait that is not met fails with "timed out", after the time it was given', async () => {
    const wait = {
      op: 'wait',
      table: DB,
      where: [],
      columns: ['next_cfg'],
      until: '==',
      rows: [{ next_cfg: -1 }],
    } as const;
    for (const timeout of [0, 50]) {
      await expect(client.transact(DB, [{ ...wait, timeout }])).rejects.toMatchObject({
        code: 'ovsdb_operation_error',
        retryable: true,
        context: { error: 'timed out' },
      });
    }
  });

  test.each(['monitor', 'monitorCond'] as const)('%s keeps a true copy through changes of every kind', async (kind) => {
    const name = `mon-${kind}`;
    const monitor = await client[kind](DB, { Port: { columns: ['name', 'tag', 'trunks', 'external_ids'] } });
    const changes: RowChange[] = [];
    monitor.on('change', (some) => changes.push(...some));
    const mine = () => [...(monitor.tables.get('Port')?.values() ?? [])].find((row) => row.name === `${name}-p`);
    const [, port] = await client.transact(DB, addBridge(name));
    const where = [['_uuid', '==', port.uuid]] as const;
    await expect.poll(mine, SOON).toMatchObject({ tag: ['set', []], trunks: ['set', [10, 20]] });
    await client.transact(DB, [
      {
        op: 'update',
        table: 'Port',
        where,
        row: {
          tag: 7,
          trunks: set([20, 30]),
          external_ids: [
            'map',
            [
              ['a', '1'],
              ['b', '2'],
            ],
          ],
        },
      },
    ]);
    await expect.poll(mine, SOON).toMatchObject({ tag: 7, trunks: ['set', [20, 30]] });
    await client.transact(DB, [
      {
        op: 'mutate',
        table: 'Port',
        where,
        mutations: [
          ['external_ids', 'delete', set(['a'])],
          ['trunks', 'delete', set([20])],
        ],
      },
      { op: 'update', table: 'Port', where, row: { tag: set([]) } },
    ]);
    await expect.poll(() => mine()?.external_ids, SOON).toEqual(['map', [['b', '2']]]);
    expect(mine()?.tag).toEqual(['set', []]);
    expect(readSet(mine()?.trunks, readInteger)).toEqual([30]);
    await ovs.vsctl('--no-wait', 'del-br', name);
    await expect.poll(mine, SOON).toBeUndefined();
    expect(changes.at(-1)).toMatchObject({ uuid: port.uuid[1], after: null });
    await monitor.cancel();
    const count = changes.length;
    await client.transact(DB, addBridge(`${name}-after`));
    await client.echo();
    expect(changes).toHaveLength(count);
  });

  test('a conditional monitor tells only the rows that match', async () => {
    const [, port] = await client.transact(DB, addBridge('cond'));
    const monitor = await client.monitorCond(DB, {
      Port: { columns: ['name'], where: [['_uuid', '==', uuid(port.uuid[1])]] },
    });
    expect([...(monitor.tables.get('Port')?.values() ?? [])]).toEqual([{ name: 'cond-p' }]);
    await monitor.cancel();
  });

  test('a monitor of a column that does not exist is refused', async () => {
    await expect(client.monitor(DB, { Port: { columns: ['tga'] } })).rejects.toMatchObject({ code: 'ovsdb_rpc_error' });
  });

  test('a lock has one holder; the next is told, and the one it is stolen from too', async () => {
    const other = await OvsdbClient.connect(ovs.remote);
    expect(await client.lock('swy')).toBe(true);
    expect(await other.lock('swy')).toBe(false);
    const guarded = [{ op: 'assert', lock: 'swy' }] as const;
    await client.transact(DB, guarded);
    await expect(other.transact(DB, guarded)).rejects.toMatchObject({ context: { error: 'not owner' } });
    const told = once(other, 'locked');
    await client.unlock('swy');
    expect(await told).toEqual(['swy']);
    const lost = once(other, 'stolen');
    await client.steal('swy');
    expect(await lost).toEqual(['swy']);
    other.close();
  });

  test("an idle connection outlives the server's inactivity probe", async () => {
    await ovs.vsctl('--no-wait', 'set-manager', 'ptcp:0:127.0.0.1');
    await ovs.vsctl('--no-wait', 'set', 'Manager', '.', 'inactivity_probe=1000');
    const bound = () => ovs.vsctl('get', 'Manager', '.', 'status:bound_port');
    const port = (await vi.waitFor(bound, { timeout: 15_000 })).replaceAll('"', '');
    const idle = await OvsdbClient.connect(`tcp:127.0.0.1:${port}`, { probeIntervalMs: 0 });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(idle.closed).toBeNull();
    expect(await idle.listDbs()).toContain(DB);
    idle.close();
  });

  test('the end of the server is told once, with the reason', async () => {
    const doomed = await startOvs({ vswitchd: false });
    const victim = await OvsdbClient.connect(doomed.remote);
    const closed = once(victim, 'close');
    doomed.server.kill('SIGKILL');
    expect((await closed)[0]).toMatchObject({ code: 'ovsdb_closed', retryable: true });
    await expect(victim.listDbs()).rejects.toMatchObject({ code: 'ovsdb_closed' });
    await doomed.stop();
  });
});
