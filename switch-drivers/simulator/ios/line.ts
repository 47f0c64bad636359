import type { Misfit } from '../cli/words.ts';

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

/** IOS's words for a line it cannot take; the caret stands under the typed line, hence behind the prompt. */
export function complaint(line: Line, misfit: Misfit, prompt: string): string {
  if (misfit.kind === 'incomplete') return '% Incomplete command.\n\n';
  if (misfit.kind === 'ambiguous') return `% Ambiguous command:  "${line.text.trim()}"\n`;
  const column = prompt.length + (line.offsets[misfit.word] ?? line.text.length) + misfit.char;
  return `${' '.repeat(column)}^\n% Invalid input detected at '^' marker.\n\n`;
}
