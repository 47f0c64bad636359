import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { isFabricError, type JsonObject, JsonStream } from '../../../switch-drivers/transports/ovsdb/index.ts';
import { Replica } from '../../../switch-drivers/transports/ovsdb/replica.ts';
import { readSchema } from '../../../switch-drivers/transports/ovsdb/schema.ts';
import { readResults } from '../../../switch-drivers/transports/ovsdb/transact.ts';

const PORT = '0d2f6a1e-7f0e-4f6b-9f0e-2b9c2f0a7d11';

/** Messages of every kind a server sends. */
const SCHEMA = {
  name: 'Open_vSwitch',
  version: '8.3.1',
  tables: {
    Port: {
      columns: {
        name: { type: 'string', mutable: false },
        tag: { type: { key: { type: 'integer', minInteger: 0, maxInteger: 4095 }, min: 0, max: 1 } },
        trunks: { type: { key: { type: 'integer', maxInteger: 4095 }, min: 0, max: 4096 } },
        external_ids: { type: { key: 'string', value: 'string', min: 0, max: 'unlimited' } },
      },
    },
  },
};
const SEEDS = [
  { id: 1, result: [{ count: 1 }, { rows: [{ next_cfg: 7 }] }, { uuid: ['uuid', PORT] }], error: null },
  { id: 2, result: [{ count: 1 }, { error: 'constraint violation', details: 'zwei Spalten: ü' }, null], error: null },
  { id: 3, result: null, error: { error: 'unknown database', details: 'no database named x', syntax: '"x"' } },
  { id: null, method: 'update', params: [1, { Port: { [PORT]: { old: { tag: 10 }, new: { name: 'p1', tag: 20 } } } }] },
  {
    id: null,
    method: 'update2',
    params: [1, { Port: { [PORT]: { insert: { name: 'p1', trunks: ['set', [1, 2]] } } } }],
  },
  {
    id: null,
    method: 'update2',
    params: [1, { Port: { [PORT]: { modify: { trunks: ['set', [2, 3]], external_ids: ['map', [['a', 'b']]] } } } }],
  },
  { id: null, method: 'update2', params: [1, { Port: { [PORT]: { delete: null } } }] },
  { id: 4, result: SCHEMA, error: null },
  { id: 'echo', method: 'echo', params: [] },
  { id: null, method: 'locked', params: ['ctl'] },
].map((message) => Buffer.from(JSON.stringify(message)));

const TOKENS = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  '["set",[',
  '["map",[[',
  '["uuid","',
  '-1e999',
  '__proto__',
];

const EXPECTED = new Set(['ovsdb_malformed', 'ovsdb_too_large', 'ovsdb_operation_error', 'ovsdb_commit_error']);

/** A small generator with a fixed start (mulberry32), so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function mutate(pick: (below: number) => number): Buffer {
  let bytes = Buffer.concat([SEEDS[pick(SEEDS.length)]!, SEEDS[pick(SEEDS.length)]!]);
  for (let round = pick(4); round >= 0; round -= 1) {
    const at = pick(bytes.length);
    const head = bytes.subarray(0, at);
    switch (pick(6)) {
      case 0:
        bytes = Buffer.from(bytes);
        bytes[at] = pick(256);
        break;
      case 1:
        bytes = Buffer.concat([head, Buffer.from(TOKENS[pick(TOKENS.length)]!), bytes.subarray(at)]);
        break;
      case 2:
        bytes = Buffer.concat([head, bytes.subarray(at + 1 + pick(8))]);
        break;
      case 3:
        bytes = Buffer.from(head.length > 0 ? head : bytes);
        break;
      case 4:
        bytes = Buffer.concat([head, bytes.subarray(pick(bytes.length))]);
        break;
      case 5:
        bytes = Buffer.concat([head, Buffer.from(TOKENS[pick(TOKENS.length)]!), bytes.subarray(at + 1 + pick(6))]);
    }
    if (bytes.length === 0) return Buffer.from('{');
  }
  return bytes;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMiB(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const stackTraceLimit = Error.stackTraceLimit;
afterEach(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

test('200,000 mutated streams: nothing but typed errors, nothing kept', { timeout: 120_000 }, () => {
  // Half of the time would go into the stacks of the errors expected.
  Error.stackTraceLimit = 0;
  const pick = random(20_260_801);
  const schema = readSchema(SCHEMA);
  const columns = new Map([['Port', ['name', 'tag', 'trunks', 'external_ids']]]);
  const operations = [
    { op: 'delete', table: 'Port', where: [] },
    { op: 'select', table: 'Port', where: [] },
    { op: 'insert', table: 'Port', row: {} },
  ] as const;
  let objects = 0;
  let read = 0;
  let refused = 0;
  let held = 0;
  const attempt = (work: () => unknown) => {
    try {
      work();
      read += 1;
    } catch (error) {
      if (!isFabricError(error)) throw error;
      if (!EXPECTED.has(error.code)) throw error;
      refused += 1;
    }
  };
  const take = (message: JsonObject) => {
    objects += 1;
    const params = Array.isArray(message.params) ? message.params : [];
    if (message.method === 'update') attempt(() => new Replica(['Port']).update(params[1]));
    else if (message.method === 'update2') attempt(() => new Replica(['Port']).update2(params[1], schema, columns));
    else if (message.id === 4) attempt(() => readSchema(message.result ?? null));
    else attempt(() => readResults(operations, message.result ?? null));
  };
  const round = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const bytes = mutate(pick);
      const cut = pick(bytes.length + 1);
      const stream = new JsonStream({ maxMessageBytes: 4096 });
      attempt(() => {
        stream.push(bytes.subarray(0, cut), take);
        stream.push(bytes.subarray(cut), take);
      });
      held = Math.max(held, stream.pendingBytes);
    }
  };
  round(20_000);
  const before = heapMiB();
  round(180_000);
  expect(heapMiB() - before).toBeLessThan(4);
  expect(held).toBeLessThanOrEqual(4096);
  // The mutations are worth something only when plenty of them get past the first reader, and plenty do not.
  expect(objects).toBeGreaterThan(50_000);
  expect(read).toBeGreaterThan(10_000);
  expect(refused).toBeGreaterThan(10_000);
  expect(Object.prototype).not.toHaveProperty('name');
});
