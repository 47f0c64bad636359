/** Field encodings of ECMA-119 section 7 and 8.4.26, 9.1.5. */

export const sectorSize = 2048;
export const sectorsOf = (bytes: number): number => Math.ceil(bytes / sectorSize);

/** 7.2.3: both byte orders, 4 bytes. */
export function both16(target: Buffer, offset: number, value: number): void {
  target.writeUInt16LE(value, offset);
  target.writeUInt16BE(value, offset + 2);
}

/** 7.3.3: both byte orders, 8 bytes. */
export function both32(target: Buffer, offset: number, value: number): void {
  target.writeUInt32LE(value, offset);
  target.writeUInt32BE(value, offset + 4);
}

/** 9.1.5: seven bytes, offset from GMT in quarter hours last. */
export function recordTime(when: Date): Buffer {
  const fields = [when.getUTCFullYear() - 1900, when.getUTCMonth() + 1, when.getUTCDate()];
  return Buffer.from([...fields, when.getUTCHours(), when.getUTCMinutes(), when.getUTCSeconds(), 0]);
}

/** 8.4.26.1: sixteen digits and the offset from GMT. */
export function volumeTime(when: Date): Buffer {
  const digits = when.toISOString().replace(/\D/g, '').slice(0, 16).padEnd(16, '0');
  return Buffer.concat([Buffer.from(digits, 'ascii'), Buffer.from([0])]);
}

/** UCS-2 big-endian, Joliet's encoding (level 3 escape %/E). */
export function ucs2be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

export function padded(text: Buffer, length: number, filler: Buffer): Buffer {
  const field = Buffer.alloc(length, filler);
  text.copy(field, 0, 0, length);
  return field;
}
