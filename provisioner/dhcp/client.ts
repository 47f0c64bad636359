import { OPTION } from './constants.ts';
import type { DhcpPacket } from './packet.ts';

/** What a message says about who sent it. */
export interface DhcpClient {
  /** Lower case, colons. */
  mac: string;
  /** Option 97 as the UUID text that dmidecode and Redfish show; null when absent or not of type 0. */
  uuid: string | null;
  /** Option 93, first entry (RFC 4578 §2.1); null when the client does not netboot. */
  arch: number | null;
  /** iPXE itself, by option 175 or its user class: give it the script, or it loads itself again and again. */
  ipxe: boolean;
  userClasses: readonly string[];
  vendorClass: string | null;
  /** Option codes it asked for. */
  requested: ReadonlySet<number>;
}

/** Null when the hardware address is not an Ethernet one: nothing here could be found by it. */
export function describeClient(packet: DhcpPacket): DhcpClient | null {
  if (packet.htype !== 1 || packet.chaddr.length !== 6) return null;
  const userClasses = decodeUserClass(packet.options.get(OPTION.USER_CLASS));
  const arch = packet.options.get(OPTION.CLIENT_ARCH);
  return {
    mac: formatMac(packet.chaddr),
    uuid: decodeUuid(packet.options.get(OPTION.CLIENT_UUID)),
    arch: arch && arch.length >= 2 && arch.length % 2 === 0 ? arch.readUInt16BE(0) : null,
    ipxe: packet.options.has(OPTION.IPXE) || userClasses.includes('iPXE'),
    userClasses,
    vendorClass: packet.options.get(OPTION.VENDOR_CLASS)?.toString('latin1') ?? null,
    requested: new Set(packet.options.get(OPTION.PARAMETER_LIST)),
  };
}

export function formatMac(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  let text = hex.slice(0, 2);
  for (let at = 2; at < hex.length; at += 2) text += `:${hex.slice(at, at + 2)}`;
  return text;
}

/**
 * Option 77: RFC 3004 says a list of length-prefixed strings; iPXE (and Microsoft's clients) send one bare string.
 * The prefixed form is taken only when the lengths use up the option exactly.
 */
export function decodeUserClass(option: Buffer | undefined): string[] {
  if (!option || option.length === 0) return [];
  const classes: string[] = [];
  let at = 0;
  while (at < option.length) {
    const length = option[at]!;
    if (length === 0 || at + 1 + length > option.length) return [option.toString('latin1')];
    classes.push(option.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return classes;
}

/** Option 97: type 0 and 16 bytes, the first three fields little-endian as SMBIOS stores them (RFC 4578 §2.3). */
export function decodeUuid(option: Buffer | undefined): string | null {
  if (option?.length !== 17 || option[0] !== 0) return null;
  const raw = Buffer.from(option.subarray(1));
  raw.subarray(0, 4).reverse();
  raw.subarray(4, 6).reverse();
  raw.subarray(6, 8).reverse();
  const hex = raw.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The inverse of decodeUuid, for simulated clients. */
export function encodeUuid(uuid: string): Buffer {
  const raw = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  raw.subarray(0, 4).reverse();
  raw.subarray(4, 6).reverse();
  raw.subarray(6, 8).reverse();
  return Buffer.concat([Buffer.from([0]), raw]);
}
