import { parseVlanList } from '../../transports/ssh-cli/parse.ts';

/** The form of `display` commands: `1(default vlan), 2-20, 2190`, `None`. Null when it is no such list. */
export function displayedVlans(text: string): number[] | null {
  if (/^(?:none)?$/i.test(text.trim())) return [];
  return parseVlanList(text.replace(/\(default(?: vlan)?\)/gi, '').replace(/,\s*$/, ''));
}

/** The form of the configuration: `2 10 to 20`, `all`. Null when it is no such list. */
export function configuredVlans(text: string): number[] | null {
  if (text === 'all') return parseVlanList('1-4094');
  const words = text.split(' ').filter(Boolean);
  return parseVlanList(words.join(',').replaceAll(',to,', '-'));
}

/** What a trunk passes: its PVID goes without a tag, and only where it is permitted (Layer 2 Configuration Guide, VLAN). */
export function trunkVlans(
  permitted: readonly number[],
  pvid: number | null,
): { untagged: number | null; tagged: number[] | 'all' } {
  return {
    untagged: pvid !== null && permitted.includes(pvid) ? pvid : null,
    tagged: permitted.length === 4094 ? 'all' : permitted.filter((id) => id !== pvid),
  };
}
