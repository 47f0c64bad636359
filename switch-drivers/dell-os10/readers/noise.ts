import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** Lines of the terminal rather than of the command: prompts with what was typed, rulers, the pager. */
export const noise: readonly LineRule[] = [
  { pattern: /^[\w.:@~-]{1,64}(?:\(conf[\w./:-]{0,80}\))?# ?(?:(?:do )?show .*|exit|end|terminal .*)?$/ },
  { pattern: /^ *[-=]{4,}[-= ]*$/ },
  { pattern: /^ *-+ ?more ?-+ *$/i },
];

/** Without what the pager leaves at the beginning of a line: its prompt, and the blanks that wipe it out. */
export function withoutPager(output: string): string {
  return output.replace(/^ *--more--(?:[ \b\r]*[\b\r]| )?/gim, '');
}
