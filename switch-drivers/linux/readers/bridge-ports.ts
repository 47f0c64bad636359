import type { PortState } from '../../../topology/plan/model.ts';
import { BRIDGE_VLANS, type BridgePortVlans, bridgeVlans } from './bridge-vlans.ts';
import { LINKS, type Link, links } from './links.ts';

const NO_VLANS: BridgePortVlans = { member: [], pvid: null, untagged: [] };

export const BRIDGE_PORTS: readonly string[] = [LINKS, BRIDGE_VLANS];

/**
 * What the kernel does with frames, of the outputs of BRIDGE_PORTS: the ports of its bridges, and the members of bonds that
 * may be such ports. Others are left out, or told of as foreign when `isPort` says that they are ports of the switch.
 */
export function bridgePorts(
  [linkOutput = '', vlanOutput = '']: readonly string[],
  isPort: (name: string) => boolean = () => false,
): PortState[] {
  const all = links(linkOutput);
  const byName = new Map(all.map((link) => [link.name, link]));
  const vlans = bridgeVlans(vlanOutput);
  return all
    .filter(({ kind }) => kind !== 'vxlan' && kind !== 'bridge')
    .flatMap((link) => {
      const master = link.master === null ? undefined : byName.get(link.master);
      if (master?.kind === 'bond') return [{ ...nothing(link, `it is a member of ${master.name}`), lag: master.name }];
      if (master?.kind === 'bridge') return [bridgePort(link, master, vlans.get(link.name) ?? NO_VLANS)];
      return isPort(link.name) ? [nothing(link, 'it is in no bridge')] : [];
    })
    .toSorted((a, b) => a.portId.localeCompare(b.portId, 'en', { numeric: true }));
}

function nothing(link: Link, foreign: string): PortState {
  return { ...base(link), mode: 'access', untagged: null, tagged: [], foreign };
}

function bridgePort(link: Link, bridge: Link, vlans: BridgePortVlans): PortState {
  const foreign = foreignReason(bridge, vlans);
  const untagged = vlans.pvid;
  const tagged = vlans.member.filter((vlan) => vlan !== untagged).toSorted((a, b) => a - b);
  return {
    ...base(link),
    mode: untagged !== null && tagged.length === 0 ? 'access' : 'trunk',
    untagged,
    tagged,
    foreign,
  };
}

function base({ name, adminUp, operUp, description }: Link) {
  return { portId: name, adminUp, operUp, lag: null, description };
}

function foreignReason(bridge: Link, { pvid, untagged }: BridgePortVlans): string | null {
  if (!bridge.filtersVlans) return `its bridge ${bridge.name} does not filter VLANs (vlan_filtering 0)`;
  const odd = untagged.find((vlan) => vlan !== pvid);
  if (odd !== undefined) return `VLAN ${odd} leaves it untagged and is not its PVID`;
  if (pvid !== null && !untagged.includes(pvid)) return `its PVID ${pvid} leaves it tagged`;
  return null;
}
