import type { BridgePort } from '../../../switch-drivers/snmp-qbridge/model.ts';

/** Port 5, up and access in VLAN 10, all guards up; and what is otherwise. */
export function portWith(changes: Partial<BridgePort> = {}): BridgePort {
  const port = {
    portId: 'ge5',
    bridgePort: 5,
    ifIndex: 1005,
    aliases: [],
    adminUp: true,
    operUp: true,
    lag: null,
    description: null,
    pvid: 10,
    egress: [10],
    untagged: [10],
    frames: 'all' as const,
    filtering: true,
    gvrp: false,
    forbidden: [],
    dynamic: [],
    byProtocol: [],
    ...changes,
  };
  return { untaggedBits: port.untagged, ...port };
}

export const vlans = new Map([1, 10, 20, 30, 999].map((vlan) => [vlan, { active: true }]));
