import { inVlanRanges } from '../networks/vlan-range.ts';
import type { ManagedScope, PortSettings } from './model.ts';

/**
 * Settings in their one form: tagged ascending, without the native VLAN; none on an access port. A trunk of nothing but its
 * native VLAN is an access port: both carry the same, and switches that keep membership in the VLAN know no difference.
 */
export function normalSettings(settings: PortSettings): PortSettings {
  const { adminUp, untagged } = settings;
  const tagged = settings.mode === 'access' ? [] : [...new Set(settings.tagged)].filter((vlan) => vlan !== untagged);
  const mode = untagged !== null && tagged.length === 0 ? 'access' : settings.mode;
  return { adminUp, mode, untagged, tagged: tagged.sort((a, b) => a - b) };
}

export function sameSettings(a: PortSettings, b: PortSettings): boolean {
  return JSON.stringify(normalSettings(a)) === JSON.stringify(normalSettings(b));
}

/** Every VLAN the settings name, whether the port is up or not. */
export function vlansOf(settings: PortSettings): number[] {
  const { untagged, tagged } = normalSettings(settings);
  return untagged === null ? tagged : [untagged, ...tagged];
}

/** VLANs whose frames flow: none on a port that is down. */
export function carriedBy(settings: PortSettings): number[] {
  return settings.adminUp ? vlansOf(settings) : [];
}

/** Down, or alone on the idle VLAN. */
export function isQuarantine(settings: PortSettings, scope: Pick<ManagedScope, 'idleVlan'>): boolean {
  return carriedBy(settings).every((vlan) => vlan === scope.idleVlan);
}

export function idleSettings(scope: Pick<ManagedScope, 'idleVlan'>, adminUp = true): PortSettings {
  return { adminUp, mode: 'access', untagged: scope.idleVlan, tagged: [] };
}

export function isManagedVlan(vlan: number, scope: ManagedScope): boolean {
  return vlan === scope.idleVlan || inVlanRanges(vlan, scope.vlans);
}

/** The settings part of a port state, without what was only observed. */
export function settingsOf({ adminUp, mode, untagged, tagged }: PortSettings): PortSettings {
  return normalSettings({ adminUp, mode, untagged, tagged });
}
