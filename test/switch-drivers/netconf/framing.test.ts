import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, FrameDecoder, type Framing } from '../../../switch-drivers/transports/netconf/framing.ts';
import { parseXml } from '../../../switch-drivers/transports/netconf/xml/parse.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';
import { mutations } from './mutate.ts';

function decode(framing: Framing, pieces: readonly Uint8Array[], maxBytes?: number): string[] {
  const decoder = new FrameDecoder(maxBytes);
  if (framing === 'chunked') decoder.useChunked();
  const messages: string[] = [];
  for (const piece of pieces) decoder.push(piece, (text) => messages.push(text));
  return messages;
}

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return isFabricError(error) ? error.code : `${error}`;
  }
};

test('reads the chunks of the example in RFC 6242 section 4.2', () => {
  const wire =
    '\n#4\n<rpc\n#18\n message-id="102"\n\n#79\n     xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">\n  <close-session/>\n</rpc>\n##\n';
  const [message, ...more] = decode('chunked', [Buffer.from(wire)]);
  expect(more).toEqual([]);
  expect(message).toBe(
    '<rpc message-id="102"\n     xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">\n  <close-session/>\n</rpc>',
  );
});

test('messages survive any split, in both framings', { timeout: 300_000 }, () => {
  const messages = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      messages,
      fc.constantFrom<Framing>('end-of-message', 'chunked'),
      fc.array(fc.nat(400)),
      (raw, framing, cuts) => {
        const texts = raw.map((one) => Buffer.from(one).toString('utf8').replaceAll(']', '>'));
        const wire = Buffer.concat(texts.map((one) => encodeFrame(one, framing)));
        const at = [0, ...cuts.map((cut) => cut % wire.length).sort((a, b) => a - b), wire.length];
        const pieces = at.slice(1).map((end, index) => wire.subarray(at[index], end));
        expect(decode(framing, pieces)).toEqual(texts);
      },
    ),
    { numRuns: 100 },
  );
});

test('a bracket before the end mark belongs to the message', () => {
  expect(decode('end-of-message', [Buffer.from('a]]]]>]]]>]]>b]]>]]>')])).toEqual(['a]]]]>]', 'b']);
});

test('the framing changes within one piece, after the hello', () => {
  const decoder = new FrameDecoder();
  const messages: string[] = [];
  decoder.push(Buffer.from('hello]]>]]>\n#2\nok\n##\n'), (message) => {
    messages.push(message);
    decoder.useChunked();
  });
  expect(messages).toEqual(['hello', 'ok']);
});

test.each([
  ['\n#0\n', 'a chunk of no byte'],
  ['\n#01\na', 'a leading zero'],
  ['\n#4294967296\n', 'above the largest chunk'],
  ['\n#12345678901', 'eleven digits'],
  ['\n##\n', 'no chunk'],
  ['\n#2\nabX', 'no line feed after a chunk'],
  ['<rpc-reply/>]]>]]>', 'the other framing'],
  ['\n\n', 'an empty line'],
  ['\n#\n', 'no size'],
  ['\n#1\n\xff\n##\n', 'not UTF-8'],
])('refuses %j: %s', (wire) => {
  expect(codeOf(() => decode('chunked', [Buffer.from(wire, 'latin1')]))).toBe('netconf_malformed');
});

test('a message above the limit is refused before it is received', () => {
  expect(codeOf(() => decode('chunked', [Buffer.from('\n#4294967295\n')]))).toBe('netconf_too_large');
  expect(codeOf(() => decode('chunked', [Buffer.from('\n#60\n'), Buffer.alloc(60), Buffer.from('\n#60\n')], 100))).toBe(
    'netconf_too_large',
  );
  expect(codeOf(() => decode('end-of-message', [Buffer.alloc(120)], 100))).toBe('netconf_too_large');
});

test('after a violation every piece is refused with the same error', () => {
  const decoder = new FrameDecoder();
  decoder.useChunked();
  const first = codeOf(() => decoder.push(Buffer.from('x'), () => {}));
  expect([first, codeOf(() => decoder.push(Buffer.from('\n#1\n'), () => {}))]).toEqual([
    'netconf_malformed',
    'netconf_malformed',
  ]);
  expect(decoder.pendingBytes).toBe(0);
});

test('single bytes do not cost a multiple of their size', () => {
  const decoder = new FrameDecoder();
  const wire = encodeFrame('x'.repeat(200_000), 'end-of-message');
  let length = 0;
  for (let at = 0; at < wire.length; at += 1) {
    decoder.push(wire.subarray(at, at + 1), (message) => {
      length = message.length;
    });
  }
  expect(length).toBe(200_000);
});

test('5,000 mutated streams end in messages or in typed errors', { timeout: 600_000 }, () => {
  let read = 0;
  let refused = 0;
  for (const { bytes, cut, chunked } of mutations(5_000)) {
    try {
      for (const message of decode(
        chunked ? 'chunked' : 'end-of-message',
        [bytes.subarray(0, cut), bytes.subarray(cut)],
        4096,
      )) {
        parseXml(message);
        read += 1;
      }
    } catch (error) {
      if (!isFabricError(error, 'netconf_malformed', 'netconf_too_large')) throw error;
      refused += 1;
    }
  }
  expect(read).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
});
