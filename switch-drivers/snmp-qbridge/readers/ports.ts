import { macOf } from '../../../topology/lldp/octets.ts';
import type { SnmpConnection } from '../../transports/snmp/connection.ts';
import { invalid } from '../../transports/snmp/errors.ts';
import { bridge, interfaces, lag, UP } from '../../transports/snmp/mib.ts';
import { type Column, integerOf, octetsOf, textOf } from '../../transports/snmp/values.ts';
import type { BridgePort } from '../model.ts';

/** What is known of a port besides its VLANs and its link: what does not change under our hands. */
export type NamedPort = Pick<BridgePort, 'portId' | 'bridgePort' | 'ifIndex' | 'aliases' | 'lag' | 'description'>;

export type PortLink = Pick<BridgePort, 'adminUp' | 'operUp'>;

/** A PortList is at most a message long. */
const MAX_BRIDGE_PORT = 65_535;

/** Ports of the bridge, in its order. */
export async function readPorts(connection: SnmpConnection): Promise<NamedPort[]> {
  const [numbers = new Map()] = await connection.walk([bridge.dot1dBasePortIfIndex]);
  const { ifName, ifDescr, ifAlias, ifPhysAddress } = interfaces;
  const [names = new Map(), aliases = new Map()] = await connection.walk([ifName, ifAlias]);
  const [descriptions = new Map(), addresses = new Map()] = await connection.walk([ifDescr, ifPhysAddress]);
  const [attached, selected] = (await connection.walk([
    lag.dot3adAggPortAttachedAggID,
    lag.dot3adAggPortSelectedAggID,
  ])) as [Column, Column];

  const indexes = [...numbers].flatMap(([index, value]) => {
    const [bridgePort, ifIndex] = [Number(index), integerOf(value)];
    return Number.isInteger(bridgePort) && bridgePort >= 1 && bridgePort <= MAX_BRIDGE_PORT && ifIndex !== null
      ? [{ bridgePort, ifIndex }]
      : [];
  });
  if (indexes.length === 0)
    throw invalid(connection.name, 'has no port in dot1dBasePortTable; it is no bridge, or hides it');

  const portIds = namesOf(indexes, names, descriptions);
  const portOfIndex = (ifIndex: number) => textOf(names.get(`${ifIndex}`)) ?? `ifIndex ${ifIndex}`;
  return indexes.map(({ bridgePort, ifIndex }) => {
    const key = `${ifIndex}`;
    const portId = portIds.get(bridgePort) ?? `port${bridgePort}`;
    const address = octetsOf(addresses.get(key));
    const others = [
      textOf(names.get(key)),
      textOf(descriptions.get(key)),
      address?.length === 6 ? macOf(address) : null,
    ];
    const aggregator = [attached, selected]
      .map((column) => integerOf(column.get(key)))
      .find((id) => id !== null && id !== 0 && id !== ifIndex);
    return {
      portId,
      bridgePort,
      ifIndex,
      aliases: [...new Set(others)].filter((other): other is string => other !== null && other !== portId),
      lag: aggregator ? portOfIndex(aggregator) : null,
      description: textOf(aliases.get(key)),
    };
  });
}

/** Admin state and carrier, by ifIndex. */
export async function readLinks(connection: SnmpConnection): Promise<(ifIndex: number) => PortLink> {
  const { ifAdminStatus, ifOperStatus } = interfaces;
  const [admin = new Map(), oper = new Map()] = await connection.walk([ifAdminStatus, ifOperStatus]);
  return (ifIndex) => ({
    adminUp: integerOf(admin.get(`${ifIndex}`)) === UP,
    operUp: operational(integerOf(oper.get(`${ifIndex}`))),
  });
}

/** ifName where it tells the ports apart, else ifDescr, else the number: cheap switches give all ports the same name. */
function namesOf(
  indexes: ReadonlyArray<{ bridgePort: number; ifIndex: number }>,
  ...columns: Column[]
): Map<number, string> {
  for (const column of columns) {
    const names = new Map(indexes.map(({ bridgePort, ifIndex }) => [bridgePort, textOf(column.get(`${ifIndex}`))]));
    if (new Set(names.values()).size === names.size && ![...names.values()].includes(null)) {
      return names as Map<number, string>;
    }
  }
  return new Map();
}

/** ifOperStatus: unknown(4) says nothing, whatever else is not up(1) passes no packets. */
function operational(status: number | null): boolean | null {
  return status === null || status === 4 ? null : status === UP;
}
