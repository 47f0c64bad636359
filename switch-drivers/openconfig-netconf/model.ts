import type { PathStep } from '../transports/netconf/node-edit.ts';
import { element, type XmlElement } from '../transports/netconf/xml/element.ts';

/** Namespaces of the OpenConfig models that are used here. */
export const INTERFACES = 'http://openconfig.net/yang/interfaces';
export const ETHERNET = 'http://openconfig.net/yang/interfaces/ethernet';
export const AGGREGATE = 'http://openconfig.net/yang/interfaces/aggregate';
export const VLAN = 'http://openconfig.net/yang/vlan';
export const NETWORK_INSTANCE = 'http://openconfig.net/yang/network-instance';
export const LLDP = 'http://openconfig.net/yang/lldp';
export const SYSTEM = 'http://openconfig.net/yang/system';

type Content = Parameters<typeof element>[2];

/** Elements of one model. */
export const of =
  (ns: string) =>
  (name: string, content: Content = []): XmlElement =>
    element(ns, name, content);

/** Where a port's VLANs stand: an aggregate has them in another container than a single port. */
export type PortKind = 'ethernet' | 'aggregation';

export function interfacePath(portId: string): PathStep[] {
  return [
    { ns: INTERFACES, name: 'interfaces' },
    { ns: INTERFACES, name: 'interface', key: { leaf: 'name', value: portId } },
  ];
}

export function switchedVlanPath(portId: string, kind: PortKind): PathStep[] {
  return [
    ...interfacePath(portId),
    { ns: kind === 'ethernet' ? ETHERNET : AGGREGATE, name: kind },
    { ns: VLAN, name: 'switched-vlan' },
    { ns: VLAN, name: 'config' },
  ];
}

/** The VLANs stand in the network instance: openconfig-network-instance takes the nodes of openconfig-vlan into its own namespace. */
export function vlansPath(networkInstance: string): PathStep[] {
  return [
    { ns: NETWORK_INSTANCE, name: 'network-instances' },
    { ns: NETWORK_INSTANCE, name: 'network-instance', key: { leaf: 'name', value: networkInstance } },
    { ns: NETWORK_INSTANCE, name: 'vlans' },
  ];
}
