/** Result of matching a line against a command: what stands at the places in angle brackets, or how far it got. */
export type Match = { kind: 'match'; values: string[] } | { kind: 'incomplete' } | null;

/**
 * Matches words against a pattern such as `switchport access vlan <id>`. Keywords may be shortened, as EOS allows;
 * `<x>` takes one word, `<x...>` the rest of the line.
 */
export function matchCommand(words: readonly string[], pattern: string): Match {
  const values: string[] = [];
  const expected = pattern.split(' ');
  for (const [index, want] of expected.entries()) {
    const word = words[index];
    if (word === undefined) return index === 0 ? null : { kind: 'incomplete' };
    if (want.endsWith('...>')) return { kind: 'match', values: [...values, words.slice(index).join(' ')] };
    if (want.startsWith('<')) values.push(word);
    else if (!want.startsWith(word.toLowerCase())) return null;
  }
  return words.length === expected.length ? { kind: 'match', values } : null;
}

/** A table of commands; the first that matches runs. */
export type CommandTable<R> = ReadonlyArray<readonly [pattern: string, run: (values: string[]) => R]>;

export const INVALID = '% Invalid input';
export const INCOMPLETE = '% Incomplete command';

export function dispatch<R>(table: CommandTable<R>, words: readonly string[], fail: (text: string) => R): R {
  let incomplete = false;
  for (const [pattern, run] of table) {
    const match = matchCommand(words, pattern);
    if (match?.kind === 'match') return run(match.values);
    incomplete ||= match?.kind === 'incomplete';
  }
  return fail(incomplete ? INCOMPLETE : INVALID);
}
