/** IPv4 addresses as unsigned 32-bit numbers: what range and subnet arithmetic needs. */

export interface Subnet {
  network: number;
  broadcast: number;
  mask: number;
  prefix: number;
}

/** Dotted quad to number; null for anything else (no leading zeros, no short forms). */
export function parseIpv4(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return null;
  let value = 0;
  for (const part of match.slice(1)) {
    const octet = Number(part);
    if (octet > 255 || String(octet) !== part) return null;
    value = value * 256 + octet;
  }
  return value;
}

export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** `10.77.0.0/24` to its bounds; null when it is not a network address with a prefix of 8..30. */
export function parseSubnet(cidr: string): Subnet | null {
  const [address, prefixText, ...rest] = cidr.split('/');
  if (address === undefined || prefixText === undefined || rest.length > 0 || !/^\d{1,2}$/.test(prefixText))
    return null;
  const network = parseIpv4(address);
  const prefix = Number(prefixText);
  if (network === null || prefix < 8 || prefix > 30) return null;
  const mask = (0xffffffff << (32 - prefix)) >>> 0;
  if ((network & mask) >>> 0 !== network) return null;
  return { network, mask, prefix, broadcast: (network | ~mask) >>> 0 };
}

export function subnetContains(subnet: Subnet, address: number): boolean {
  return (address & subnet.mask) >>> 0 === subnet.network;
}

/** Four bytes on the wire. */
export function ipv4Bytes(address: string): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(parseIpv4(address) ?? 0);
  return bytes;
}
