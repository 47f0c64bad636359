import { FabricError } from '../error/fabric-error.ts';

/** Notations in use: 52:54:00:12:34:56, 52-54-..., 5254.0012.3456, 5254-0012-3456, 525400-123456, 525400123456. */
const OCTETS = /^[0-9a-f]{1,2}([:-])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2}){4}$/;
const GROUPS = /^(?:[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}|[0-9a-f]{6}[-:][0-9a-f]{6}|[0-9a-f]{12})$/;

/** The MAC in lower case with colons, or null when `text` is none. */
export function tryParseMac(text: string): string | null {
  const lower = text.trim().toLowerCase();
  if (OCTETS.test(lower)) {
    return lower
      .split(/[:-]/)
      .map((octet) => octet.padStart(2, '0'))
      .join(':');
  }
  if (!GROUPS.test(lower)) return null;
  return lower.replace(/[.:-]/g, '').replace(/..(?!$)/g, '$&:');
}

/** The MAC in lower case with colons. Throws `mac_invalid`. */
export function parseMac(text: string): string {
  const mac = tryParseMac(text);
  if (mac !== null) return mac;
  throw new FabricError('mac_invalid', `"${text}" is no MAC address; write it as 52:54:00:12:34:56`, {
    context: { text },
  });
}
