import { once } from 'node:events';
import { expect, test } from 'vitest';
import { type Json, type JsonObject, OvsdbClient } from '../../../switch-drivers/transports/ovsdb/index.ts';
import { scriptedServer } from './scripted-server.ts';

/** Generous: a busy machine is no fault. */
const SOON = { timeout: 10_000 };

const OPERATIONS = [
  { op: 'update', table: 'Port', where: [], row: { tag: 1 } },
  { op: 'comment', comment: 'x' },
] as const;

async function transactAgainst(reply: JsonObject | null) {
  await using server = await scriptedServer((method) => (method === 'transact' ? reply : undefined));
  const client = await OvsdbClient.connect(server.remote, { requestTimeoutMs: 5000 });
  try {
    return await client.transact('db', OPERATIONS);
  } finally {
    client.close();
  }
}

test('a good reply comes back typed', async () => {
  const [updated] = await transactAgainst({ result: [{ count: 3 }, {}], error: null });
  expect(updated.count).toBe(3);
});

const refusals: Array<[string, JsonObject, object]> = [
  [
    'an error of the call',
    { result: null, error: { error: 'unknown database', details: 'no database named db' } },
    { code: 'ovsdb_rpc_error', context: { error: 'unknown database', details: 'no database named db' } },
  ],
  ['an error of the call as a bare string', { error: 'unknown method' }, { code: 'ovsdb_rpc_error' }],
  [
    'an error of one operation',
    { result: [{ error: 'unknown column', details: 'no column tga' }, null], error: null },
    { code: 'ovsdb_operation_error', context: { error: 'unknown column', index: 0, op: 'update', table: 'Port' } },
  ],
  [
    'an error at commit, told by one result more',
    { result: [{ count: 1 }, {}, { error: 'referential integrity violation', details: 'still used' }], error: null },
    { code: 'ovsdb_commit_error', context: { error: 'referential integrity violation' } },
  ],
  ['results that are missing', { result: [{ count: 1 }], error: null }, { code: 'ovsdb_malformed' }],
  ['a result of another operation', { result: [{ rows: [] }, {}], error: null }, { code: 'ovsdb_malformed' }],
  ['no result at all', { result: 7, error: null }, { code: 'ovsdb_malformed' }],
];

test.each(refusals)('%s fails the whole transaction', async (_what, reply, expected) => {
  await expect(transactAgainst(reply)).rejects.toMatchObject(expected);
});

test('a request without an answer is given up, and a late answer harms nothing', async () => {
  let held: readonly Json[] | null = null;
  await using server = await scriptedServer((method, params) => {
    if (method !== 'list_dbs') return undefined;
    held = params;
    return null;
  });
  const client = await OvsdbClient.connect(server.remote, { requestTimeoutMs: 500 });
  await expect(client.listDbs()).rejects.toMatchObject({ code: 'ovsdb_timeout', retryable: true });
  expect(held).toEqual([]);
  const id = server.received.at(-1)?.id as number;
  server.send(JSON.stringify({ id, result: ['late'], error: null }));
  await client.echo();
  client.close();
});

test("the server's echo is answered with its own params and id, other calls with an error", async () => {
  await using server = await scriptedServer(() => undefined);
  const client = await OvsdbClient.connect(server.remote);
  server.send('{"id":"echo","method":"echo","params":["a",1]}{"id":"x","method":"reboot","params":[]}');
  await expect.poll(() => server.received.length, SOON).toBeGreaterThanOrEqual(3);
  expect(server.received).toContainEqual({ id: 'echo', result: ['a', 1], error: null });
  expect(server.received).toContainEqual({ id: 'x', result: null, error: 'unknown method' });
  client.close();
});

test('a peer that goes silent is found dead by our own probe', async () => {
  let silent = false;
  await using server = await scriptedServer(() => (silent ? null : undefined));
  const client = await OvsdbClient.connect(server.remote, { probeIntervalMs: 300 });
  const closed = once(client, 'close');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(client.closed).toBeNull();
  silent = true;
  const waiting = expect(client.listDbs()).rejects.toMatchObject({ code: 'ovsdb_timeout' });
  expect((await closed)[0]).toMatchObject({ code: 'ovsdb_timeout', retryable: true });
  await waiting;
  await expect(client.listDbs()).rejects.toMatchObject({ code: 'ovsdb_timeout' });
});

test('garbage ends the connection with a typed error for every request under way', async () => {
  await using server = await scriptedServer((method) => (method === 'echo' ? undefined : null));
  const client = await OvsdbClient.connect(server.remote);
  const both = [client.listDbs(), client.lock('l')].map((call) =>
    expect(call).rejects.toMatchObject({ code: 'ovsdb_malformed' }),
  );
  server.send('HTTP/1.1 400 Bad Request\r\n\r\n');
  await Promise.all(both);
  expect(client.closed?.code).toBe('ovsdb_malformed');
});

test('a message over the limit ends the connection', async () => {
  await using server = await scriptedServer((method) =>
    method === 'list_dbs' ? { result: ['x'.repeat(5000)], error: null } : undefined,
  );
  const client = await OvsdbClient.connect(server.remote, { maxMessageBytes: 1000 });
  await expect(client.listDbs()).rejects.toMatchObject({ code: 'ovsdb_too_large' });
});

test('closing fails what is under way and leaves nothing open', async () => {
  await using server = await scriptedServer((method) => (method === 'echo' ? undefined : null));
  const client = await OvsdbClient.connect(server.remote);
  const call = expect(client.listDbs()).rejects.toMatchObject({ code: 'ovsdb_closed', retryable: false });
  client.close();
  await call;
});

test('a server that does not talk OVSDB, or nobody at all, is told at once', async () => {
  await using mute = await scriptedServer(() => null);
  await expect(OvsdbClient.connect(mute.remote, { connectTimeoutMs: 500 })).rejects.toMatchObject({
    code: 'ovsdb_unreachable',
  });
  await expect(OvsdbClient.connect('tcp:127.0.0.1:1')).rejects.toMatchObject({
    code: 'ovsdb_unreachable',
    retryable: true,
    context: { code: 'ECONNREFUSED' },
  });
  await expect(OvsdbClient.connect('unix:/nonexistent/db.sock')).rejects.toMatchObject({
    code: 'ovsdb_unreachable',
    context: { code: 'ENOENT' },
  });
});

test('updates that follow the monitor reply in one packet are not missed', async () => {
  await using server = await scriptedServer((method) => (method === 'monitor' ? null : undefined));
  const client = await OvsdbClient.connect(server.remote);
  const started = client.monitor('db', { T: { columns: ['n'] } });
  await expect.poll(() => server.received.at(-1)?.method, SOON).toBe('monitor');
  const { id, params } = server.received.at(-1) as { id: number; params: Json[] };
  server.send(
    JSON.stringify({ id, result: { T: { u: { new: { n: 1 } } } }, error: null }) +
      JSON.stringify({
        id: null,
        method: 'update',
        params: [params[1], { T: { u: { old: { n: 1 }, new: { n: 2 } } } }],
      }),
  );
  const monitor = await started;
  await expect.poll(() => monitor.tables.get('T')?.get('u'), SOON).toEqual({ n: 2 });
  client.close();
});
