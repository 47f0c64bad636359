import { FabricError } from '../error/fabric-error.ts';
import { macOf } from './octets.ts';

/** IEEE 802.1AB-2016 7.1: nearest bridge, nearest non-TPMR bridge, nearest customer bridge. */
export const LLDP_MULTICAST = ['01:80:c2:00:00:0e', '01:80:c2:00:00:03', '01:80:c2:00:00:00'] as const;
export const LLDP_ETHERTYPE = 0x88cc;

/** Ethertypes of VLAN tags: 802.1Q, 802.1ad, and the older QinQ one. */
const TAGS = new Set([0x8100, 0x88a8, 0x9100]);
const MAX_TAGS = 4;

export interface LldpFrame {
  /** Lower case with colons. */
  destination: string;
  source: string;
  /** VLAN ids of the tags in front of the ethertype, outermost first; normally none. */
  vlans: number[];
  /** The LLDPDU, still with the padding of the frame. */
  payload: Uint8Array;
}

/** Takes an Ethernet frame (without FCS) apart; null when it carries no LLDP. Never throws. */
export function parseFrame(frame: Uint8Array): LldpFrame | null {
  const vlans: number[] = [];
  let at = 12;
  for (;;) {
    if (at + 2 > frame.length) return null;
    const type = u16(frame, at);
    if (type === LLDP_ETHERTYPE) break;
    if (!TAGS.has(type) || vlans.length === MAX_TAGS || at + 4 > frame.length) return null;
    vlans.push(u16(frame, at + 2) & 0xfff);
    at += 4;
  }
  return {
    destination: macOf(frame.subarray(0, 6)),
    source: macOf(frame.subarray(6, 12)),
    vlans,
    payload: frame.subarray(at + 2),
  };
}

/** An Ethernet frame around an LLDPDU, padded to the 60 octets that Ethernet asks for (without FCS). */
export function buildFrame(options: { source: string; destination?: string; payload: Uint8Array }): Uint8Array {
  const frame = new Uint8Array(Math.max(60, 14 + options.payload.length));
  frame.set(macOctets(options.destination ?? LLDP_MULTICAST[0]), 0);
  frame.set(macOctets(options.source), 6);
  frame.set([LLDP_ETHERTYPE >> 8, LLDP_ETHERTYPE & 0xff], 12);
  frame.set(options.payload, 14);
  return frame;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function macOctets(mac: string): number[] {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac)) {
    throw new FabricError('mac_invalid', `"${mac}" is no MAC address; write it as 52:54:00:12:34:56`);
  }
  return mac.split(':').map((octet) => Number.parseInt(octet, 16));
}
