import { parseVlanList } from '../../transports/ssh-cli/parse.ts';

/** EOS's allowed list: ids, `ALL`, or nothing at all as `none` or an empty text. Null when it is no such list. */
export function vlanSet(text: string): number[] | 'all' | null {
  const list = text.trim();
  if (/^all$/i.test(list)) return 'all';
  return /^(?:none)?$/i.test(list) ? [] : parseVlanList(list);
}

/** The allowed list counts for the native VLAN too: outside it, untagged frames are dropped. */
export function trunkVlans(
  allowed: number[] | 'all',
  native: number | null,
): { untagged: number | null; tagged: number[] | 'all' } {
  if (allowed === 'all') return { untagged: native, tagged: 'all' };
  return {
    untagged: native !== null && allowed.includes(native) ? native : null,
    tagged: allowed.filter((id) => id !== native),
  };
}

/** All VLANs but those listed. */
export function allBut(list: readonly number[]): number[] {
  return Array.from({ length: 4094 }, (_none, index) => index + 1).filter((id) => !list.includes(id));
}
