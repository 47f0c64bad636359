import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** Lines of the terminal rather than of the command: prompts with or without a command, time stamps, the pager, rulers. */
export const NOISE: readonly LineRule[] = [
  { pattern: /^\s?(?:<[^<>]{1,100}>|\[[^[\]]{1,100}\])\s*(?:dis[a-z]* .*)?$/ },
  { pattern: /^dis(?:play)? [a-z][\w\s/.-]*$/ },
  { pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?(?: ?[+-]\d\d:\d\d)?(?: DST)?$/ },
  { pattern: /^Info: It will take a long time /i },
  { pattern: /^\s*-{2,4} ?More ?-{2,4}$/ },
  { pattern: /^\s*[-=][-= ]{4,}$/ },
];

/** The output without what the pager leaves where it wiped out its own prompt (42 characters wide). */
export function withoutPager(output: string): string {
  return output.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal overwrites with control characters
    /^[ \t]*-{2,4} ?More ?-{2,4}(?:\x1b\[\d+D *\x1b\[\d+D|\r *\r|\x08+ *\x08+| {42})?/gm,
    '',
  );
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}

/** What tables print for "nothing" is null. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || /^-{0,2}$/.test(text.trim()) ? null : text.trim();
}
