import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import { type Line, restOf } from './line.ts';

type Filter = (rows: string[]) => string[];

/** What stands behind the bar of a show command: a filter of the lines that the command prints. */
export function readFilter(line: Line): Filter | { refused: string } | Misfit {
  const pattern = compile(restOf(line, 1));
  if (pattern === null) return { refused: '% Failed to compile regular expression.\n' };
  const matching = (row: string) => pattern.test(row);
  const table: CommandTable<Filter> = [
    ['begin <regex...>', () => (rows) => (rows.some(matching) ? rows.slice(rows.findIndex(matching)) : [])],
    ['exclude <regex...>', () => (rows) => rows.filter((row) => !matching(row))],
    ['include <regex...>', () => (rows) => rows.filter(matching)],
    ['section <regex...>', () => (rows) => sections(rows, matching)],
  ];
  const found = lookUp(table, line.words, 'strict');
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
