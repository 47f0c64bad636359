import { descendant } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText, elementsOf, textOf } from '../../transports/netconf/xml/read.ts';
import { factoryPort, type SimConfig, type SimPortConfig, type SimVlan } from '../model/config.ts';
import type { Tree } from '../netconf/edit.ts';
import { toExtra } from '../netconf/extra.ts';
import { RpcFault } from '../netconf/fault.ts';

const INTERFACE = /^(?:Ethernet\d{1,2}(?:\/\d{1,2})?|Port-Channel\d{1,4}|Vlan\d{1,4}|Loopback\d{1,4}|Management\d)$/;

/** What the device makes of a configuration; throws what it refuses. */
export function parse(tree: Tree, now: Readonly<SimConfig>): SimConfig {
  const top = (name: string) => tree.find((element) => element.name === name);
  const vlans = vlansOf(top('network-instances'));
  const ports: Record<string, SimPortConfig> = {};
  for (const portId of Object.keys(now.ports)) ports[portId] = factoryPort();
  for (const entry of list(top('interfaces'), 'interface')) {
    const portId = childText(entry, 'name', null) ?? '';
    if (!INTERFACE.test(portId) || (portId.startsWith('Ethernet') && now.ports[portId] === undefined))
      throw invalid(`/interfaces/interface[name='${portId}']`, `interface ${portId} does not exist`);
    ports[portId] = portOf(entry, vlans, portId);
  }
  const hostname = descendant(top('system'), 'config', 'hostname');
  return { hostname: hostname ? textOf(hostname) : now.hostname, vlans, ports };
}

function vlansOf(instances: XmlElement | undefined): Record<number, SimVlan> {
  const instance = list(instances, 'network-instance').find((one) => childText(one, 'name', null) === 'default');
  const vlans: Record<number, SimVlan> = { 1: { name: 'default', active: true } };
  for (const entry of list(descendant(instance, 'vlans'), 'vlan')) {
    const id = number(childText(entry, 'vlan-id', null), '/network-instances/network-instance/vlans/vlan/vlan-id');
    const [name, status] = ['name', 'status'].map((leaf) => descendant(entry, 'config', leaf));
    vlans[id] = { name: name ? textOf(name) : `VLAN${id}`, active: !status || textOf(status) === 'ACTIVE' };
  }
  return vlans;
}

function portOf(entry: XmlElement, vlans: Readonly<Record<number, SimVlan>>, portId: string): SimPortConfig {
  const isLag = portId.startsWith('Port-Channel');
  const enabled = descendant(entry, 'config', 'enabled');
  const description = descendant(entry, 'config', 'description');
  const member = descendant(entry, 'ethernet', 'config', 'aggregate-id');
  const holder = descendant(entry, isLag ? 'aggregation' : 'ethernet', 'switched-vlan', 'config');
  const others = elementsOf(entry).filter(({ name }) => !['name', 'config', 'ethernet', 'aggregation'].includes(name));
  return {
    ...factoryPort(),
    adminUp: !enabled || textOf(enabled) === 'true',
    lag: member ? textOf(member) : null,
    description: description ? textOf(description) : null,
    // Without `switched-vlan` a port is what it is out of the box, unless it has addresses.
    routed: others.some(({ name }) => name === 'subinterfaces'),
    extra: toExtra('interface', others),
    ...(holder && switching(holder, vlans, portId)),
  };
}

/** Native VLAN 1 and every VLAN, where a trunk does not say otherwise. */
function switching(
  config: XmlElement,
  vlans: Readonly<Record<number, SimVlan>>,
  portId: string,
): Partial<SimPortConfig> {
  const place = `/interfaces/interface[name='${portId}']/ethernet/switched-vlan/config`;
  const known = (text: string, leaf: string): number => {
    const id = number(text, `${place}/${leaf}`);
    if (!vlans[id]) throw invalid(`${place}/${leaf}`, `VLAN ${id} does not exist`);
    return id;
  };
  const texts = (leaf: string) => childrenOf(config, leaf, null).map(textOf);
  const [mode = 'ACCESS'] = texts('interface-mode');
  const access = texts('access-vlan').map((text) => known(text, 'access-vlan'))[0] ?? 1;
  const native = texts('native-vlan').map((text) => known(text, 'native-vlan'))[0] ?? 1;
  const allowed = texts('trunk-vlans').flatMap((text) => {
    const [first = '', last = first] = text.split('..');
    const [from, to] = [known(first, 'trunk-vlans'), known(last, 'trunk-vlans')];
    return Array.from({ length: to - from + 1 }, (_, index) => known(String(from + index), 'trunk-vlans'));
  });
  if (mode === 'ACCESS') return { mode: 'access', accessVlan: access };
  if (mode !== 'TRUNK') throw invalid(`${place}/interface-mode`, `'${mode}' is not a valid value`);
  return { mode: 'trunk', nativeVlan: native, allowed: allowed.length === 0 ? 'all' : allowed.sort((a, b) => a - b) };
}

function number(text: string | undefined, path: string): number {
  const id = Number(text);
  if (Number.isInteger(id) && id >= 1 && id <= 4094) return id;
  throw invalid(path, `'${text ?? ''}' is not a valid value`);
}

function list(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent ? childrenOf(parent, name, null) : [];
}

function invalid(path: string, message: string): RpcFault {
  return new RpcFault('invalid-value', message, { path });
}
