import { FabricError } from '../error/fabric-error.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const utf8Encoder = new TextEncoder();

/**
 * Reads network-order fields from one TLV's value. It never throws: the first read past the end (or a `fail`) is kept as
 * `fault`, and from there on everything reads as zero or empty, so a decoder can be written straight down.
 */
export class OctetReader {
  readonly bytes: Uint8Array;
  fault: string | null = null;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  fail(reason: string): void {
    this.fault ??= reason;
    this.at = this.bytes.length;
  }

  /** Unsigned integer of `size` octets (1 to 6). */
  uint(size: number): number {
    if (size > this.left) {
      this.fail(`value ends early: ${size} more octets expected, ${this.left} left`);
      return 0;
    }
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (this.bytes[this.at++] ?? 0);
    return value;
  }

  /** The next `count` octets, or all that are left. A copy: it does not keep the capture alive. */
  take(count = this.left): Uint8Array {
    return this.view(count).slice();
  }

  text(count = this.left): string {
    return utf8.decode(this.view(count));
  }

  private view(count: number): Uint8Array {
    if (count > this.left) {
      this.fail(`value ends early: ${count} more octets expected, ${this.left} left`);
      return new Uint8Array(0);
    }
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** Bitmap of 8 priorities as an array of booleans, priority 0 first (bit 0 is the least significant). */
  flags8(): boolean[] {
    const bits = this.uint(1);
    return Array.from({ length: 8 }, (_, bit) => (bits & (1 << bit)) !== 0);
  }
}

/** Collects network-order fields. Numbers that do not fit are refused with `lldp_value_invalid`, never cut. */
export class OctetWriter {
  private octets = new Uint8Array(64);
  length = 0;

  uint(size: number, value: number): void {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) {
      throw new FabricError(
        'lldp_value_invalid',
        `${value} does not fit an unsigned LLDP field of ${8 * size} bits; give an integer from 0 to ${2 ** (8 * size) - 1}`,
        { context: { value, bits: 8 * size } },
      );
    }
    const at = this.grow(size);
    let rest = value;
    for (let i = size - 1; i >= 0; i--) {
      this.octets[at + i] = rest & 0xff;
      rest = Math.floor(rest / 256);
    }
  }

  /** Bit fields packed into `size` octets, most significant first: [value, width in bits] each. */
  bits(size: number, ...fields: ReadonlyArray<readonly [number, number]>): void {
    let packed = 0;
    for (const [value, width] of fields) {
      if (!Number.isInteger(value) || value < 0 || value >= 2 ** width) {
        throw new FabricError(
          'lldp_value_invalid',
          `${value} does not fit an LLDP field of ${width} bits; give an integer from 0 to ${2 ** width - 1}`,
          { context: { value, bits: width } },
        );
      }
      packed = packed * 2 ** width + value;
    }
    this.uint(size, packed);
  }

  put(bytes: Uint8Array): void {
    // First grow(), then this.octets: growing replaces it.
    const at = this.grow(bytes.length);
    this.octets.set(bytes, at);
  }

  text(text: string): void {
    // Nearly all text in LLDP is short ASCII; for that TextEncoder costs several times the loop.
    const at = this.grow(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) {
        this.length = at;
        this.put(utf8Encoder.encode(text));
        return;
      }
      this.octets[at + i] = code;
    }
  }

  /** A length octet, then the octets. */
  counted(bytes: Uint8Array): void {
    this.uint(1, bytes.length);
    this.put(bytes);
  }

  flags8(flags: readonly boolean[]): void {
    this.uint(
      1,
      flags.reduce((bits, set, bit) => (set ? bits | (1 << bit) : bits), 0),
    );
  }

  /** True when what was written is exactly `bytes`. */
  equals(bytes: Uint8Array): boolean {
    if (this.length !== bytes.length) return false;
    for (let i = 0; i < this.length; i++) if (this.octets[i] !== bytes[i]) return false;
    return true;
  }

  /** Makes room for `count` octets and returns where they go. */
  private grow(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.octets.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.octets);
      this.octets = larger;
    }
    return at;
  }

  /** Writes over octets that are there already. */
  patch(at: number, octets: readonly number[]): void {
    this.octets.set(octets, at);
  }

  /** Empties it for the next value, so that one writer can serve many. */
  reset(): void {
    this.length = 0;
  }

  finish(): Uint8Array {
    return this.octets.slice(0, this.length);
  }
}

/** The same octets as a plain Uint8Array: slice() of a Buffer would not copy. */
export function plainOctets(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function utf8Bytes(text: string): Uint8Array {
  return utf8Encoder.encode(text);
}

export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const octet of bytes) hex += octet.toString(16).padStart(2, '0');
  return hex;
}

/** A MAC address as 52:54:00:12:34:56. */
export function macOf(octets: Uint8Array): string {
  return hexOf(octets).replace(/..(?!$)/g, '$&:');
}

/** Octets of an even-length hex string, or null when it is none. */
export function bytesOfHex(hex: string): Uint8Array | null {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
