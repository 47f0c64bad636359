import { FabricError } from '../error/fabric-error.ts';
import { readHex } from './capture/hex.ts';
import type { Capture } from './capture/model.ts';
import { readPcap } from './capture/pcap.ts';
import { readPcapng } from './capture/pcapng.ts';
import { parseFrame } from './ethernet.ts';
import { plainOctets } from './octets.ts';

/**
 * Reads a pcap (both byte orders, micro- and nanoseconds), a pcapng, hex text (plain, or as xxd, hexdump -C and
 * tcpdump -x print it) or one bare frame. Damaged captures give the frames before the damage and a `problem`. The one
 * error is `capture_unrecognised`: this is no capture.
 */
export function readCapture(input: Uint8Array): Capture {
  const bytes = plainOctets(input);
  const capture = readPcap(bytes) ?? readPcapng(bytes) ?? readBareFrame(bytes) ?? readHex(bytes);
  if (capture) return capture;
  throw new FabricError(
    'capture_unrecognised',
    `these ${bytes.length} octets are no pcap, no pcapng, no hex text and no LLDP frame; record with: tcpdump -w FILE ether proto 0x88cc`,
    { context: { octets: bytes.length } },
  );
}

function readBareFrame(bytes: Uint8Array): Capture | null {
  if (bytes.length > 65_535 || parseFrame(bytes) === null) return null;
  return { format: 'frame', frames: [{ bytes: bytes.slice(), timeMs: null, linkType: 1 }], problems: [] };
}
