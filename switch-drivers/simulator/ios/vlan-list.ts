import { vlanIds } from '../cli/vlan-text.ts';

/** VLANs of FDDI and Token Ring: always there, never carried by Ethernet, never deleted. */
export const LEGACY_VLANS: ReadonlyArray<readonly [id: number, name: string]> = [
  [1002, 'fddi-default'],
  [1003, 'token-ring-default'],
  [1004, 'fddinet-default'],
  [1005, 'trnet-default'],
];

export function isDefaultVlan(id: number): boolean {
  return id === 1 || LEGACY_VLANS.some(([legacy]) => legacy === id);
}

/** A VLAN list, or what IOS says of one that is none. */
export function readVlanList(text: string): number[] | { rejected: string } {
  return vlanIds(text) ?? { rejected: `Command rejected: Bad VLAN list - ${flaw(text)}` };
}

function flaw(text: string): string {
  const wrong = /[^\d,-]/.exec(text);
  if (wrong) return `character #${wrong.index + 1} is a non-numeric\ncharacter ('${wrong[0]}').`;
  for (const part of text.matchAll(/[^,]+/g)) {
    const [first, last] = part[0].split('-').map(Number);
    const end = part.index + part[0].length + 1;
    const delimiter = end > text.length ? 'EOL' : "','";
    if ([first, last ?? first].some((id) => id === undefined || id < 1 || id > 4094)) {
      return `character #${end} (${delimiter}) delimits a VLAN\nnumber which is out of the range 1..4094.`;
    }
    if (last !== undefined && first! > last) return 'end of range not larger than the\nstart of range!';
  }
  return `character #${text.length + 1} (EOL) unexpectedly ends the list.`;
}
