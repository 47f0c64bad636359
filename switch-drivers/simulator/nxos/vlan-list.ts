import { wrongWord } from '../cli/line.ts';
import { done, type Outcome } from '../cli/scene.ts';
import { vlanIds } from '../cli/vlan-text.ts';

/** NX-OS Layer 2 Switching Configuration Guide: "VLAN Ranges"; `system vlan reserve` moves them. */
const RESERVED = { first: 3968, last: 4094 };

/** A list of VLANs as the word of a line, or where it is none. */
export function readVlanList(text: string, word: number): number[] | Outcome {
  return vlanIds(text) ?? wrongWord(word);
}

/** Lets a line use VLANs that are not the switch's own. */
export function unreserved(ids: number[] | Outcome, use: (ids: number[]) => Outcome): Outcome {
  if (!Array.isArray(ids)) return ids;
  const kept = ids.find((id) => id >= RESERVED.first && id <= RESERVED.last);
  if (kept === undefined) return use(ids);
  return done(`ERROR: VLAN ${kept} is reserved for internal use (${RESERVED.first}-${RESERVED.last})\n`);
}
