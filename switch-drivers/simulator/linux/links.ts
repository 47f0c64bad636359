import type { SwitchModel } from '../model/switch-model.ts';
import type { CommandResult } from '../ssh/exec-server.ts';

/** `ip -j -d link show`, the members that matter. */
export function showLinks(model: SwitchModel, bridgeName: string): string {
  const ports = model.portIds.map((name, index) => {
    const { adminUp, operUp } = model.port(name);
    const flags = ['BROADCAST', 'MULTICAST', ...(adminUp ? ['UP'] : []), ...(operUp ? ['LOWER_UP'] : [])];
    return {
      ifindex: index + 10,
      ifname: name,
      flags,
      mtu: 1500,
      operstate: operUp ? 'UP' : 'DOWN',
      link_type: 'ether',
      master: bridgeName,
      linkinfo: { info_slave_kind: 'bridge', info_slave_data: { state: operUp ? 'forwarding' : 'disabled' } },
    };
  });
  const bridge = {
    ifindex: 2,
    ifname: bridgeName,
    flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
    mtu: 1500,
    operstate: 'UP',
    link_type: 'ether',
    linkinfo: { info_kind: 'bridge', info_data: { vlan_filtering: 1, vlan_default_pvid: 1 } },
  };
  const loopback = {
    ifindex: 1,
    ifname: 'lo',
    flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
    mtu: 65_536,
    operstate: 'UNKNOWN',
  };
  return `${JSON.stringify([loopback, bridge, ...ports])}\n`;
}

export function showBridgeVlans({ running, portIds }: SwitchModel, bridgeName: string): string {
  const rows = portIds.flatMap((ifname) => {
    const { nativeVlan, extra, allowed } = running.ports[ifname]!;
    const vlans = (allowed === 'all' ? Object.keys(running.vlans).map(Number) : allowed).map((vlan) => ({
      vlan,
      flags: [
        ...(vlan === nativeVlan ? ['PVID'] : []),
        ...(extra.includes(`Egress ${vlan}`) ? ['Egress Untagged'] : []),
      ],
    }));
    return vlans.length === 0
      ? []
      : [{ ifname, vlans: vlans.map(({ vlan, flags }) => (flags.length > 0 ? { vlan, flags } : { vlan })) }];
  });
  return `${JSON.stringify([...rows, { ifname: bridgeName, vlans: [{ vlan: 1, flags: ['PVID', 'Egress Untagged'] }] }])}\n`;
}

export function showFdb(model: SwitchModel, bridgeName: string): string {
  const learned = model
    .macTable()
    .map(({ mac, vlan, portId }) => ({ mac, ifname: portId, vlan, flags: [], master: bridgeName, state: '' }));
  const own = [{ mac: model.chassisMac, ifname: bridgeName, flags: ['self'], state: 'permanent' }];
  return `${JSON.stringify([...own, ...learned])}\n`;
}

/** `ip link set dev PORT up|down`. */
export function setLink(model: SwitchModel, portId: string, state: string): CommandResult {
  if (!model.running.ports[portId]) return { status: 1, complaint: `Cannot find device "${portId}"\n` };
  if (state !== 'up' && state !== 'down') {
    return { status: 255, complaint: `Error: either "dev" is duplicate, or "${state}" is a garbage.\n` };
  }
  model.change(`ip link set dev ${portId} ${state}`, ({ ports }) => {
    ports[portId]!.adminUp = state === 'up';
  });
  return { status: 0 };
}
