import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { CliLine } from './guard.ts';
import type { BlockSetting } from './platform.ts';

/** 1..4094, ascending (IEEE 802.1Q table 9-2: 0 and 4095 are no VLANs). */
export const EVERY_VLAN: readonly number[] = Array.from({ length: 4094 }, (_, index) => index + 1);

/** A VLAN id that the platform lets us use. `reserved`: inclusive ranges that it keeps, and what for. */
export function vlanId(vlan: number, reserved: ReadonlyArray<readonly [number, number, string]> = []): number {
  if (!Number.isInteger(vlan) || vlan < 1 || vlan > 4094) throw unsupported(`VLAN id ${vlan} is not within 1..4094`);
  const range = reserved.find(([first, last]) => vlan >= first && vlan <= last);
  if (range) throw unsupported(`VLAN ${vlan} is reserved: ${range[2]}`);
  return vlan;
}

/** A setting of one line, or of none. */
export function oneLine(words: string, text: CliLine | null, off: CliLine): BlockSetting {
  return { words, lines: text === null ? [] : [text], off };
}

/**
 * The native VLAN of a trunk that takes no untagged frames, where the platform knows no other way than one that is not
 * allowed: 1, or the first that the trunk does not carry.
 */
export function unusedVlan(tagged: readonly number[]): number {
  const carried = new Set(tagged);
  const unused = EVERY_VLAN.find((vlan) => !carried.has(vlan));
  if (unused === undefined) throw unsupported('a trunk of all 4094 VLANs needs one of them untagged');
  return unused;
}

/** A list (`1-3,5`) cut at its separators into pieces of at most `length` characters; none of an empty list. */
export function listPieces(list: string, length: number, separator = ','): string[] {
  const found: string[] = [];
  for (const part of list.split(separator).filter(Boolean)) {
    const last = found.at(-1);
    if (last !== undefined && last.length + separator.length + part.length <= length) {
      found[found.length - 1] = `${last}${separator}${part}`;
    } else found.push(part);
  }
  return found;
}

export function unsupported(message: string): FabricError {
  return new FabricError('switch_unsupported', message);
}
