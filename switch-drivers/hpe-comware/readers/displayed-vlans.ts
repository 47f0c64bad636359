import { parseVlanList } from '../../transports/ssh-cli/parse.ts';

/** The form of `display` commands: `1(default vlan), 2-20, 2190`, `None`. Null when it is no such list. */
export function displayedVlans(text: string): number[] | null {
  if (/^(?:none)?$/i.test(text.trim())) return [];
  return parseVlanList(text.replace(/\(default(?: vlan)?\)/gi, '').replace(/,\s*$/, ''));
}
