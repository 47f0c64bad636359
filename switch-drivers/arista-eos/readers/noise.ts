import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** Lines of the terminal rather than of the command: echoed prompts, rulers, remains of the pager. */
export const NOISE: readonly LineRule[] = [
  { pattern: /^[\w.:@~()-]{1,128}[>#](?: ?show .*)?$/ },
  { pattern: /^[-= ]+$/ },
];

/** The output without what a pager leaves when it overwrites its own prompt. */
export function withoutPager(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal overwrites with control characters
  return output.replace(/--More--[ \b\r]*(?:\x1b\[K)?/g, '');
}

/** A table's word for "nothing", or nothing, is null. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}
