import { ascending } from '../cli/vlan-text.ts';
import type { SimPortConfig } from '../model/config.ts';

/** The VLAN of ports that are untagged nowhere else. */
export const DEFAULT_VLAN = 1;

/** The VLANs that a port is in; FastIron knows no modes. */
export interface Membership {
  untagged: number | null;
  tagged: number[];
}

export function membershipOf({ mode, accessVlan, nativeVlan, allowed }: SimPortConfig): Membership {
  if (mode !== 'trunk') return { untagged: accessVlan, tagged: [] };
  const untagged = nativeVlan === 'tag' ? null : nativeVlan;
  return { untagged, tagged: allowed === 'all' ? [] : allowed.filter((id) => id !== untagged) };
}

/** A port that is in no VLAN at all is in the default one. */
export function setMembership(port: SimPortConfig, { untagged, tagged }: Membership): void {
  const single = tagged.length === 0;
  Object.assign(port, {
    mode: single ? 'access' : 'trunk',
    accessVlan: single ? (untagged ?? DEFAULT_VLAN) : DEFAULT_VLAN,
    nativeVlan: single ? DEFAULT_VLAN : (untagged ?? 'tag'),
    allowed: single ? 'all' : ascending([...tagged, ...(untagged === null ? [] : [untagged])]),
  });
}
