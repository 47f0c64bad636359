import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** What a rule's `take` says: false leaves the line to the rules after it. */
export type Taken = ReturnType<NonNullable<LineRule['take']>>;

/** Lines of the terminal rather than of the command: prompts with what was typed at them, an echoed command, rulers. */
export const NOISE: readonly LineRule[] = [
  {
    pattern: /^\s*(?:(?:SSH|telnet)@)?[\w.:~-]{1,64}(?: (?:Router|Switch))?(?:\([^()\s]{1,64}\))?[>#](?: ?show .*)?$/i,
  },
  { pattern: /^\s*show [\w /:|-]{1,100}$/ },
  { pattern: /^[-= ]+$/ },
];

/**
 * The output without what the pager leaves, which is `--More--, next page: Space, next line: Return key, quit:
 * Control-c`.
 */
export function withoutPager(output: string): string {
  return (
    output
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal overwrites with control characters
      .replace(/--More--(?:, next page: Space, next line: Return key, quit: Control-c)?[ \b\r]*(?:\x1b\[K)?/g, '')
  );
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}
