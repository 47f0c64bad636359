import { ascending } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';

export const DEFAULT_VLAN = 1;

/** Untagged frames have the access VLAN in either mode; a trunk may have none. */
export function untaggedOf({ mode, accessVlan, nativeVlan }: SimPortConfig): number | null {
  if (mode === 'access') return accessVlan;
  return nativeVlan === 'tag' ? null : nativeVlan;
}

export function taggedOf({ mode, nativeVlan, allowed }: SimPortConfig): number[] {
  return mode === 'access' || allowed === 'all' ? [] : allowed.filter((vlan) => vlan !== nativeVlan);
}

export function asAccess(vlan: number): Partial<SimPortConfig> {
  return { routed: false, mode: 'access', accessVlan: vlan, nativeVlan: DEFAULT_VLAN, allowed: [] };
}

/** The model lets the native VLAN pass only where it is allowed, too. */
export function asTrunk(untagged: number | null, tagged: readonly number[]): Partial<SimPortConfig> {
  const allowed = ascending(untagged === null ? tagged : [...tagged, untagged]);
  return { routed: false, mode: 'trunk', nativeVlan: untagged ?? 'tag', allowed };
}

/** A VLAN that is deleted leaves every port; who had it untagged falls to the default VLAN. */
export function leaveVlan(config: SimConfig, vlan: number): void {
  for (const port of Object.values(config.ports)) {
    const untagged = untaggedOf(port) === vlan ? DEFAULT_VLAN : untaggedOf(port);
    const tagged = taggedOf(port).filter((id) => id !== vlan);
    Object.assign(port, port.mode === 'access' ? asAccess(untagged ?? DEFAULT_VLAN) : asTrunk(untagged, tagged));
  }
}
