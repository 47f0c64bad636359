import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import type { Tree } from '../netconf/edit.ts';
import { fromExtra } from '../netconf/extra.ts';
import { aggregate, ethernet, instance, interfaceType, oc, system, vlan } from './elements.ts';

export function render(config: Readonly<SimConfig>): Tree {
  return [
    system('system', system('config', system('hostname', config.hostname))),
    oc(
      'interfaces',
      Object.entries(config.ports).map(([portId, port]) => interfaceOf(portId, port)),
    ),
    instance(
      'network-instances',
      instance('network-instance', [
        instance('name', 'default'),
        instance(
          'vlans',
          Object.entries(config.vlans).map(([id, { name, active }]) =>
            instance('vlan', [
              instance('vlan-id', id),
              instance('config', [
                instance('vlan-id', id),
                instance('name', name),
                instance('status', active ? 'ACTIVE' : 'SUSPENDED'),
              ]),
            ]),
          ),
        ),
      ]),
    ),
  ];
}

function interfaceOf(portId: string, port: SimPortConfig): XmlElement {
  const isLag = portId.startsWith('Port-Channel');
  const switched = port.routed || port.lag !== null ? [] : [vlan('switched-vlan', vlan('config', switchedVlan(port)))];
  const member = port.lag === null ? [] : [ethernet('config', aggregate('aggregate-id', port.lag))];
  return oc('interface', [
    oc('name', portId),
    oc('config', [
      oc('name', portId),
      interfaceType(isLag ? 'ieee8023adLag' : 'ethernetCsmacd'),
      oc('enabled', String(port.adminUp)),
      ...(port.description === null ? [] : [oc('description', port.description)]),
    ]),
    ...(isLag ? [aggregate('aggregation', switched)] : [ethernet('ethernet', [...member, ...switched])]),
    ...fromExtra('interface', port.extra),
  ]);
}

/** Settings as applied are told in the same words. */
export function switchedVlan(port: SimPortConfig): XmlElement[] {
  if (port.mode !== 'trunk') return [vlan('interface-mode', 'ACCESS'), vlan('access-vlan', port.accessVlan)];
  const native = port.nativeVlan === 'tag' ? [] : [vlan('native-vlan', port.nativeVlan)];
  const allowed = port.allowed === 'all' ? [] : port.allowed.map((id) => vlan('trunk-vlans', id));
  return [vlan('interface-mode', 'TRUNK'), ...native, ...allowed];
}
