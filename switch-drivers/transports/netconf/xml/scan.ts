import { malformed, tooLarge } from '../errors.ts';

/** Longest start tag with its attributes; namespace declarations are the only long ones, and they stay below 4 KB. */
const MAX_TAG = 64 * 1024;
const MAX_TAGS = 8_000_000;

/**
 * Looks at the markup only, in one pass, before a parser builds anything: no DOCTYPE and with it no entity of the
 * sender's (RFC 6241 section 3.2 forbids it), no text outside the root element (the parser would drop it), and bounds
 * on the size and the number of tags.
 */
export function scanMarkup(text: string): void {
  let tags = 0;
  let depth = 0;
  let end = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', end)) {
    if (depth === 0) assertBlank(text.slice(end, at));
    if (text.startsWith('<!--', at)) end = endOf(text, '-->', at + 4);
    else if (depth > 0 && text.startsWith('<![CDATA[', at)) end = endOf(text, ']]>', at + 9);
    else if (text.startsWith('<?', at)) end = endOf(text, '?>', at + 2);
    else if (text.startsWith('<!', at))
      throw malformed('a document type declaration, or other markup where none may be');
    else {
      end = endOfTag(text, at);
      if (text[at + 1] === '/') depth -= 1;
      else if (text[end - 2] !== '/') depth += 1;
      tags += 1;
      if (tags > MAX_TAGS) throw tooLarge(`more than ${MAX_TAGS} XML tags in a message`);
    }
  }
  assertBlank(text.slice(end));
}

function assertBlank(text: string): void {
  if (text.trim() !== '') throw malformed('text outside the root element');
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at === -1) throw malformed(`XML markup that is not closed by ${mark}`);
  return at + mark.length;
}

function endOfTag(text: string, start: number): number {
  let quote = '';
  const limit = Math.min(text.length, start + MAX_TAG);
  for (let at = start + 1; at < limit; at += 1) {
    const char = text[at]!;
    // XML 1.0 section 3.1: not within an attribute's value either.
    if (char === '<') throw malformed('an XML tag within a tag');
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '>') return at + 1;
    else if (char === '"' || char === "'") quote = char;
  }
  if (limit < text.length) throw tooLarge(`an XML tag of more than ${MAX_TAG} characters`);
  throw malformed('an XML tag that does not end');
}
