import { bytesOfHex } from '../octets.ts';
import { type Capture, type CapturedFrame, MAX_FRAMES } from './model.ts';

const MAX_TEXT = 16 * 1024 * 1024;
const MAX_FRAME = 65_535;
/** xxd, hexdump -C and tcpdump -x all print 16 octets a line; what follows them is the text column. */
const OCTETS_A_DUMP_LINE = 16;

/**
 * Frames in hex text. A blank line or an offset of 0 begins a new frame. Lines that start with # are comments, and so are
 * the lines without hex that tcpdump prints above each frame. null when there is no frame in it.
 */
export function readHex(bytes: Uint8Array): Capture | null {
  if (bytes.length > MAX_TEXT) return null;
  const frames: CapturedFrame[] = [];
  const problems: string[] = [];
  let octets: number[] = [];
  const finish = () => {
    if (octets.length > 0) frames.push({ bytes: Uint8Array.from(octets), timeMs: null, linkType: 1 });
    octets = [];
  };
  for (const [index, raw] of new TextDecoder('latin1')
    .decode(bytes)
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    if (line === '') finish();
    if (line === '' || line.startsWith('#')) continue;
    const parsed = parseLine(line, octets.length);
    if (parsed === null) {
      // Heading lines stand between frames; inside one, what cannot be read must not pass for its end.
      if (octets.length > 0) problems.push(`line ${index + 1} is no hex`);
      finish();
      continue;
    }
    if (parsed.startsFrame) finish();
    for (const octet of parsed.octets) octets.push(octet);
    if (octets.length > MAX_FRAME || frames.length >= MAX_FRAMES) {
      problems.push(`line ${index + 1}: more than one frame can hold; the rest was not read`);
      octets = [];
      break;
    }
  }
  finish();
  return frames.length > 0 ? { format: 'hex', frames, problems } : null;
}

function parseLine(line: string, collected: number): { octets: Uint8Array; startsFrame: boolean } | null {
  const offset = /^(?:0x)?([0-9a-f]{4,8})(:?)(?:\s+|$)/i.exec(line);
  const value = offset ? Number.parseInt(offset[1] ?? '', 16) : -1;
  // Without a colon four hex digits may as well be data: only an offset that fits what was collected is one.
  if (offset && (offset[2] === ':' || value === collected || (value === 0 && line.includes('  ')))) {
    const octets = dumpOctets(line.slice(offset[0].length));
    return octets === null ? null : { octets, startsFrame: value === 0 };
  }
  const octets = bytesOfHex(line.replace(/^0x/i, '').replace(/[\s:.,-]/g, ''));
  return octets === null ? null : { octets, startsFrame: false };
}

/** The octets between the offset and the text column. */
function dumpOctets(line: string): Uint8Array | null {
  const column = line.replace(/\s{3,}.*$/, '').replace(/\s*\|.*$/, '');
  let hex = '';
  for (const token of column.split(/\s+/)) {
    if (hex.length >= 2 * OCTETS_A_DUMP_LINE || !/^([0-9a-f]{2})+$/i.test(token)) break;
    hex += token;
  }
  return bytesOfHex(hex.slice(0, 2 * OCTETS_A_DUMP_LINE));
}
