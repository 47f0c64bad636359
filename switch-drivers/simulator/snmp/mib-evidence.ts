import { lldp, qBridge } from '../../transports/snmp/mib.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import type { Cell, MibObject } from './mib-tree.ts';
import { databaseOf } from './mib-vlans.ts';
import { numbered } from './numbers.ts';
import { integer, type MibValue, mac, octets, oidOf, text } from './values.ts';

/** Subtypes of IEEE 802.1AB tables 8-2 and 8-3. */
const CHASSIS_MAC = 4;
const PORT_MAC = 3;
const INTERFACE_NAME = 5;
/** lldpRemTimeMark: some time after the start. */
const MARK = 4711;

/** dot1qTpFdbTable, and LLDP-MIB with dot1dBasePort as lldpLocPortNum. */
export function evidenceObjects(model: SwitchModel): MibObject[] {
  const numbers = new Map(numbered(model).map(({ portId, bridgePort }) => [portId, bridgePort]));
  const learned = (oid: string, cellOf: (bridgePort: number) => MibValue): MibObject => {
    let entries: ReturnType<SwitchModel['macTable']> = [];
    let cells: Cell[] = [];
    return {
      oid,
      cells: () => {
        const now = model.macTable();
        if (now.length === entries.length && now.every((entry, at) => entry === entries[at])) return cells;
        entries = now;
        cells = now.map(({ vlan, mac: address, portId }) => ({
          index: [databaseOf(vlan), ...Buffer.from(address.replaceAll(':', ''), 'hex')],
          value: cellOf(numbers.get(portId) ?? 0),
        }));
        return cells;
      },
    };
  };
  const local = (oid: string, cellOf: (portId: string) => MibValue): MibObject => ({
    oid,
    cells: () => numbered(model).map(({ portId, bridgePort }) => ({ index: [bridgePort], value: cellOf(portId) })),
  });
  const remote = (oid: string, cellOf: (neighbor: Neighbor) => MibValue): MibObject => ({
    oid,
    cells: () =>
      model.neighbors().flatMap((neighbor) => {
        const port = numbered(model).find(({ portId }) => portId === neighbor.portId);
        return port ? [{ index: [MARK, port.bridgePort, 1], value: cellOf(neighbor) }] : [];
      }),
  });
  const scalar = (oid: string, value: MibValue): MibObject => ({
    oid: oidOf(oid).slice(0, -1).join('.'),
    cells: () => [{ index: [0], value }],
  });
  return [
    learned(qBridge.dot1qTpFdbPort, integer),
    learned(qBridge.dot1qTpFdbStatus, () => integer(3)),
    scalar(lldp.lldpLocChassisIdSubtype, integer(CHASSIS_MAC)),
    scalar(lldp.lldpLocChassisId, mac(model.chassisMac)),
    local(lldp.lldpLocPortIdSubtype, () => integer(INTERFACE_NAME)),
    local(lldp.lldpLocPortId, (portId) => text(portId)),
    local(lldp.lldpLocPortDesc, (portId) => text(model.running.ports[portId]?.description ?? '')),
    remote(lldp.lldpRemChassisIdSubtype, ({ chassisIdSubtype }) => integer(chassisIdSubtype)),
    remote(lldp.lldpRemChassisId, ({ chassisIdSubtype, chassisId }) =>
      idOctets(chassisIdSubtype === CHASSIS_MAC, chassisId),
    ),
    remote(lldp.lldpRemPortIdSubtype, ({ portIdSubtype }) => integer(portIdSubtype)),
    remote(lldp.lldpRemPortId, ({ portIdSubtype, remotePortId }) => idOctets(portIdSubtype === PORT_MAC, remotePortId)),
    remote(lldp.lldpRemSysName, ({ systemName }) => text(systemName ?? '')),
  ];
}

type Neighbor = ReturnType<SwitchModel['neighbors']>[number];

function idOctets(isMac: boolean, id: string): MibValue {
  return isMac ? mac(id) : octets(Buffer.from(id));
}
