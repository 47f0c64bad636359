import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, withoutPager } from './noise.ts';

/** A line of `| display set`. */
export interface Statement {
  line: string;
  /** The words after `set`, without quotes. */
  words: string[];
}

/**
 * The statements that are in force: what a `deactivate` line names is left out. Only the parts of the configuration
 * about interfaces and VLANs are taken; lines of others are not parsed.
 */
export function statementsOf(output: string): { statements: Statement[]; unparsed: string[] } {
  const all: Statement[] = [];
  const inactive: string[] = [];
  const unparsed = readLines(withoutPager(output), [
    {
      pattern: /^\s*set (?:interfaces|vlans|switch-options voip|ethernet-switching-options voip) \S/,
      take: (_match, line) => void all.push({ line: line.trim(), words: wordsOf(line).slice(1) }),
    },
    {
      pattern: /^\s*deactivate (?:interfaces|vlans|switch-options|ethernet-switching-options)(?: \S.*)?$/,
      take: (_match, line) => void inactive.push(`${wordsOf(line).slice(1).join(' ')} `),
    },
    { pattern: /^\s*## (?:Last (?:commit|changed): |'.*' was inherited from group )/ },
    ...NOISE,
  ]);
  const statements = all.filter(({ words }) => {
    const path = `${words.join(' ')} `;
    return !inactive.some((prefix) => path.startsWith(prefix));
  });
  return { statements, unparsed };
}

function wordsOf(line: string): string[] {
  return Array.from(line.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g), ([word, quoted]) =>
    quoted === undefined ? word : quoted.replace(/\\(.)/g, '$1'),
  );
}
