import type { SwitchModel } from '../model/switch-model.ts';
import type { Tree } from '../netconf/edit.ts';
import { aggregate, ethernet, instance, lldp, oc, system, vlan } from './elements.ts';
import { switchedVlan } from './render.ts';

const CHASSIS = [
  'CHASSIS_COMPONENT',
  'INTERFACE_ALIAS',
  'PORT_COMPONENT',
  'MAC_ADDRESS',
  'NETWORK_ADDRESS',
  'INTERFACE_NAME',
  'LOCAL',
];

/** What is in force and what was learned: the containers `state` of the models. */
export function state(model: SwitchModel): Tree {
  return [systemState(model), interfaceStates(model), lldpState(model), forwarding(model)];
}

function systemState({ running }: SwitchModel) {
  return system('system', system('state', [system('hostname', running.hostname), system('software-version', '1.0.0')]));
}

function interfaceStates(model: SwitchModel) {
  return oc(
    'interfaces',
    Object.entries(model.running.ports).map(([portId, port]) => {
      const link = model.portIds.includes(portId) ? model.port(portId) : { adminUp: port.adminUp, operUp: false };
      const switched =
        port.routed || port.lag !== null ? [] : [vlan('switched-vlan', vlan('state', switchedVlan(port)))];
      return oc('interface', [
        oc('name', portId),
        oc('state', [
          oc('enabled', String(port.adminUp)),
          oc('admin-status', link.adminUp ? 'UP' : 'DOWN'),
          oc('oper-status', link.operUp ? 'UP' : 'DOWN'),
        ]),
        portId.startsWith('Port-Channel') ? aggregate('aggregation', switched) : ethernet('ethernet', switched),
      ]);
    }),
  );
}

function lldpState(model: SwitchModel) {
  const heard = Map.groupBy(model.neighbors(), ({ portId }) => portId);
  const neighbors = (portId: string) =>
    (heard.get(portId) ?? []).map((neighbor) =>
      lldp('neighbor', [
        lldp('id', neighbor.chassisId),
        lldp('state', [
          lldp('chassis-id', neighbor.chassisId),
          lldp('chassis-id-type', CHASSIS[neighbor.chassisIdSubtype - 1] ?? 'LOCAL'),
          lldp('port-id', neighbor.remotePortId),
          lldp('port-id-type', 'INTERFACE_NAME'),
          ...(neighbor.systemName === null ? [] : [lldp('system-name', neighbor.systemName)]),
        ]),
      ]),
    );
  return lldp('lldp', [
    lldp('state', [lldp('chassis-id', model.chassisMac), lldp('chassis-id-type', 'MAC_ADDRESS')]),
    lldp(
      'interfaces',
      model.portIds.map((portId) => lldp('interface', [lldp('name', portId), lldp('neighbors', neighbors(portId))])),
    ),
  ]);
}

function forwarding(model: SwitchModel) {
  const entries = model
    .macTable()
    .map(({ mac, vlan: id, portId }) =>
      instance('entry', [
        instance('mac-address', mac),
        instance('vlan', id),
        instance('state', instance('entry-type', 'DYNAMIC')),
        instance('interface', instance('interface-ref', instance('state', instance('interface', portId)))),
      ]),
    );
  return instance(
    'network-instances',
    instance('network-instance', [
      instance('name', 'default'),
      instance('fdb', instance('mac-table', instance('entries', entries))),
    ]),
  );
}
