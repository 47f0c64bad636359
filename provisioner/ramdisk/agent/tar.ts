import type { LogFile } from './hardware.ts';

const BLOCK = 512;

/** A POSIX ustar archive (IEEE 1003.1 pax, ustar interchange format) of small files; names up to 100 bytes. */
export function tarOf(files: LogFile[]): Buffer {
  const parts: Buffer[] = [];
  for (const { name, data } of files) {
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 100);
    header.write('0000600\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(`${'0'.repeat(11)}\0`, 136);
    header.write(' '.repeat(8), 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    parts.push(header, Buffer.from(data), Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK));
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}
