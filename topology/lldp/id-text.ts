import { hexOf, macOf } from './octets.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const CONTROL = /\p{Cc}/u;

/** Subtypes whose id is an address, not text: chassis id 4 and 5, port id 3 and 4. */
const macSubtype = { chassis: 4, port: 3 } as const;
const networkSubtype = { chassis: 5, port: 4 } as const;

/**
 * A chassis or port id in the form people and APIs write it: a MAC in lower case with colons, an IP address, text as it
 * is (without trailing NULs), and anything else as 0x and hex digits.
 */
export function idText(which: 'chassis' | 'port', subtype: number, id: Uint8Array): string {
  if (subtype === macSubtype[which] && id.length === 6) return macOf(id);
  if (subtype === networkSubtype[which]) return addressText(id[0] ?? 0, id.subarray(1));
  return printable(id) ?? (id.length === 6 ? macOf(id) : `0x${hexOf(id)}`);
}

/** An address by IANA address family number. */
export function addressText(family: number, address: Uint8Array): string {
  if (family === 1 && address.length === 4) return address.join('.');
  if (family === 2 && address.length === 16) return ipv6Text(address);
  if (family === 6 && address.length === 6) return macOf(address);
  return `0x${hexOf(address)}`;
}

/** RFC 5952: lower case, the longest run of two or more zero groups as `::`, the first of equals. */
function ipv6Text(address: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0));
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (best.length < 2) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}

/** Text without control characters, or null. Trailing NULs, which some devices send, are dropped. */
export function printable(bytes: Uint8Array): string | null {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  if (end === 0) return null;
  try {
    const text = strictUtf8.decode(bytes.subarray(0, end));
    return CONTROL.test(text) ? null : text;
  } catch {
    // The only error a fatal decoder has: the bytes are no UTF-8.
    return null;
  }
}
