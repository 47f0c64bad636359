import { expect, test } from 'vitest';
import { negotiate } from '../../../provisioner/tftp/negotiate.ts';
import {
  ackedBlock,
  DATA_HEADER,
  decodeTftp,
  encodeAck,
  encodeError,
  encodeOack,
  encodeRead,
  writeDataHeader,
} from '../../../provisioner/tftp/packet.ts';
import { memoryInUse, mutations } from '../dhcp/support/fuzz.ts';

const OPTIONS: [string, string][] = [
  ['tsize', '0'],
  ['blksize', '1468'],
  ['windowsize', '4'],
];

function encodeData(block: number, data: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(DATA_HEADER), data]);
  writeDataHeader(bytes, block);
  return bytes;
}

test('what is encoded is read back', () => {
  expect(decodeTftp(encodeRead('f', 'Octet', OPTIONS))).toEqual({
    kind: 'read',
    filename: 'f',
    mode: 'octet',
    options: new Map(OPTIONS),
  });
  expect(decodeTftp(encodeOack(OPTIONS))).toEqual({ kind: 'oack', options: new Map(OPTIONS) });
  expect(decodeTftp(encodeAck(65536))).toEqual({ kind: 'ack', block: 0 });
  expect(ackedBlock(encodeAck(65537))).toBe(1);
  expect(ackedBlock(encodeData(7, Buffer.alloc(0)))).toBeNull();
  expect(decodeTftp(encodeData(65535, Buffer.from('x')))).toEqual({
    kind: 'data',
    block: 65535,
    data: Buffer.from('x'),
  });
  expect(decodeTftp(encodeError(8, 'no'))).toEqual({ kind: 'error', code: 8, message: 'no' });
});

test.each([
  '\0\x01f\0octet',
  '\0\x01\0octet\0',
  '\0\x01f\0',
  '\0\x01f\0octet\0blksize\0',
  '\0\x01f\n\0octet\0',
  '\0\x09ab',
  'x',
  '',
])('a malformed packet is null: %j', (text) => {
  expect(decodeTftp(Buffer.from(text, 'latin1'))).toBeNull();
});

test('options out of bounds are left out of the answer, and a window too large is made smaller', () => {
  const accepted = (options: [string, string][]) => Object.fromEntries(negotiate(new Map(options), 5).accepted);
  expect(accepted([['blksize', '7']])).toEqual({});
  expect(accepted([['blksize', '65465']])).toEqual({});
  expect(accepted([['blksize', '1e3']])).toEqual({});
  expect(accepted([['windowsize', '65535']])).toEqual({ windowsize: '64' });
  // More than a receiver's buffer holds would be lost each time.
  expect(
    accepted([
      ['windowsize', '64'],
      ['blksize', '65464'],
    ]),
  ).toEqual({ blksize: '65464', windowsize: '2' });
  expect(accepted([['timeout', '0']])).toEqual({});
  expect(accepted([['tsize', '0']])).toEqual({ tsize: '5' });
  expect(accepted([['multicast', '']])).toEqual({});
});

test('200,000 mutated packets neither throw nor hang, and memory stays flat', () => {
  const seeds = [
    encodeRead('boot/snponly.efi', 'octet', OPTIONS),
    encodeOack(OPTIONS),
    encodeAck(7),
    encodeData(7, Buffer.alloc(64, 9)),
    encodeError(8, 'User aborted the transfer'),
  ];
  let decoded = 0;
  const work = (count: number) => {
    for (const bytes of mutations(seeds, count)) {
      const packet = decodeTftp(bytes);
      if (!packet) continue;
      decoded++;
      if (packet.kind === 'read') negotiate(packet.options, 1000);
    }
  };
  work(10_000);
  const before = memoryInUse();
  work(190_000);
  expect(memoryInUse() - before).toBeLessThan(8 * 1024 * 1024);
  expect(decoded).toBeGreaterThan(1000);
});
