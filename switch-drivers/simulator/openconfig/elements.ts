import { element, type XmlElement } from '../../transports/netconf/xml/element.ts';
import type { Schema } from '../netconf/edit.ts';

type Content = Parameters<typeof element>[2];

const of =
  (ns: string) =>
  (name: string, content: Content = []): XmlElement =>
    element(ns, name, content);

/** Elements of openconfig-interfaces and what augments it, -network-instance, -lldp and -system. */
export const oc = of('http://openconfig.net/yang/interfaces');
export const ethernet = of('http://openconfig.net/yang/interfaces/ethernet');
export const aggregate = of('http://openconfig.net/yang/interfaces/aggregate');
export const vlan = of('http://openconfig.net/yang/vlan');
export const instance = of('http://openconfig.net/yang/network-instance');
export const lldp = of('http://openconfig.net/yang/lldp');
export const system = of('http://openconfig.net/yang/system');

/** iana-if-type, with the prefix that this device binds it to. */
export function interfaceType(name: string): XmlElement {
  return element('http://openconfig.net/yang/interfaces', 'type', `ianaift:${name}`, {
    prefixes: { ianaift: 'urn:ietf:params:xml:ns:yang:iana-if-type' },
  });
}

export const schema: Schema = {
  listKeys: {
    'interfaces/interface': ['name'],
    'subinterfaces/subinterface': ['index'],
    'network-instances/network-instance': ['name'],
    'vlans/vlan': ['vlan-id'],
    'neighbors/neighbor': ['id'],
    'entries/entry': ['mac-address', 'vlan'],
  },
  leafLists: ['trunk-vlans'],
};
