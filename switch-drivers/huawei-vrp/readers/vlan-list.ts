import { parseVlanList } from '../../transports/ssh-cli/parse.ts';

/** Ids apart by blanks: `1 191 250-255` in tables, `2 10 to 20` in the configuration. Null when it is no such list. */
export function vlanList(text: string): number[] | null {
  if (text === 'all') return parseVlanList('1-4094');
  const words = text.split(/[\s,]+/).filter(Boolean);
  return words.length === 0 ? [] : parseVlanList(words.join(',').replaceAll(',to,', '-'));
}

/** What a trunk passes: its PVID goes without a tag, and only where it is allowed to pass (Configuration Guide, VLAN). */
export function trunkVlans(
  allowed: readonly number[],
  pvid: number | null,
): { untagged: number | null; tagged: number[] | 'all' } {
  return { untagged: pvid !== null && allowed.includes(pvid) ? pvid : null, tagged: taggedVlans(allowed, pvid) };
}

export function taggedVlans(allowed: readonly number[], pvid: number | null): number[] | 'all' {
  return allowed.length === 4094 ? 'all' : allowed.filter((id) => id !== pvid).sort((a, b) => a - b);
}
