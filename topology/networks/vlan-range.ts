import { FabricError } from '../error/fabric-error.ts';

/** Inclusive. */
export type VlanRange = readonly [number, number];

/** Reads "100-199,300" into ranges, ascending and merged. Throws `vlan_range_invalid`. */
export function parseVlanRanges(text: string): VlanRange[] {
  const ranges = text.split(',').map((part) => {
    const match = /^\s*(\d{1,4})\s*(?:-\s*(\d{1,4})\s*)?$/.exec(part);
    const low = Number(match?.[1]);
    const high = Number(match?.[2] ?? match?.[1]);
    if (!match || low < 1 || high > 4094 || low > high) {
      throw new FabricError(
        'vlan_range_invalid',
        `"${part.trim()}" is no VLAN range; write VLAN ids from 1 to 4094 as 100-199,300`,
        { context: { text } },
      );
    }
    return [low, high] as const;
  });
  return mergeRanges(ranges);
}

export function formatVlanRanges(ranges: readonly VlanRange[]): string {
  return ranges.map(([low, high]) => (low === high ? `${low}` : `${low}-${high}`)).join(',');
}

export function inVlanRanges(vlan: number, ranges: readonly VlanRange[]): boolean {
  return ranges.some(([low, high]) => vlan >= low && vlan <= high);
}

/** VLANs that both hold, as ranges; empty when they do not overlap. */
export function vlanOverlap(a: readonly VlanRange[], b: readonly VlanRange[]): VlanRange[] {
  const shared = a.flatMap(([lowA, highA]) =>
    b.map(([lowB, highB]) => [Math.max(lowA, lowB), Math.min(highA, highB)] as const),
  );
  return mergeRanges(shared.filter(([low, high]) => low <= high));
}

function mergeRanges(ranges: readonly VlanRange[]): VlanRange[] {
  const merged: Array<[number, number]> = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}
