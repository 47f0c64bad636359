import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** What a rule's `take` says: false leaves the line to the rules after it. */
export type Taken = ReturnType<NonNullable<LineRule['take']>>;

/** Lines of the terminal rather than of the command: prompts, an echoed command, the time of day, rulers. */
export const NOISE: readonly LineRule[] = [
  { pattern: /^\s*[\w.:@/~-]{1,64}(?:\([^()\s]{1,64}\))?[>#](?: ?show .*)?$/ },
  { pattern: /^\s*show [\w /:|_-]{1,100}$/ },
  { pattern: /^\d\d:\d\d:\d\d \S+ [A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d{4}$/ },
  { pattern: /^\s*[-=]{3,}[-= ]*$/ },
];

/** The output without what a pager leaves when it overwrites its own prompt. */
export function withoutPager(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal overwrites with control characters
  return output.replace(/-{1,4} ?More ?-{1,4}[ \b\r]*(?:\x1b\[K)?/g, '');
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}
