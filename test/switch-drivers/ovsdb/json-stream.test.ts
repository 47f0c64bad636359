import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFabricError, type JsonObject, JsonStream } from '../../../switch-drivers/transports/ovsdb/index.ts';

function collect(stream: JsonStream, ...chunks: Array<Uint8Array | string>): JsonObject[] {
  const objects: JsonObject[] = [];
  for (const chunk of chunks) {
    stream.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk, (object) => objects.push(object));
  }
  return objects;
}

function failure(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isFabricError(error)) return error.code;
    throw error;
  }
  return 'none';
}

test('objects back to back come out one by one, wherever the bytes are split', () => {
  const messages: JsonObject[] = [
    { id: 1, result: [{ rows: [{ name: 'Zürich "}{" \\', n: -1.5e3 }] }], error: null },
    { method: 'echo', params: [], id: 'écho 𝄞' },
    {},
  ];
  const bytes = Buffer.from(messages.map((message) => JSON.stringify(message)).join(''));
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const out = collect(new JsonStream(), bytes.subarray(0, cut), bytes.subarray(cut));
    expect(JSON.stringify(out)).toBe(JSON.stringify(messages));
  }
  expect(collect(new JsonStream(), ...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(messages);
});

test('any JSON objects survive any chunking', () => {
  const messages = fc.array(
    fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(messages, fc.array(fc.nat(400), { maxLength: 8 }), (objects, cuts) => {
      const texts = objects.map((object) => JSON.stringify(object));
      const bytes = Buffer.from(texts.join(' \n'));
      const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      const out = collect(new JsonStream(), ...chunks);
      expect(out.map((object) => JSON.stringify(object))).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});

test('a message over the limit is refused before it is held in memory, also when it never ends', () => {
  const stream = new JsonStream({ maxMessageBytes: 100 });
  expect(failure(() => collect(stream, `{"a":"${'x'.repeat(60)}`, 'y'.repeat(60)))).toBe('ovsdb_too_large');
  expect(stream.pendingBytes).toBe(0);
  const whole = new JsonStream({ maxMessageBytes: 100 });
  expect(failure(() => collect(whole, `{"a":"${'x'.repeat(120)}"}`))).toBe('ovsdb_too_large');
  expect(collect(new JsonStream({ maxMessageBytes: 100 }), `{"a":"${'x'.repeat(80)}"}`.repeat(50))).toHaveLength(50);
});

test.each([
  ['text between objects', '{}HTTP/1.1 400 Bad Request', 'ovsdb_malformed'],
  ['an array instead of an object', '[1]', 'ovsdb_malformed'],
  ['a closing bracket too many', '{}}', 'ovsdb_malformed'],
  ['mismatched brackets', '{"a":[1}]', 'ovsdb_malformed'],
  ['a raw control character in a string', '{"a":"\u0000"}', 'ovsdb_malformed'],
  ['endless nesting', `{"a":${'['.repeat(100_000)}`, 'ovsdb_malformed'],
])('%s is a typed error', (_what, text, code) => {
  expect(failure(() => collect(new JsonStream(), text))).toBe(code);
});

test('bytes that are not UTF-8 are a typed error', () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Uint8Array.of(0xc3, 0x28), Buffer.from('"}')]);
  expect(failure(() => collect(new JsonStream(), bytes))).toBe('ovsdb_malformed');
});

test('objects before the fault are handed over, and nothing after it', () => {
  const stream = new JsonStream();
  const objects: JsonObject[] = [];
  expect(failure(() => stream.push(Buffer.from('{"a":1}x{"b":2}'), (object) => objects.push(object)))).toBe(
    'ovsdb_malformed',
  );
  expect(objects).toEqual([{ a: 1 }]);
  expect(failure(() => collect(stream, '{"c":3}'))).toBe('ovsdb_malformed');
});
