import type { NeighborRow } from '../contract/rows.ts';
import { normalizeMac } from '../transports/ssh-cli/parse.ts';

/** IEEE 802.1AB tables 8-2 and 8-3, in words that differ in case and in blanks between releases (`macAddress`). */
const CHASSIS_SUBTYPES: Record<string, number> = {
  chassiscomponent: 1,
  interfacealias: 2,
  portcomponent: 3,
  macaddress: 4,
  networkaddress: 5,
  interfacename: 6,
  locallyassigned: 7,
  local: 7,
};
const PORT_SUBTYPES: Record<string, number> = {
  interfacealias: 1,
  portcomponent: 2,
  macaddress: 3,
  networkaddress: 4,
  interfacename: 5,
  agentcircuitid: 6,
  locallyassigned: 7,
  local: 7,
};

/** How Comware and VRP write MAC addresses. */
const VENDOR_MAC = /^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/i;

export function chassisSubtype(words: string): number | null {
  return CHASSIS_SUBTYPES[key(words)] ?? null;
}

export function portSubtype(words: string): number | null {
  return PORT_SUBTYPES[key(words)] ?? null;
}

/** `Network address(IPv4)` is a network address. */
function key(words: string): string {
  return words
    .replace(/\(.*$/, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** MAC addresses in our form, where the subtype is a MAC address or not known. */
export function withPlainIds(row: NeighborRow): NeighborRow {
  return {
    ...row,
    chassisId: plain(row.chassisId, row.chassisIdSubtype, 4),
    remotePortId: plain(row.remotePortId, row.portIdSubtype, 3),
  };
}

function plain(id: string | null, subtype: number | null, macSubtype: number): string | null {
  if (id === null || (subtype !== macSubtype && !(subtype === null && isVendorMac(id)))) return id;
  return normalizeMac(id) ?? id;
}

export function isVendorMac(text: string): boolean {
  return VENDOR_MAC.test(text);
}

/** Addresses of type all802 are MAC addresses. */
export function plainAddress(text: string): string {
  return isVendorMac(text) ? (normalizeMac(text) ?? text) : text;
}
