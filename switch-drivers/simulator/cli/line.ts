import type { Misfit } from './words.ts';

/** A line as it was typed, with its words and where each of them begins. */
export interface Line {
  text: string;
  words: string[];
  offsets: number[];
}

export function readLine(text: string): Line {
  const found = [...text.matchAll(/\S+/g)];
  return { text, words: found.map(([word]) => word), offsets: found.map(({ index }) => index) };
}

/** The line from its `count`-th word on; offsets stay those of the line that was typed. */
export function skipWords({ text, words, offsets }: Line, count: number): Line {
  return { text, words: words.slice(count), offsets: offsets.slice(count) };
}

/** What stands in the line from its `count`-th word on, blanks and all. */
export function restOf({ text, offsets }: Line, count: number): string {
  return text.slice(offsets[count] ?? text.length).trimEnd();
}

/** A value that the command does not take: the caret points at its first character. */
export function wrongWord(word: number): Misfit {
  return { kind: 'invalid', word, char: 0 };
}

/** Column at which the misfit begins on the screen: the typed line stands behind the prompt. */
export function misfitColumn(line: Line, misfit: Extract<Misfit, { kind: 'invalid' }>, prompt: string): number {
  return prompt.length + (line.offsets[misfit.word] ?? line.text.length) + misfit.char;
}

/** Of two reasons that of the parser which got further; one that wants more of the line got to its end. */
export function further(inner: Misfit, outer: Misfit): Misfit {
  return progress(inner) >= progress(outer) ? inner : outer;
}

function progress(misfit: Misfit): number {
  return misfit.kind === 'invalid' ? misfit.word * 1000 + misfit.char : Number.POSITIVE_INFINITY;
}
