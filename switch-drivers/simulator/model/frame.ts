const TPID = 0x8100;
export const ETHERTYPE_LLDP = 0x88cc;

/** An Ethernet frame taken apart as far as a bridge has to. */
export interface ParsedFrame {
  destination: string;
  source: string;
  /** VLAN of the outer 802.1Q tag; null when there is none or it is a priority tag (VID 0, IEEE 802.1Q 9.6). */
  vlan: number | null;
  ethertype: number;
  /** The frame without its tag. */
  untagged: Buffer;
}

/** Null for anything too short to be a frame. */
export function parseFrame(frame: Buffer): ParsedFrame | null {
  if (frame.length < 14) return null;
  const tagged = frame.readUInt16BE(12) === TPID;
  if (tagged && frame.length < 18) return null;
  const vid = tagged ? frame.readUInt16BE(14) & 0xfff : 0;
  const untagged = tagged ? Buffer.concat([frame.subarray(0, 12), frame.subarray(16)]) : frame;
  return {
    destination: macText(frame.subarray(0, 6)),
    source: macText(frame.subarray(6, 12)),
    vlan: vid === 0 ? null : vid,
    ethertype: untagged.readUInt16BE(12),
    untagged,
  };
}

export function addTag(untagged: Buffer, vlan: number): Buffer {
  const tag = Buffer.alloc(4);
  tag.writeUInt16BE(TPID, 0);
  tag.writeUInt16BE(vlan, 2);
  return Buffer.concat([untagged.subarray(0, 12), tag, untagged.subarray(12)]);
}

/** Group bit of the first octet (IEEE 802 8.2.2); broadcast included. */
export function isGroupAddress(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}

/** 01:80:C2:00:00:00..0F: frames that no bridge forwards (IEEE 802.1Q table 8-1). */
export function isLinkLocal(mac: string): boolean {
  return /^01:80:c2:00:00:0[0-9a-f]$/.test(mac);
}

export function macText(octets: Buffer): string {
  return octets.toString('hex').replace(/(..)(?!$)/g, '$1:');
}
