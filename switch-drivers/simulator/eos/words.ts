import { type CommandTable, lookUp } from '../cli/words.ts';

export const INVALID = '% Invalid input';
export const INCOMPLETE = '% Incomplete command';

/** Runs the command that words mean, or fails with what EOS says then. */
export function dispatch<R>(table: CommandTable<R>, words: readonly string[], fail: (text: string) => R): R {
  const found = lookUp(table, words, 'first');
  if (found.kind === 'match') return found.run();
  return fail(found.kind === 'incomplete' && words.length > 0 ? INCOMPLETE : INVALID);
}
