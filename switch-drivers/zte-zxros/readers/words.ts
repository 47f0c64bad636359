/** A pattern for `key: value` lines with one of these keys. */
export function keys(names: readonly string[]): RegExp {
  return new RegExp(String.raw`^\s*(?:${names.join('|')})\s*:`, 'i');
}
