import { type Capture, type CapturedFrame, MAX_FRAMES } from './model.ts';

/** libpcap savefile format (draft-ietf-opsawg-pcap): magic number by byte order and time resolution. */
const variants = [
  { magic: 0xa1b2c3d4, fraction: 1e-3 },
  { magic: 0xa1b23c4d, fraction: 1e-6 },
];

export function readPcap(bytes: Uint8Array): Capture | null {
  if (bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = variants.find(({ magic }) => view.getUint32(0, true) === magic);
  const variant = little ?? variants.find(({ magic }) => view.getUint32(0, false) === magic);
  if (!variant) return null;
  const isLittle = little !== undefined;

  // The upper bits may hold the length of an FCS; the link type is the lower 16.
  const linkType = view.getUint32(20, isLittle) & 0xffff;
  const frames: CapturedFrame[] = [];
  const problems: string[] = [];
  let at = 24;
  while (at < bytes.length) {
    if (frames.length === MAX_FRAMES) {
      problems.push(`more than ${MAX_FRAMES} frames; the rest was not read`);
      break;
    }
    const length = at + 16 <= bytes.length ? view.getUint32(at + 8, isLittle) : 0;
    if (at + 16 + length > bytes.length) {
      problems.push(`frame ${frames.length + 1} is cut short at octet ${at}`);
      break;
    }
    const timeMs = view.getUint32(at, isLittle) * 1000 + view.getUint32(at + 4, isLittle) * variant.fraction;
    frames.push({ bytes: bytes.slice(at + 16, at + 16 + length), timeMs, linkType });
    at += 16 + length;
  }
  return { format: 'pcap', frames, problems };
}
