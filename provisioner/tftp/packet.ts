/** TFTP on the wire: RFC 1350, options by RFC 2347. */

export const ERROR = {
  UNDEFINED: 0,
  NOT_FOUND: 1,
  ACCESS: 2,
  FULL: 3,
  ILLEGAL: 4,
  UNKNOWN_TRANSFER: 5,
  OPTIONS: 8,
} as const;

export type TftpPacket =
  | { kind: 'read' | 'write'; filename: string; mode: string; options: ReadonlyMap<string, string> }
  | { kind: 'data'; block: number; data: Buffer }
  | { kind: 'ack'; block: number }
  | { kind: 'error'; code: number; message: string }
  | { kind: 'oack'; options: ReadonlyMap<string, string> };

/** A request is one datagram of text: more than this (or than 32 options) is no honest client. */
const MAX_REQUEST = 2048;
const MAX_OPTIONS = 32;
/** File names and option values as clients write them: printable ASCII. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Reads one datagram; null for whatever is not a well-formed TFTP packet. Never throws. */
export function decodeTftp(bytes: Buffer): TftpPacket | null {
  if (bytes.length < 4 || bytes[0] !== 0) return null;
  switch (bytes[1]) {
    case 1:
    case 2:
      return decodeRequest(bytes);
    case 3:
      return { kind: 'data', block: bytes.readUInt16BE(2), data: bytes.subarray(4) };
    case 4:
      return { kind: 'ack', block: bytes.readUInt16BE(2) };
    case 5: {
      const end = bytes.indexOf(0, 4);
      // The terminating zero is left out by some clients; the text is only for the log.
      const message = bytes.toString('latin1', 4, Math.min(end < 0 ? bytes.length : end, 260));
      return { kind: 'error', code: bytes.readUInt16BE(2), message: message.replace(/[^\x20-\x7e]/g, '?') };
    }
    case 6: {
      const options = decodeOptions(splitStrings(bytes.subarray(2)));
      return options ? { kind: 'oack', options } : null;
    }
    default:
      return null;
  }
}

function decodeRequest(bytes: Buffer): TftpPacket | null {
  const [filename, mode, ...rest] = splitStrings(bytes.subarray(2)) ?? [];
  if (filename === undefined || filename === '' || mode === undefined) return null;
  const options = decodeOptions(rest);
  return options && { kind: bytes[1] === 1 ? 'read' : 'write', filename, mode: mode.toLowerCase(), options };
}

/** Zero-terminated strings that use up the bytes exactly; null otherwise. */
function splitStrings(bytes: Buffer): string[] | null {
  if (bytes.length > MAX_REQUEST || bytes.at(-1) !== 0) return null;
  const strings = bytes.toString('latin1', 0, bytes.length - 1).split('\0');
  return strings.length <= 2 + 2 * MAX_OPTIONS && strings.every((text) => PRINTABLE.test(text)) ? strings : null;
}

/** Names are case-insensitive and may come only once (RFC 2347); the first one counts. */
function decodeOptions(strings: string[] | null): Map<string, string> | null {
  if (!strings || strings.length % 2 !== 0) return null;
  const options = new Map<string, string>();
  for (let at = 0; at < strings.length; at += 2) {
    const name = strings[at]!.toLowerCase();
    if (!options.has(name)) options.set(name, strings[at + 1]!);
  }
  return options;
}

export function encodeRead(filename: string, mode: string, options: Iterable<[string, string]>): Buffer {
  return Buffer.concat([Buffer.from([0, 1]), strings([filename, mode, ...[...options].flat()])]);
}

export function encodeOack(options: Iterable<[string, string]>): Buffer {
  return Buffer.concat([Buffer.from([0, 6]), strings([...options].flat())]);
}

export function encodeAck(block: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt16BE(4, 0);
  bytes.writeUInt16BE(block & 0xffff, 2);
  return bytes;
}

/** Octets before the data of a DATA packet. */
export const DATA_HEADER = 4;

export function writeDataHeader(target: Buffer, block: number): void {
  target[0] = 0;
  target[1] = 3;
  target[2] = (block >> 8) & 0xff;
  target[3] = block & 0xff;
}

/** The block an acknowledgement names, null for any other packet: what a sender reads most, without an object for it. */
export function ackedBlock(bytes: Buffer): number | null {
  return bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 4 ? bytes.readUInt16BE(2) : null;
}

export function encodeError(code: number, message: string): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(5, 0);
  head.writeUInt16BE(code, 2);
  return Buffer.concat([head, strings([message])]);
}

function strings(values: string[]): Buffer {
  return Buffer.from(values.map((value) => `${value}\0`).join(''), 'latin1');
}
