import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { formatVlanList } from '../../transports/ssh-cli/parse.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import type { Tree } from '../netconf/edit.ts';
import { fromExtra } from '../netconf/extra.ts';
import { xnm } from './elements.ts';

/** The configuration as Junos prints it: without defaults, the VLAN `default` among them. */
export function render(config: Readonly<SimConfig>): Tree {
  const vlans = Object.entries(config.vlans).filter(([id]) => id !== '1');
  return [
    xnm('configuration', [
      xnm('system', xnm('host-name', config.hostname)),
      xnm(
        'interfaces',
        Object.entries(config.ports).map(([portId, port]) => interfaceOf(portId, port)),
      ),
      xnm(
        'vlans',
        vlans.map(([id, { name }]) => xnm('vlan', [xnm('name', name), xnm('vlan-id', id)])),
      ),
    ]),
  ];
}

function interfaceOf(portId: string, port: SimPortConfig): XmlElement {
  const native = port.mode === 'trunk' && port.nativeVlan !== 'tag' ? [xnm('native-vlan-id', port.nativeVlan)] : [];
  const bundle = port.lag === null ? [] : [xnm('ether-options', xnm('ieee-802.3ad', xnm('bundle', port.lag)))];
  const family = port.routed ? [] : [xnm('family', xnm('ethernet-switching', switching(port)))];
  const unit = [...family, ...fromExtra('unit', port.extra)];
  return xnm('interface', [
    xnm('name', portId),
    ...(port.description === null ? [] : [xnm('description', port.description)]),
    ...(port.adminUp ? [] : [xnm('disable')]),
    ...native,
    ...bundle,
    ...fromExtra('interface', port.extra),
    ...(port.lag !== null || unit.length === 0 ? [] : [xnm('unit', [xnm('name', '0'), ...unit])]),
  ]);
}

function switching(port: SimPortConfig): XmlElement[] {
  const others = fromExtra('ethernet-switching', port.extra);
  if (port.mode !== 'trunk') {
    const members = port.accessVlan === 1 ? [] : [xnm('vlan', xnm('members', port.accessVlan))];
    return [...(port.accessVlan === 1 ? [] : [xnm('interface-mode', 'access')]), ...members, ...others];
  }
  const members = port.allowed === 'all' ? ['all'] : formatVlanList(port.allowed).split(',').filter(Boolean);
  const vlan =
    members.length === 0
      ? []
      : [
          xnm(
            'vlan',
            members.map((member) => xnm('members', member)),
          ),
        ];
  return [xnm('interface-mode', 'trunk'), ...vlan, ...others];
}
