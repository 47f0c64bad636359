import { type Line, restOf, skipWords } from './line.ts';
import { type CommandTable, lookUp, type Misfit } from './words.ts';

type Filter = (rows: string[]) => string[];

/** A vendor's filters; `matching` tells a row that the regular expression behind the filter's name matches. */
export type Filters = (matching: (row: string) => boolean) => CommandTable<Filter>;

/**
 * What a show command answers, with what stands behind a bar in its line done to it. `answer` gets the line up to the bar.
 */
export function piped(
  line: Line,
  answer: (words: Line) => string | Misfit,
  filters: Filters = ciscoFilters,
): string | Misfit {
  const bar = line.words.indexOf('|');
  if (bar < 0) return answer(line);
  const text = answer({ ...line, words: line.words.slice(0, bar), offsets: line.offsets.slice(0, bar) });
  if (typeof text !== 'string') return text;
  const filter = readFilter(skipWords(line, bar + 1), filters);
  if (typeof filter === 'function') {
    const rows = filter(text.replace(/\n$/, '').split('\n'));
    return rows.map((row) => `${row}\n`).join('');
  }
  if ('refused' in filter) return filter.refused;
  return filter.kind === 'invalid' ? { ...filter, word: filter.word + bar + 1 } : filter;
}

const ciscoFilters: Filters = (matching) => [
  ['begin <regex...>', () => (rows) => from(rows, matching)],
  ['exclude <regex...>', () => (rows) => rows.filter((row) => !matching(row))],
  ['include <regex...>', () => (rows) => rows.filter(matching)],
  ['section <regex...>', () => (rows) => sections(rows, matching)],
];

/** From the first row that matches on; nothing where none does. */
export function from(rows: string[], matching: (row: string) => boolean): string[] {
  return rows.some(matching) ? rows.slice(rows.findIndex(matching)) : [];
}

/** What stands behind the bar of a show command: a filter of the lines that the command prints. */
function readFilter(line: Line, filters: Filters): Filter | { refused: string } | Misfit {
  const pattern = compile(restOf(line, 1));
  if (pattern === null) return { refused: '% Failed to compile regular expression.\n' };
  const found = lookUp(
    filters((row) => pattern.test(row)),
    line.words,
    'strict',
  );
  return found.kind === 'match' ? found.run() : found;
}

function compile(text: string): RegExp | null {
  try {
    return new RegExp(text);
  } catch {
    return null;
  }
}

/** Lines that match, each with the lines under it: those that are indented deeper. */
function sections(rows: readonly string[], matching: (row: string) => boolean): string[] {
  const indent = (row: string) => row.length - row.trimStart().length;
  let within = Number.POSITIVE_INFINITY;
  return rows.filter((row) => {
    if (indent(row) > within) return true;
    within = matching(row) ? indent(row) : Number.POSITIVE_INFINITY;
    return within !== Number.POSITIVE_INFINITY;
  });
}
