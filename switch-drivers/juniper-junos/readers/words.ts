/** A pattern for statements that begin with one of these, whole words only. */
export function beginsWith(starts: readonly string[]): RegExp {
  return new RegExp(`^(?:${starts.join('|')})(?: |$)`);
}
