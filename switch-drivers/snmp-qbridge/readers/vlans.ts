import type { SnmpConnection } from '../../transports/snmp/connection.ts';
import { ACTIVE, ADMIT_ALL, ADMIT_ONLY_VLAN_TAGGED, ENABLED, FALSE, qBridge, TRUE } from '../../transports/snmp/mib.ts';
import { hasPort } from '../../transports/snmp/port-list.ts';
import { type Column, indexOf, integerOf, octetsOf } from '../../transports/snmp/values.ts';
import type { BridgePort, BridgeTables } from '../model.ts';
import { type NamedPort, readLinks, readPorts } from './ports.ts';

interface VlanLists {
  vlan: number;
  active: boolean;
  egress: Buffer;
  untagged: Buffer;
  forbidden: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** Everything about ports and VLANs, as the agent tells it now; `named`: ports whose names are known already. */
export async function readTables(connection: SnmpConnection, named?: readonly NamedPort[]): Promise<BridgeTables> {
  const ports = named ?? (await readPorts(connection));
  const linkOf = await readLinks(connection);
  const vlans = await readVlans(connection);
  const [pvid, frames, filtering, gvrp] = (await connection.walk([
    qBridge.dot1qPvid,
    qBridge.dot1qPortAcceptableFrameTypes,
    qBridge.dot1qPortIngressFiltering,
    qBridge.dot1qPortGvrpStatus,
  ])) as [Column, Column, Column, Column];
  const [gvrpStatus] = await connection.get([qBridge.dot1qGvrpStatus]);
  const [current = new Map()] = await connection.walk([qBridge.dot1qVlanCurrentEgressPorts], { timeFilter: true });
  const [protocols = new Map()] = await connection.walk([qBridge.dot1vProtocolPortGroupVid]);

  const byProtocol = [...protocols].map(([index, vlan]) => ({
    port: indexOf(index, 2)?.[0],
    vlan: integerOf(vlan) ?? 0,
  }));
  const inForce = [...current].map(([index, list]) => ({
    vlan: indexOf(index, 2)?.[1] ?? 0,
    list: octetsOf(list) ?? NOTHING,
  }));
  const states = ports.map((port): BridgePort => {
    const { bridgePort } = port;
    const key = `${bridgePort}`;
    const member = (which: 'egress' | 'untagged' | 'forbidden') =>
      vlans.filter((row) => hasPort(row[which], bridgePort)).map(({ vlan }) => vlan);
    const egress = member('egress');
    const untaggedBits = member('untagged');
    return {
      ...port,
      ...linkOf(port.ifIndex),
      egress,
      untaggedBits,
      untagged: untaggedBits.filter((vlan) => egress.includes(vlan)),
      forbidden: member('forbidden'),
      pvid: vlanOrNull(integerOf(pvid.get(key))),
      frames: framesOf(integerOf(frames.get(key))),
      filtering: truthOf(integerOf(filtering.get(key))),
      gvrp: integerOf(gvrpStatus) === ENABLED && integerOf(gvrp.get(key)) === ENABLED,
      dynamic: inForce
        .filter(({ vlan, list }) => hasPort(list, bridgePort) && !egress.includes(vlan))
        .map(({ vlan }) => vlan),
      byProtocol: byProtocol.filter((row) => row.port === bridgePort).map(({ vlan }) => vlan),
    };
  });
  return {
    ports: new Map(states.map((port) => [port.portId, port])),
    vlans: new Map(vlans.map(({ vlan, active }) => [vlan, { active }])),
    listLength: Math.max(0, ...vlans.flatMap(({ egress, untagged }) => [egress.length, untagged.length])),
  };
}

async function readVlans(connection: SnmpConnection): Promise<VlanLists[]> {
  const [status, egress, untagged, forbidden] = (await connection.walk([
    qBridge.dot1qVlanStaticRowStatus,
    qBridge.dot1qVlanStaticEgressPorts,
    qBridge.dot1qVlanStaticUntaggedPorts,
    qBridge.dot1qVlanForbiddenEgressPorts,
  ])) as [Column, Column, Column, Column];
  return [...status].flatMap(([index, value]) => {
    const vlan = vlanOrNull(Number(index));
    const list = (column: Column) => octetsOf(column.get(index)) ?? NOTHING;
    // Indices above 4094 stand for VLANs that have no id (RFC 4363, VlanIndex).
    return vlan === null
      ? []
      : [
          {
            vlan,
            active: value === ACTIVE,
            egress: list(egress),
            untagged: list(untagged),
            forbidden: list(forbidden),
          },
        ];
  });
}

function vlanOrNull(vlan: number | null): number | null {
  return vlan !== null && Number.isInteger(vlan) && vlan >= 1 && vlan <= 4094 ? vlan : null;
}

function framesOf(value: number | null): 'all' | 'tagged' | null {
  if (value === ADMIT_ALL) return 'all';
  return value === ADMIT_ONLY_VLAN_TAGGED ? 'tagged' : null;
}

function truthOf(value: number | null): boolean | null {
  if (value === TRUE) return true;
  return value === FALSE ? false : null;
}
