import type { PortState } from '../../topology/plan/model.ts';
import type { PortTable } from '../transports/ssh-cli/platform.ts';
import type { BridgePort, BridgeTables } from './model.ts';

/** The tables in the words of the contract. */
export function portTableOf({ ports, vlans }: Pick<BridgeTables, 'ports' | 'vlans'>, filters: boolean): PortTable {
  const active = [...vlans].filter(([, vlan]) => vlan.active).map(([vlan]) => vlan);
  return {
    ports: [...ports.values()].map((port) => portState(port, active, filters)),
    vlans: active.toSorted((a, b) => a - b),
  };
}

/** `filters`: the switch drops frames of foreign VLANs whatever dot1qPortIngressFiltering says. */
export function portState(port: BridgePort, vlans: readonly number[], filters: boolean): PortState {
  const { portId, adminUp, operUp, lag, description, pvid, egress } = port;
  const base = { portId, adminUp, operUp, lag, description };
  const open = isOpen(port, filters);
  const foreign = foreignReason(port, open);
  if (foreign !== null) return { ...base, mode: 'access', untagged: null, tagged: [], foreign };
  if (open) {
    // Whatever its lists say, frames of every VLAN come in. Read so it differs from all that can be wanted, and is closed.
    const untagged = takesUntagged(port) ? pvid : null;
    return { ...base, mode: 'trunk', untagged, tagged: vlans.filter((vlan) => vlan !== untagged), foreign };
  }
  const untagged =
    pvid !== null && egress.includes(pvid) && (port.untagged.includes(pvid) || takesUntagged(port)) ? pvid : null;
  const tagged = egress.filter((vlan) => vlan !== untagged);
  return { ...base, mode: untagged !== null && tagged.length === 0 ? 'access' : 'trunk', untagged, tagged, foreign };
}

/** Can whoever is plugged in send into VLANs of which the port is no member, or join them? */
export function isOpen({ filtering, gvrp }: BridgePort, filters: boolean): boolean {
  return gvrp || (!filters && filtering !== true);
}

function takesUntagged({ frames }: BridgePort): boolean {
  return frames !== 'tagged';
}

/** Why the port is not ours to write; null when it is. */
function foreignReason(port: BridgePort, open: boolean): string | null {
  const { lag, pvid, byProtocol, dynamic, egress, untagged, adminUp } = port;
  if (lag !== null) return `it is a member of ${lag}`;
  if (pvid === null) return 'its dot1qPvid could not be read';
  if (byProtocol.length > 0) return `it sorts frames into VLAN ${some(byProtocol)} by their protocol`;
  // Open by GVRP it is closed by us, and then leaves what it has joined.
  if (dynamic.length > 0 && !open) return `it carries VLAN ${some(dynamic)} in which management did not put it`;
  // A change that was cut off may leave this; down it carries nothing, and can be put right.
  if (!adminUp) return null;
  const others = untagged.filter((vlan) => vlan !== pvid);
  if (others.length > 0) return `it sends VLAN ${some(others)} untagged and takes untagged frames into VLAN ${pvid}`;
  if (open || !egress.includes(pvid)) return null;
  if (untagged.includes(pvid) && !takesUntagged(port))
    return `it sends VLAN ${pvid} untagged and takes no untagged frames`;
  if (!untagged.includes(pvid) && takesUntagged(port))
    return `it takes untagged frames into VLAN ${pvid} and sends them tagged`;
  return null;
}

function some(vlans: readonly number[]): string {
  return vlans.slice(0, 5).join(', ') + (vlans.length > 5 ? ' ...' : '');
}
