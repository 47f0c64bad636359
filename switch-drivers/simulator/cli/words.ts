/** A table of commands: keywords, `<x>` for one word, `<x...>` for the rest of the line, and what is done then. */
export type CommandTable<R> = ReadonlyArray<readonly [pattern: string, run: (values: string[]) => R]>;

/** Why no command is meant: the line stops too early, means two, or makes no sense from a character of a word on. */
export type Misfit = { kind: 'incomplete' } | { kind: 'ambiguous' } | { kind: 'invalid'; word: number; char: number };

export type Lookup<R> = { kind: 'match'; run: () => R } | Misfit;

interface Row<R> {
  want: string[];
  run(values: string[]): R;
}

/**
 * Finds the command that words mean; keywords may be shortened. `first`: of several the first of the table counts.
 * `strict`: a whole keyword goes before a shortened one, a keyword before a value, and what is left over is ambiguous.
 */
export function lookUp<R>(table: CommandTable<R>, words: readonly string[], conflicts: 'first' | 'strict'): Lookup<R> {
  let rows: Row<R>[] = table.map(([pattern, run]) => ({ want: pattern.split(' '), run }));
  for (const [index, word] of words.entries()) {
    const fitting = rows.filter(({ want }) => fits(tokenAt(want, index), word));
    if (fitting.length === 0) return { kind: 'invalid', word: index, char: agreement(rows, index, word) };
    const preferred = conflicts === 'first' ? fitting : meant(fitting, index, word);
    if (preferred === null) return { kind: 'ambiguous' };
    rows = preferred;
  }
  const found = rows.find(
    ({ want }) => want.length === words.length || (takesRest(want) && want.length < words.length),
  );
  return found ? { kind: 'match', run: () => found.run(valuesOf(found.want, words)) } : { kind: 'incomplete' };
}

export function matches(words: readonly string[], pattern: string): boolean {
  return lookUp([[pattern, () => null]], words, 'first').kind === 'match';
}

function takesRest(want: readonly string[]): boolean {
  return want.at(-1)?.endsWith('...>') === true;
}

function tokenAt(want: readonly string[], index: number): string | undefined {
  return want[index] ?? (takesRest(want) ? want.at(-1) : undefined);
}

function isValue(token: string | undefined): boolean {
  return token?.startsWith('<') === true;
}

function fits(token: string | undefined, word: string): boolean {
  return token !== undefined && (isValue(token) || token.startsWith(word.toLowerCase()));
}

/** The rows a careful parser goes on with; null when the word stands for two keywords. */
function meant<R>(rows: Row<R>[], index: number, word: string): Row<R>[] | null {
  const keywords = rows.filter(({ want }) => !isValue(tokenAt(want, index)));
  if (keywords.length === 0) return rows;
  const whole = keywords.filter(({ want }) => want[index] === word.toLowerCase());
  if (whole.length > 0) return whole;
  return new Set(keywords.map(({ want }) => want[index])).size === 1 ? keywords : null;
}

/** How many characters of the word are those of some keyword. */
function agreement<R>(rows: Row<R>[], index: number, word: string): number {
  let longest = 0;
  for (const { want } of rows) {
    const token = want[index] ?? '';
    let length = 0;
    while (length < word.length && token[length] === word[length]?.toLowerCase()) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

function valuesOf(want: readonly string[], words: readonly string[]): string[] {
  return want.flatMap((token, index) => {
    if (!isValue(token)) return [];
    return [token.endsWith('...>') ? words.slice(index).join(' ') : words[index]!];
  });
}
