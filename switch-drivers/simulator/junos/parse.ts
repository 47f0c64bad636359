import { descendant } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText, elementsOf, textOf } from '../../transports/netconf/xml/read.ts';
import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { factoryPort, type SimConfig, type SimPortConfig, type SimVlan } from '../model/config.ts';
import type { Tree } from '../netconf/edit.ts';
import { toExtra } from '../netconf/extra.ts';
import { RpcFault } from '../netconf/fault.ts';
import { inForce, listed, nameOf } from './elements.ts';

const INTERFACE = /^(?:(?:ge|xe|et|mge)-\d{1,2}\/\d{1,2}\/\d{1,2}(?::\d)?|ae\d{1,3}|irb|lo0|me0|em0|fxp0|vme)$/;

/** What a commit makes of a configuration; throws what `commit check` says against it. */
export function parse(tree: Tree, now: Readonly<SimConfig>): SimConfig {
  const configuration = tree.find(({ name }) => name === 'configuration');
  const named = vlansOf(descendant(configuration, 'vlans'));
  const vlans: Record<number, SimVlan> = {};
  for (const [name, id] of named) if (id !== null) vlans[id] = { name, active: true };
  const ports: Record<string, SimPortConfig> = {};
  // A port that nothing is configured on forwards nothing.
  for (const portId of Object.keys(now.ports)) ports[portId] = { ...factoryPort(), routed: true };
  for (const entry of listed(descendant(configuration, 'interfaces'), 'interface')) {
    const portId = nameOf(entry);
    if (!INTERFACE.test(portId)) throw refusal(`[edit interfaces ${portId}]`, portId, 'invalid interface type');
    ports[portId] = portOf(entry, named);
  }
  const hostname = descendant(configuration, 'system', 'host-name');
  return { hostname: hostname ? textOf(hostname) : now.hostname, vlans, ports };
}

function vlansOf(holder: XmlElement | undefined): Map<string, number | null> {
  const named = new Map<string, number | null>([['default', 1]]);
  const taken = new Map<number, string>();
  for (const entry of listed(holder, 'vlan')) {
    const name = nameOf(entry);
    const text = childText(entry, 'vlan-id', null);
    const id = text === undefined ? null : Number(text);
    const place = `[edit vlans ${name}]`;
    if (id !== null && !(Number.isInteger(id) && id >= 1 && id <= 4094))
      throw refusal(place, `vlan-id ${text}`, `Value ${text} is not within range (1..4094)`);
    const other = id === null ? undefined : taken.get(id);
    if (other !== undefined) throw refusal(place, `vlan-id ${id}`, `VLAN-ID ${id} is already used by vlan ${other}`);
    if (id !== null) taken.set(id, name);
    named.set(name, id);
  }
  return named;
}

function portOf(entry: XmlElement, vlans: ReadonlyMap<string, number | null>): SimPortConfig {
  const portId = nameOf(entry);
  const unit = listed(entry, 'unit').find((one) => nameOf(one) === '0');
  const bundle = descendant(entry, 'ether-options', 'ieee-802.3ad', 'bundle');
  const family = descendant(unit, 'family');
  const l2 = inForce(family ? childrenOf(family, 'ethernet-switching', null) : [])[0];
  const has = (name: string) => listed(entry, name)[0];
  const description = childText(entry, 'description', null) ?? null;
  const native = has('native-vlan-id');
  const known = ['name', 'description', 'disable', 'native-vlan-id', 'unit', 'ether-options'];
  const others = elementsOf(entry).filter(({ name }) => !known.includes(name));
  const units = childrenOf(entry, 'unit', null).filter((one) => one !== unit);
  const ofUnit = (unit ? elementsOf(unit) : []).filter(({ name }) => !['name', 'family'].includes(name));
  const ofFamily = (l2 ? elementsOf(l2) : []).filter(({ name }) => !['interface-mode', 'vlan'].includes(name));
  const base: SimPortConfig = {
    ...factoryPort(),
    adminUp: has('disable') === undefined && listed(unit, 'disable').length === 0,
    lag: bundle ? textOf(bundle) : null,
    description,
    extra: [
      ...toExtra('interface', [...others, ...units]),
      ...toExtra('unit', ofUnit),
      ...toExtra('ethernet-switching', ofFamily),
    ],
  };
  const place = `[edit interfaces ${portId} unit 0 family]`;
  if (base.lag !== null && unit)
    throw refusal(`[edit interfaces ${portId}]`, 'unit 0', 'units of a bundle member are not allowed');
  if (l2 && elementsOf(family!).length > 1)
    throw refusal(
      place,
      'ethernet-switching',
      'Family ethernet-switching and rest of the families are mutually exclusive',
    );
  if (!l2) return { ...base, routed: base.lag === null };
  return { ...base, ...switchingOf(l2, native, vlans, portId) };
}

function switchingOf(
  l2: XmlElement,
  native: XmlElement | undefined,
  vlans: ReadonlyMap<string, number | null>,
  portId: string,
): Partial<SimPortConfig> {
  const place = `[edit interfaces ${portId} unit 0 family ethernet-switching vlan]`;
  const mode = listed(l2, 'interface-mode').map(textOf)[0] ?? 'access';
  if (mode !== 'access' && mode !== 'trunk') throw refusal(place, `interface-mode ${mode}`, 'syntax error');
  const words = listed(listed(l2, 'vlan')[0], 'members').map(textOf);
  const ids = words.flatMap((word) => {
    if (word === 'all') return [...vlans.values()].filter((id) => id !== null);
    const named = vlans.get(word);
    const found = named === undefined ? parseVlanList(word) : named === null ? [] : [named];
    const missing = found === null || found.find((id) => ![...vlans.values()].includes(id)) !== undefined;
    if (missing) throw refusal(place, `members ${word}`, `vlan with id/name ${word} does not exist`);
    return found;
  });
  if (mode === 'access') {
    if (native)
      throw refusal(`[edit interfaces ${portId}]`, 'native-vlan-id', 'native-vlan-id is for trunk interfaces');
    if (ids.length > 1) throw refusal(place, 'members', 'Access interface can be part of one vlan only');
    return { mode, accessVlan: ids[0] ?? 1 };
  }
  const nativeVlan = native ? Number(textOf(native)) : 'tag';
  return { mode, nativeVlan, allowed: words.includes('all') ? 'all' : [...new Set(ids)].sort((a, b) => a - b) };
}

function refusal(path: string, element: string, message: string): RpcFault {
  return new RpcFault('operation-failed', message, { path, info: { 'bad-element': element } });
}
