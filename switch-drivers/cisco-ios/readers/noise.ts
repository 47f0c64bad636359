import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** Lines that a terminal session puts around any output: `terminal exec prompt timestamp`, the pager, prompts, errors. */
export const noise: readonly LineRule[] = [
  { pattern: /^Load for five secs: \d/ },
  { pattern: /^(?:No time source|Time source is \w+), / },
  { pattern: /^ *--More-- *$/ },
  { pattern: /^[\w.:/@~-]{1,80}(?:\([\w.:-]{1,80}\))?[#>](?: ?(?:show|exit|logout|terminal) ?.*)?$/ },
];

/** Without what the pager leaves at the beginning of a line: its prompt and the blanks and backspaces that wipe it out. */
export function withoutPager(output: string): string {
  return output.replace(/^ *--More--(?:[ \b\r]*[\b\r]| )?/gm, '');
}
