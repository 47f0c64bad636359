import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

/**
 * One line that may go to a terminal. Names and messages come from switches, servers and LLDP frames: what is printed
 * must not move the cursor, set colours or ring a bell.
 */
export function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .trim();
}

/** Columns of a terminal that `text` takes; colours take none. */
export const widthOf = (text: string): number => stringWidth(text);

/** `text` in at most `width` columns, with an ellipsis where something was cut. Takes text without colours. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
