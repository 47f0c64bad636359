import { malformed } from '../errors.ts';
import { isText } from './element.ts';

const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));|&/g;

/** Resolves character references and the five predefined entities (XML 1.0 section 4.6); there are no others. */
export function decodeEntities(text: string): string {
  const decoded = text.includes('&') ? text.replace(REFERENCE, decode) : text;
  if (!isText(decoded)) throw malformed('control characters in XML text');
  return decoded;
}

function decode(reference: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined && Object.hasOwn(PREDEFINED, name)) return PREDEFINED[name]!;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  if (!(code > 0 && code <= 0x10ffff)) throw malformed(`the entity reference ${JSON.stringify(reference)}`);
  return String.fromCodePoint(code);
}
