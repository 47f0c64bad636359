import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** What a rule's `take` says: false leaves the line to the rules after it. */
export type Taken = ReturnType<NonNullable<LineRule['take']>>;

/**
 * Lines of the terminal rather than of the command: prompts, the member's role above them, the time with which
 * `set cli timestamp` heads each output.
 */
export const NOISE: readonly LineRule[] = [
  { pattern: /^\s*(?:[\w.-]{1,64}@)?[\w.:-]{1,64}[>#%](?: ?(?:run )?show .*)?$/ },
  { pattern: /^\s*\{(?:master|backup|linecard|primary|secondary)(?::[\w.-]{1,32})?\}(?:\[edit[^\]]*\])?$/ },
  { pattern: /^\s*\[edit[^\]]*\]$/ },
  { pattern: /^\s*[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d$/ },
  { pattern: /^\s*---\((?:more(?: \d+%)?|Help for CLI.*)\)---$/ },
  { pattern: /^(?:fpc|node|re|member|sfc|lcc)\d{1,3}:$/ },
  { pattern: /^(?:localre|[\w-]{1,32}-re\d):$/ },
  { pattern: /^[-= ]+$/ },
];

/** The output without what a pager leaves when it overwrites its own prompt. */
export function withoutPager(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal overwrites with control characters
  return output.replace(/---\(more(?: \d{1,3}%)?\)---[ \b\r]*(?:\x1b\[K)?/g, '');
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}
