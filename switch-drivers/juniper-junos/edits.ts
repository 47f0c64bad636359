import type { Change, PortSettings } from '../../topology/plan/model.ts';
import type { NodeEdit, PathStep } from '../transports/netconf/node-edit.ts';
import { nodeAt } from '../transports/netconf/node-edit.ts';
import type { NetconfPorts } from '../transports/netconf/platform.ts';
import type { XmlElement } from '../transports/netconf/xml/element.ts';
import { NETCONF } from '../transports/netconf/xml/namespaces.ts';
import { childrenOf, childText } from '../transports/netconf/xml/read.ts';
import { safeName } from '../transports/ssh-cli/guard.ts';
import { formatVlanList } from '../transports/ssh-cli/parse.ts';
import { unsupported, vlanId } from '../transports/ssh-cli/settings.ts';
import { conf, linesOf } from './readers/configuration.ts';

const step = (name: string, value?: string): PathStep => ({
  ns: NETCONF,
  name,
  ...(value !== undefined && { key: { leaf: 'name', value } }),
});

/** Words that stand for more than one VLAN, or for none, where a VLAN's name is expected. */
const KEYWORDS = ['all', 'none', 'default'];

export function edits(change: Change, now: NetconfPorts): NodeEdit[] {
  if (change.op === 'vlan-create') return vlanCreate(change.vlan, change.name, now.config);
  return portSet(change.portId, change.settings);
}

/** A name that another VLAN has would move that VLAN with all its ports. */
function vlanCreate(vlan: number, wanted: string, config: readonly XmlElement[]): NodeEdit[] {
  const name = safeName(wanted);
  const id = String(vlanId(vlan));
  if (KEYWORDS.includes(name.toLowerCase())) throw unsupported(`a VLAN cannot be named ${name}`);
  const vlans = nodeAt(config, [step('configuration'), step('vlans')]);
  const known = vlans ? childrenOf(vlans, 'vlan', null) : [];
  if (known.some((one) => childText(one, 'vlan-id', null) === id)) return [];
  const holder = known.find((one) => childText(one, 'name', null) === name);
  if (holder)
    throw unsupported(`the VLAN name ${name} is taken by VLAN ${childText(holder, 'vlan-id', null) ?? 'without id'}`);
  return [
    {
      path: [step('configuration'), step('vlans'), step('vlan', name)],
      node: conf('vlan', [conf('name', name), conf('vlan-id', id)]),
    },
  ];
}

/**
 * All of it is in force in one instant. A native VLAN passes only where the trunk also has it as a member; without
 * `native-vlan-id` a trunk drops untagged frames.
 */
function portSet(portId: string, { adminUp, mode, untagged, tagged }: PortSettings): NodeEdit[] {
  if (mode === 'access' && untagged === null) throw unsupported(`access port ${portId} needs a VLAN`);
  const native = mode === 'trunk' ? untagged : null;
  const carried = [...(untagged === null ? [] : [untagged]), ...(mode === 'trunk' ? tagged : [])].map((vlan) =>
    vlanId(vlan),
  );
  const members = formatVlanList(carried).split(',').filter(Boolean);
  const port = [step('configuration'), step('interfaces'), step('interface', portId)];
  const unit = [...port, step('unit', '0')];
  const switching = [...unit, step('family'), step('ethernet-switching')];
  const node = (path: PathStep[], name: string, content: XmlElement | null): NodeEdit => ({
    path: [...path, step(name)],
    node: content,
  });
  return [
    node(port, 'disable', adminUp ? null : conf('disable')),
    // Keeps the port down as well, and is never written.
    node(unit, 'disable', null),
    node(port, 'native-vlan-id', native === null ? null : conf('native-vlan-id', native)),
    node(switching, 'interface-mode', conf('interface-mode', mode)),
    node(
      switching,
      'vlan',
      members.length === 0
        ? null
        : conf(
            'vlan',
            members.map((member) => conf('members', member)),
          ),
    ),
  ];
}

/** As an operator would type it. */
export function lines({ path, node, now }: NodeEdit & { now: XmlElement | null }): string[] {
  const last = path.at(-1);
  if (!last) return [];
  const words = wordsOf(path.slice(1, -1));
  const own = wordsOf(path.slice(1)).join(' ');
  // A list is replaced as a whole, a single value by the new one.
  const first = now !== null && (node === null || last.name === 'vlan') ? [`delete ${own}`] : [];
  return [...first, ...(node === null ? [] : linesOf(node, words))];
}

function wordsOf(path: readonly PathStep[]): string[] {
  return path.flatMap(({ name, key }, depth) => [...(depth === 1 && key ? [] : [name]), ...(key ? [key.value] : [])]);
}
