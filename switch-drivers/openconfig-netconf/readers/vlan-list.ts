import { EVERY_VLAN } from '../../transports/ssh-cli/settings.ts';

/**
 * `trunk-vlans` (openconfig-vlan): ids, and ranges `10..20`. No entry at all means that every VLAN may pass. Null when an
 * entry is neither.
 */
export function trunkVlans(entries: readonly string[]): readonly number[] | null {
  if (entries.length === 0) return EVERY_VLAN;
  const ids = new Set<number>();
  for (const entry of entries) {
    const [, first = '', last = first] = /^(\d{1,4})(?:\.\.(\d{1,4}))?$/.exec(entry) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || from < 1 || to > 4094 || from > to) return null;
    for (let id = from; id <= to; id += 1) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

/** The inverse, in the shortest form; of no VLAN there is none, since no entry means every VLAN. */
export function trunkEntries(ids: readonly number[]): string[] {
  const ranges: Array<[number, number]> = [];
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}..${last}`));
}
