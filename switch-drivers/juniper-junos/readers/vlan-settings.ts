import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { canonicalName } from '../port-names.ts';
import { vlanId } from './noise.ts';
import type { Statement } from './statements.ts';
import { beginsWith } from './words.ts';

export interface VlanSettings {
  name: string;
  /** More than one with `vlan-id-list` and `vlan-range`; none without an id. */
  ids: number[];
  /** Ports that are named here rather than naming the VLAN at the port. */
  ports: string[];
  /** Private VLANs and QinQ: they concern every port of the VLAN. */
  foreign: string[];
}

const FOREIGN = beginsWith([
  'dot1q-tunneling',
  'private-vlan',
  'isolated-vlan',
  'isolation-(?:id|vlan-id)',
  'community-vlans?',
  'primary-vlan',
  'pvlan',
  'no-local-switching',
  'extend-secondary-vlan-id',
  'vlan-tags',
  String.raw`interface \S+ (?:mapping|pvlan-trunk|isolated|promiscuous)`,
]);

const KNOWN = beginsWith([
  'description',
  'l3-interface',
  'l3-interface-ingress-counting',
  'vxlan',
  'vrf-target',
  'service-id',
  'filter',
  'forwarding-options',
  'mac-limit',
  'mac-table-aging-time',
  'mac-table-size',
  'no-mac-learning',
  'no-irb-layer-2-copy',
  'switch-options',
  'bridge-options',
  'multicast-snooping-options',
  'interface-mac-limit',
  'route-target',
  'domain-type',
  'domain-id',
  'mcae-mac-synchronize',
  'mcae-mac-flush',
]);

/** VLANs by name, in their order. Lines that say what is not known here go to `unparsed`. */
export function vlansOf(statements: readonly Statement[], unparsed: string[]): Map<string, VlanSettings> {
  const vlans = new Map<string, VlanSettings>();
  for (const { line, words } of statements) {
    const [part, name = '', ...rest] = words;
    if (part !== 'vlans') continue;
    const vlan = vlans.get(name) ?? { name, ids: [], ports: [], foreign: [] };
    vlans.set(name, vlan);
    if (!take(vlan, rest, line)) unparsed.push(line);
  }
  return vlans;
}

function take(vlan: VlanSettings, words: string[], line: string): boolean {
  const text = words.join(' ');
  const [key, value = ''] = words;
  if (text === '' || KNOWN.test(text)) return true;
  if (FOREIGN.test(text)) vlan.foreign.push(line);
  if (key === 'interface') {
    const portId = canonicalName(value);
    if (portId !== null) vlan.ports.push(portId);
    return portId !== null;
  }
  if (key === 'vlan-id') {
    if (value === 'none' || value === 'all') return true;
    const id = vlanId(value);
    if (id !== null) vlan.ids.push(id);
    return id !== null;
  }
  if (key === 'vlan-id-list' || key === 'vlan-range') {
    const ids = parseVlanList(value);
    if (ids !== null) vlan.ids.push(...ids);
    return ids !== null;
  }
  return FOREIGN.test(text);
}

/** The ids behind a word after `vlan members`: a name, an id, a range or `all`. Null when nobody told the name's id. */
export function resolve(vlans: ReadonlyMap<string, VlanSettings>, word: string): number[] | 'all' | null {
  const named = vlans.get(word);
  if (named) return named.ids.length > 0 ? named.ids : null;
  return word === 'all' ? 'all' : parseVlanList(word);
}
