import type { CliMode } from '../transports/ssh-cli/dialect.ts';

/** View inside `interface ...` or `vlan ...`. */
const BLOCK_VIEW = 'block';

/**
 * The views of Comware and VRP: `<host>`, `[host]`, `[host-vlan10]`. `sign` is what may stand before the host's name in the
 * brackets, `interfaces` are the types of interface whose block is entered: a host's name may hold dashes, too.
 */
export function views(sign: string, interfaces: readonly string[]): CliMode[] {
  const host = '(?<host>[^\\s<>[\\]~*]+';
  const types = ['vlan', ...interfaces.map((type) => type.replaceAll('|', '\\|'))];
  const block = `(?:${types.join('|')})\\d[\\d/:]*`;
  return [
    { name: BLOCK_VIEW, prompt: new RegExp(`^\\[${sign}${host}?)-${block}\\]$`), leave: 'quit' },
    {
      name: 'system',
      prompt: new RegExp(`^\\[${sign}${host})\\]$`),
      enter: { from: 'user', line: 'system-view' },
      leave: 'return',
    },
    { name: 'user', prompt: new RegExp(`^<${host})>$`) },
  ];
}

export const pager = { prompt: /^\s*-{2,4} ?More ?-{2,4}\s*$/, key: ' ' };

/**
 * A line that cannot be parsed is marked `% ...` by Comware and `Error: ...` by VRP; Comware says other refusals with and
 * without a word in front. That LLDP is off is an answer, and a message of the log (`%Jan  1 ...`) is none.
 */
export const failures: readonly RegExp[] = [
  /^\s*% ?(?:Unrecognized|Incomplete|Ambiguous|Wrong|Too many|Invalid)\b/i,
  /^\s*Error ?:(?!.*\bLLDP\b)/i,
  /^\s*(?:Failed to|Permission denied|Can ?not|Can't|Operation failed|Invalid)\b/i,
  /^\s*(?:The|This) (?:VLAN|port|interface|command|operation|configuration|link type)\b.*\b(?:not|cannot|fail(?:s|ed)|locked|reserved)\b/i,
];
