import { FabricError } from '../../topology/error/fabric-error.ts';
import { OPTION } from './constants.ts';
import { formatIpv4, ipv4Bytes } from './ipv4.ts';

/** A DHCP message, RFC 2131 §2. Addresses are dotted quads, `0.0.0.0` when unset. */
export interface DhcpPacket {
  op: 'request' | 'reply';
  /** Hardware type, 1 = Ethernet. */
  htype: number;
  /** Client hardware address, 0..16 bytes. */
  chaddr: Buffer;
  hops: number;
  xid: number;
  secs: number;
  /** Only the broadcast bit (0x8000) has a meaning. */
  flags: number;
  ciaddr: string;
  yiaddr: string;
  siaddr: string;
  giaddr: string;
  /** Empty when option 52 says the field holds options. */
  sname: string;
  file: string;
  /** By code; what was sent in several pieces is joined (RFC 3396). */
  options: ReadonlyMap<number, Buffer>;
}

const FIXED_LENGTH = 236;
const SNAME = { start: 44, end: 108 };
const FILE = { start: 108, end: 236 };
const COOKIE = 0x63825363;
/** Relays and old clients drop BOOTP messages shorter than this (RFC 1542 §2.1). */
const MIN_LENGTH = 300;

/** Reads one UDP payload; null for whatever is not a well-formed DHCP message. Never throws. */
export function decodeDhcp(bytes: Buffer): DhcpPacket | null {
  if (bytes.length < FIXED_LENGTH + 4 || bytes.readUInt32BE(FIXED_LENGTH) !== COOKIE) return null;
  const op = bytes[0];
  const hlen = bytes[2]!;
  if ((op !== 1 && op !== 2) || hlen > 16) return null;

  const pieces = new Map<number, Buffer[]>();
  if (!readOptions(bytes.subarray(FIXED_LENGTH + 4), pieces)) return null;
  const overload = pieces.get(OPTION.OVERLOAD);
  let fileHoldsOptions = false;
  let snameHoldsOptions = false;
  if (overload) {
    const value = overload.length === 1 && overload[0]!.length === 1 ? overload[0]![0]! : 0;
    if (value < 1 || value > 3) return null;
    fileHoldsOptions = (value & 1) !== 0;
    snameHoldsOptions = (value & 2) !== 0;
    pieces.delete(OPTION.OVERLOAD);
    // RFC 3396 §5: the pieces are joined in the order options field, file, sname.
    if (fileHoldsOptions && !readOptions(bytes.subarray(FILE.start, FILE.end), pieces)) return null;
    if (snameHoldsOptions && !readOptions(bytes.subarray(SNAME.start, SNAME.end), pieces)) return null;
  }
  const options = new Map<number, Buffer>();
  for (const [code, parts] of pieces) options.set(code, parts.length === 1 ? parts[0]! : Buffer.concat(parts));

  return {
    op: op === 1 ? 'request' : 'reply',
    htype: bytes[1]!,
    chaddr: bytes.subarray(28, 28 + hlen),
    hops: bytes[3]!,
    xid: bytes.readUInt32BE(4),
    secs: bytes.readUInt16BE(8),
    flags: bytes.readUInt16BE(10),
    ciaddr: formatIpv4(bytes.readUInt32BE(12)),
    yiaddr: formatIpv4(bytes.readUInt32BE(16)),
    siaddr: formatIpv4(bytes.readUInt32BE(20)),
    giaddr: formatIpv4(bytes.readUInt32BE(24)),
    sname: snameHoldsOptions ? '' : cString(bytes, SNAME),
    file: fileHoldsOptions ? '' : cString(bytes, FILE),
    options,
  };
}

/**
 * Collects the options of one field; false when one runs past its end.
 *
 * A field that is used up without an end option is accepted: several embedded clients omit it, and nothing is ambiguous.
 */
function readOptions(field: Buffer, into: Map<number, Buffer[]>): boolean {
  let at = 0;
  while (at < field.length) {
    const code = field[at++]!;
    if (code === OPTION.PAD) continue;
    if (code === OPTION.END) return true;
    if (at >= field.length) return false;
    const length = field[at++]!;
    if (at + length > field.length) return false;
    const value = field.subarray(at, at + length);
    const parts = into.get(code);
    if (parts) parts.push(value);
    else into.set(code, [value]);
    at += length;
  }
  return true;
}

function cString(bytes: Buffer, { start, end }: { start: number; end: number }): string {
  if (bytes[start] === 0) return '';
  const zero = bytes.indexOf(0, start);
  return bytes.toString('latin1', start, zero < 0 || zero > end ? end : zero);
}

/**
 * Writes a message. Options longer than 255 bytes are split (RFC 3396); option 82 goes last, where RFC 3046 §2.1 wants it.
 *
 * @throws FabricError dhcp_field_too_long when sname or file does not fit its field.
 */
export function encodeDhcp(packet: DhcpPacket): Buffer {
  const parts: Buffer[] = [];
  const relay = packet.options.get(OPTION.RELAY_AGENT);
  for (const [code, value] of packet.options) {
    if (code !== OPTION.RELAY_AGENT && code !== OPTION.PAD && code !== OPTION.END) pushOption(parts, code, value);
  }
  if (relay) pushOption(parts, OPTION.RELAY_AGENT, relay);
  let length = FIXED_LENGTH + 5;
  for (const part of parts) length += part.length;

  const bytes = Buffer.alloc(Math.max(MIN_LENGTH, length));
  bytes[0] = packet.op === 'request' ? 1 : 2;
  bytes[1] = packet.htype;
  bytes[2] = packet.chaddr.length;
  bytes[3] = packet.hops;
  bytes.writeUInt32BE(packet.xid, 4);
  bytes.writeUInt16BE(packet.secs, 8);
  bytes.writeUInt16BE(packet.flags, 10);
  ipv4Bytes(packet.ciaddr).copy(bytes, 12);
  ipv4Bytes(packet.yiaddr).copy(bytes, 16);
  ipv4Bytes(packet.siaddr).copy(bytes, 20);
  ipv4Bytes(packet.giaddr).copy(bytes, 24);
  packet.chaddr.copy(bytes, 28, 0, 16);
  writeField(bytes, SNAME, packet.sname, 'sname');
  writeField(bytes, FILE, packet.file, 'file');
  bytes.writeUInt32BE(COOKIE, FIXED_LENGTH);
  let at = FIXED_LENGTH + 4;
  for (const part of parts) at += part.copy(bytes, at);
  bytes[at] = OPTION.END;
  return bytes;
}

function pushOption(parts: Buffer[], code: number, value: Buffer): void {
  for (let at = 0; at === 0 || at < value.length; at += 255) {
    const piece = value.subarray(at, at + 255);
    parts.push(Buffer.from([code, piece.length]), piece);
  }
}

function writeField(bytes: Buffer, { start, end }: { start: number; end: number }, text: string, name: string): void {
  const value = Buffer.from(text, 'latin1');
  // One byte is left for the terminating zero that clients rely on.
  if (value.length > end - start - 1) {
    throw new FabricError(
      'dhcp_field_too_long',
      `The DHCP field ${name} takes ${end - start - 1} bytes, not ${value.length}: send it as option 66 or 67`,
      { context: { name, length: value.length } },
    );
  }
  value.copy(bytes, start);
}
