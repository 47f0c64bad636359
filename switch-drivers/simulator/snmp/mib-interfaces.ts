import netSnmp from 'net-snmp';
import { bridge, entity, interfaces, system } from '../../transports/snmp/mib.ts';
import { portMac } from '../model/lldp.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import type { MibObject } from './mib-tree.ts';
import { chosen, numbered, portAt } from './numbers.ts';
import { integer, type MibValue, mac, objectId, text } from './values.ts';

const ADMIN = { 1: 'up', 2: 'down' } as const;

/** SNMPv2-MIB, ENTITY-MIB, IF-MIB, and the ports of BRIDGE-MIB. */
export function interfaceObjects(model: SwitchModel): MibObject[] {
  const column = (oid: string, cellOf: (portId: string, bridgePort: number) => MibValue): MibObject => ({
    oid,
    cells: () =>
      numbered(model).map(({ portId, bridgePort, ifIndex }) => ({
        index: [ifIndex],
        value: cellOf(portId, bridgePort),
      })),
  });
  const scalar = (oid: string, cellOf: () => MibValue): MibObject => ({
    oid: oid.replace(/\.0$/, ''),
    cells: () => [{ index: [0], value: cellOf() }],
  });
  const one = (oid: string, value: MibValue): MibObject => ({ oid, cells: () => [{ index: [1], value }] });
  return [
    scalar(system.sysDescr, () => text('Simulated bridge, firmware 1.0')),
    // Of the Switchyard simulator: nobody's enterprise number.
    scalar(system.sysObjectID, () => objectId('1.3.6.1.4.1.32473.1')),
    scalar(system.sysName, () => text(model.running.hostname)),
    one(entity.entPhysicalClass, integer(3)),
    one(entity.entPhysicalSoftwareRev, text('1.0')),
    one(entity.entPhysicalModelName, text('SIM-8')),
    column(interfaces.ifDescr, (portId) => text(`Gigabit port ${portId}`)),
    column(interfaces.ifPhysAddress, (_, bridgePort) => mac(portMac(model.chassisMac, bridgePort))),
    {
      ...column(interfaces.ifAdminStatus, (portId) => integer(model.running.ports[portId]?.adminUp ? 1 : 2)),
      set(index, value) {
        const portId = portAt(model, 'ifIndex', index);
        const word = chosen(value, netSnmp.ObjectType.Integer ?? 0, ADMIN);
        return {
          line: `ifAdminStatus.${index} = ${word}`,
          apply: ({ ports }) => {
            ports[portId]!.adminUp = word === 'up';
          },
        };
      },
    },
    column(interfaces.ifOperStatus, (portId) => integer(model.port(portId).operUp ? 1 : 2)),
    column(interfaces.ifName, (portId) => text(portId)),
    column(interfaces.ifAlias, (portId) => text(model.running.ports[portId]?.description ?? '')),
    scalar(bridge.dot1dBaseBridgeAddress, () => mac(model.chassisMac)),
    {
      oid: bridge.dot1dBasePortIfIndex,
      cells: () => numbered(model).map(({ bridgePort, ifIndex }) => ({ index: [bridgePort], value: integer(ifIndex) })),
    },
  ];
}
