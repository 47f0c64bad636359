import { type LldpRaw, parseFrame } from '../../../topology/lldp/index.ts';

/**
 * The TLVs of an Ethernet frame that carries an LLDPDU (IEEE 802.1AB section 9), null for any other frame. A TLV that
 * reaches past the frame ends the list: what came before it is kept, decoding is the conductor's business.
 */
export function lldpRaw(frame: Uint8Array): LldpRaw | null {
  const payload = parseFrame(frame)?.payload;
  if (!payload) return null;
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const tlvs: LldpRaw = [];
  for (let offset = 0; offset + 2 <= bytes.length; ) {
    const head = bytes.readUInt16BE(offset);
    const type = head >> 9;
    const end = offset + 2 + (head & 0x1ff);
    if (end > bytes.length) break;
    tlvs.push([type, bytes.toString('hex', offset + 2, end)]);
    if (type === 0) break;
    offset = end;
  }
  return tlvs.length === 0 ? null : tlvs;
}
