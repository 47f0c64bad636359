import type { LineRule } from '../transports/ssh-cli/text/read-lines.ts';

/** Lines of the terminal rather than of the command: prompts with or without a command, echoed commands, the pager. */
export const TERMINAL: readonly LineRule[] = [
  { pattern: /^\s?(?:<[^<>]{1,100}>|\[[^[\]]{1,100}\])\s*(?:dis[a-z]* .*)?$/ },
  { pattern: /^dis(?:play)? [a-z][\w\s/.-]*$/ },
  { pattern: /^\s*-{2,4} ?More ?-{2,4}$/ },
];

/** Takes away what the pager leaves where it wiped out its own prompt, with so many blanks or by moving the cursor. */
export function pagerRemover(blanks: number): (output: string) => string {
  const left = new RegExp(
    `^[ \\t]*-{2,4} ?More ?-{2,4}(?:\\x1b\\[\\d+D *\\x1b\\[\\d+D|\\r *\\r|\\x08+ *\\x08+| {${blanks}})?`,
    'gm',
  );
  return (output) => output.replace(left, '');
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}

/** What tables print for "nothing" is null. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || /^-{0,2}$/.test(text.trim()) ? null : text.trim();
}
