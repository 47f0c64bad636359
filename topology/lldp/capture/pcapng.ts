import { type Capture, type CapturedFrame, MAX_FRAMES } from './model.ts';

/** Block types of draft-ietf-opsawg-pcapng. */
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const OPTION_TSRESOL = 9;

interface Interface {
  linkType: number;
  snapLength: number;
  /** Milliseconds of one timestamp unit. */
  unitMs: number;
}

export function readPcapng(bytes: Uint8Array): Capture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 28 || view.getUint32(0, false) !== SECTION_HEADER) return null;
  if (sectionIsLittle(view, 0) === null) return null;

  const frames: CapturedFrame[] = [];
  const problems: string[] = [];
  let little = true;
  let interfaces: Interface[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (frames.length === MAX_FRAMES) {
      problems.push(`more than ${MAX_FRAMES} frames; the rest was not read`);
      break;
    }
    if (at + 12 > bytes.length) {
      problems.push(`a block is cut short at octet ${at}`);
      break;
    }
    if (view.getUint32(at, false) === SECTION_HEADER) {
      const order = sectionIsLittle(view, at);
      if (order === null) {
        problems.push(`the section at octet ${at} has no byte-order magic`);
        break;
      }
      little = order;
      interfaces = [];
    }
    const type = view.getUint32(at, little);
    const length = view.getUint32(at + 4, little);
    if (length < 12 || length % 4 !== 0 || at + length > bytes.length) {
      problems.push(`the block at octet ${at} has an impossible length of ${length}`);
      break;
    }
    const body = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length - 12);
    if (type === INTERFACE) {
      if (body.byteLength >= 8) interfaces.push(readInterface(body, little));
    } else {
      const packet = readPacket(type, body, little, interfaces);
      if (packet === 'broken') problems.push(`the packet block at octet ${at} contradicts its own length`);
      else if (packet !== null) frames.push(packet);
    }
    at += length;
  }
  return { format: 'pcapng', frames, problems };
}

function sectionIsLittle(view: DataView, at: number): boolean | null {
  if (at + 12 > view.byteLength) return null;
  if (view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC) return true;
  return view.getUint32(at + 8, false) === BYTE_ORDER_MAGIC ? false : null;
}

function readInterface(body: DataView, little: boolean): Interface {
  let unitMs = 1e-3;
  let at = 8;
  while (at + 4 <= body.byteLength) {
    const code = body.getUint16(at, little);
    const length = body.getUint16(at + 2, little);
    if (code === 0 || at + 4 + length > body.byteLength) break;
    if (code === OPTION_TSRESOL && length === 1) {
      const resolution = body.getUint8(at + 4);
      unitMs = 1000 * (resolution & 0x80 ? 2 ** -(resolution & 0x7f) : 10 ** -resolution);
    }
    at += 4 + 4 * Math.ceil(length / 4);
  }
  return { linkType: body.getUint16(0, little), snapLength: body.getUint32(4, little), unitMs };
}

function readPacket(
  type: number,
  body: DataView,
  little: boolean,
  interfaces: readonly Interface[],
): CapturedFrame | 'broken' | null {
  if (type === SIMPLE_PACKET) {
    const source = interfaces[0];
    if (!source || body.byteLength < 4) return 'broken';
    const original = body.getUint32(0, little);
    const length = Math.min(original, source.snapLength || original, body.byteLength - 4);
    return { bytes: part(body, 4, length), timeMs: null, linkType: source.linkType };
  }
  if (type !== ENHANCED_PACKET && type !== OLD_PACKET) return null;
  if (body.byteLength < 20) return 'broken';
  const source = interfaces[type === OLD_PACKET ? body.getUint16(0, little) : body.getUint32(0, little)];
  const length = body.getUint32(12, little);
  if (!source || 20 + length > body.byteLength) return 'broken';
  const units = body.getUint32(4, little) * 2 ** 32 + body.getUint32(8, little);
  return { bytes: part(body, 20, length), timeMs: units * source.unitMs, linkType: source.linkType };
}

function part(body: DataView, offset: number, length: number): Uint8Array {
  return new Uint8Array(body.buffer, body.byteOffset + offset, length).slice();
}
