import { idText } from '../../../topology/lldp/id-text.ts';
import { macOf } from '../../../topology/lldp/octets.ts';
import type { MacTableEntry, SwitchNeighbor } from '../../contract/driver.ts';
import type { SnmpConnection } from '../../transports/snmp/connection.ts';
import { lldp, qBridge } from '../../transports/snmp/mib.ts';
import { type Column, indexOf, integerOf, octetsOf, textOf } from '../../transports/snmp/values.ts';
import type { BridgePort } from '../model.ts';
import { localPorts } from './local-ports.ts';

/** The address tables of large switches hold so many. */
const MACS = 300_000;
/** dot1qTpFdbStatus. */
const LEARNED = 3;
const MGMT = 5;

/** The VLAN of a filtering database is told only where it is that of one VLAN; shared learning has one for several. */
export async function readMacs(connection: SnmpConnection, ports: readonly BridgePort[]): Promise<MacTableEntry[]> {
  const [databases = new Map()] = await connection.walk([qBridge.dot1qVlanFdbId], { timeFilter: true });
  const vlans = new Map<number, number[]>();
  for (const [index, value] of databases) {
    const [[, vlan] = [], database] = [indexOf(index, 2) ?? undefined, integerOf(value)];
    if (vlan !== undefined && database !== null) vlans.set(database, [...(vlans.get(database) ?? []), vlan]);
  }
  const [bridgePorts, statuses] = (await connection.walk([qBridge.dot1qTpFdbPort, qBridge.dot1qTpFdbStatus], {
    cells: MACS,
  })) as [Column, Column];
  const names = new Map(ports.map(({ bridgePort, portId }) => [bridgePort, portId]));
  return [...bridgePorts].flatMap(([index, value]) => {
    const [database = 0, ...octets] = indexOf(index, 7) ?? [];
    const portId = names.get(integerOf(value) ?? 0);
    const status = integerOf(statuses.get(index));
    if (octets.length !== 6 || portId === undefined || (status !== LEARNED && status !== MGMT)) return [];
    const [vlan = null, ...others] = vlans.get(database) ?? [];
    return [{ mac: macOf(Uint8Array.from(octets)), vlan: others.length === 0 ? vlan : null, portId }];
  });
}

export async function readNeighbors(
  connection: SnmpConnection,
  ports: readonly BridgePort[],
): Promise<SwitchNeighbor[]> {
  const local = await localPorts(connection, ports);
  const [chassisSubtypes, chassis, portSubtypes, remotePorts, systemNames] = (await connection.walk(
    [
      lldp.lldpRemChassisIdSubtype,
      lldp.lldpRemChassisId,
      lldp.lldpRemPortIdSubtype,
      lldp.lldpRemPortId,
      lldp.lldpRemSysName,
    ],
    { timeFilter: true },
  )) as [Column, Column, Column, Column, Column];
  return [...chassis].flatMap(([index, value]) => {
    const [, number = 0] = indexOf(index, 3) ?? [];
    const portId = local.get(number);
    const [chassisIdSubtype, chassisId] = [integerOf(chassisSubtypes.get(index)), octetsOf(value)];
    const [portIdSubtype, remotePortId] = [integerOf(portSubtypes.get(index)), octetsOf(remotePorts.get(index))];
    if (portId === undefined || chassisId === null || chassisIdSubtype === null) return [];
    return [
      {
        portId,
        chassisIdSubtype,
        chassisId: idText('chassis', chassisIdSubtype, chassisId),
        portIdSubtype,
        remotePortId: remotePortId === null ? '' : idText('port', portIdSubtype ?? 0, remotePortId),
        systemName: textOf(systemNames.get(index)),
      },
    ];
  });
}
