import type { PortSettings } from '../../topology/plan/model.ts';
import { normalSettings } from '../../topology/plan/settings.ts';
import { unsupported, vlanId } from '../transports/ssh-cli/settings.ts';
import type { BridgePort, BridgeTables, PortVlans } from './model.ts';

/** The settings in the words of the MIB. Throws `switch_unsupported`. */
export function wantedVlans(
  port: BridgePort,
  settings: PortSettings,
  vlans: BridgeTables['vlans'],
  filters: boolean,
): PortVlans {
  const { adminUp, mode, untagged, tagged } = normalSettings(settings);
  if (mode === 'access' && untagged === null) throw unsupported('an access port needs a VLAN');
  const egress = [...(untagged === null ? [] : [untagged]), ...tagged]
    .map((vlan) => vlanId(vlan))
    .toSorted((a, b) => a - b);
  refuse(
    port,
    egress.filter((vlan) => vlans.get(vlan)?.active !== true),
    'does not exist on the switch; create it first',
  );
  refuse(
    port,
    egress.filter((vlan) => port.forbidden.includes(vlan)),
    'is forbidden there (dot1qVlanForbiddenEgressPorts)',
  );
  if (!filters && port.filtering === null) {
    throw unsupported(
      `port ${port.portId} cannot be told to drop frames of other VLANs (no dot1qPortIngressFiltering); set the option ingressFiltering to "assumed" if the switch does so by itself`,
    );
  }
  const frames = port.frames === null ? null : untagged === null ? 'tagged' : 'all';
  return {
    adminUp,
    egress,
    untagged: untagged === null ? [] : [untagged],
    pvid: untagged ?? (port.frames === null ? unusedPvid(port, egress, vlans) : null),
    frames,
    filtering: filters ? null : true,
    gvrp: false,
  };
}

/**
 * Where frames without a tag cannot be refused as such they get a VLAN in which the port is not, and ingress filtering
 * drops them.
 */
function unusedPvid(port: BridgePort, egress: readonly number[], vlans: BridgeTables['vlans']): number {
  const candidates = [port.pvid ?? 1, 1, ...vlans.keys()];
  const unused = candidates.find((vlan) => vlans.has(vlan) && !egress.includes(vlan));
  if (unused === undefined) throw unsupported(`port ${port.portId} takes untagged frames in every VLAN of the switch`);
  return unused;
}

function refuse(port: BridgePort, vlans: readonly number[], reason: string): void {
  if (vlans.length > 0) throw unsupported(`port ${port.portId}: VLAN ${vlans.slice(0, 5).join(', ')} ${reason}`);
}
