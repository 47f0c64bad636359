import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** Lines of the terminal rather than of the command: echoed prompts, rulers. */
export const NOISE: readonly LineRule[] = [
  { pattern: /^[\w.:@~()-]{1,128}[>#](?: ?show .*)?$/ },
  { pattern: /^[-= ]+$/ },
];

/** The output without what a pager leaves when it overwrites its own prompt. */
export function withoutPager(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal overwrites with control characters
  return output.replace(/-- MORE --, next page: Space, next line: Enter, quit: q(?:[ \b\r]|\x1b\[K)*/g, '');
}

/** A table's `--` for "nothing", or nothing, is null. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' || text === '--' ? null : text;
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}

/** An allowed list: ids, `all`, or nothing as `none` or an empty text. Null when it is no such list. */
export function vlanSet(text: string): number[] | 'all' | null {
  const list = text.trim().replace(/,$/, '');
  if (/^all$/i.test(list)) return 'all';
  return /^(?:none|--)?$/i.test(list) ? [] : parseVlanList(list);
}

/**
 * What a trunk carries: a native VLAN that is tagged or outside of the allowed list drops untagged frames (Layer 2 Bridging
 * Guide, "Trunk interface").
 */
export function trunkVlans(
  allowed: number[] | 'all',
  native: number | null,
  nativeTagged: boolean,
): { untagged: number | null; tagged: number[] | 'all' } {
  const carried = native !== null && !nativeTagged && (allowed === 'all' || allowed.includes(native));
  return {
    untagged: carried ? native : null,
    tagged: allowed === 'all' ? 'all' : allowed.filter((id) => nativeTagged || id !== native),
  };
}
