import { formatVlanList, parseVlanList } from '../transports/ssh-cli/parse.ts';

/** The most items, single VLANs or ranges, that a line takes (Command References: `&<1-10>`). */
const LINE_ITEMS = 10;

/** Ids apart by blanks: `2 10 to 20`, `all` in the configuration, `1 191 250-255` in tables. Null: no such list. */
export function vlanList(text: string): number[] | null {
  if (text === 'all') return parseVlanList('1-4094');
  const words = text.split(/[\s,]+/).filter(Boolean);
  return words.length === 0 ? [] : parseVlanList(words.join(',').replaceAll(',to,', '-'));
}

/** The words of each line that it takes to name the VLANs: `10`, `20`, `to`, `30`. */
export function listLines(ids: readonly number[]): string[][] {
  const items = formatVlanList(ids).split(',').filter(Boolean);
  const lines: string[][] = [];
  for (let from = 0; from < items.length; from += LINE_ITEMS) {
    lines.push(items.slice(from, from + LINE_ITEMS).flatMap((item) => item.replace('-', ' to ').split(' ')));
  }
  return lines;
}

/** What a trunk passes: its PVID goes without a tag, and only where it is allowed to pass (Configuration Guides, VLAN). */
export function trunkVlans(
  allowed: readonly number[],
  pvid: number | null,
): { untagged: number | null; tagged: number[] | 'all' } {
  return { untagged: pvid !== null && allowed.includes(pvid) ? pvid : null, tagged: taggedVlans(allowed, pvid) };
}

export function taggedVlans(allowed: readonly number[], pvid: number | null): number[] | 'all' {
  return allowed.length === 4094 ? 'all' : allowed.filter((id) => id !== pvid).sort((a, b) => a - b);
}
