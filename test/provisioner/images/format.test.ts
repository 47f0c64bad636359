import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findInChecksumFile } from '../../../provisioner/images/checksum.ts';
import { detectFormat, parseQcow2Header } from '../../../provisioner/images/format.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';

test('the qcow2 reader answers any bytes with a header or a typed refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, prefixed) => {
      const head = Buffer.concat([prefixed ? Buffer.from('QFI\xfb\0\0\0\x03', 'latin1') : Buffer.alloc(0), bytes]);
      detectFormat(head);
      try {
        return parseQcow2Header(head).virtualSize > 0;
      } catch (error) {
        return isFabricError(error, 'image_unsafe');
      }
    }),
    { numRuns: 2000 },
  );
});

test('other containers are known by their signature', () => {
  expect(detectFormat(Buffer.from('KDMV....'))).toBe('vmdk');
  expect(detectFormat(Buffer.from('conectix'))).toBe('vhd');
  expect(detectFormat(Buffer.alloc(512))).toBe('raw');
});

test('a checksum file never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => findInChecksumFile(text, 'a', null) === null || text.length > 0));
});
