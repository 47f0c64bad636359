import { canonicalName } from '../port-names.ts';

const MEMBER = /^ *(member-interface (\S+(?: \d\S*)?) (?:vlan-tag \d{1,4}|untagged))\s*$/gm;

/**
 * Ports that a virtual network has for members: what they carry stands in its block, not in theirs (SmartFabric OS10 VXLAN
 * and BGP EVPN Configuration Guide: "Configure untagged access ports").
 */
export function virtualNetworkMembers(output: string): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const [, setting = '', name = ''] of output.matchAll(MEMBER)) {
    const portId = canonicalName(name);
    if (portId !== null) members.set(portId, [...(members.get(portId) ?? []), setting]);
  }
  return members;
}
