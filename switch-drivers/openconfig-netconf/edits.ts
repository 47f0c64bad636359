import type { Change, PortSettings } from '../../topology/plan/model.ts';
import { type NodeEdit, nodeAt, pathText } from '../transports/netconf/node-edit.ts';
import type { NetconfPorts } from '../transports/netconf/platform.ts';
import type { XmlElement } from '../transports/netconf/xml/element.ts';
import { elementsOf, textOf } from '../transports/netconf/xml/read.ts';
import { safeName } from '../transports/ssh-cli/guard.ts';
import { unsupported, vlanId } from '../transports/ssh-cli/settings.ts';
import { INTERFACES, interfacePath, NETWORK_INSTANCE, of, switchedVlanPath, VLAN, vlansPath } from './model.ts';
import type { OpenconfigOptions } from './options.ts';
import { kindOf } from './readers/ports.ts';
import { trunkEntries } from './readers/vlan-list.ts';

const oc = of(INTERFACES);
const vlan = of(VLAN);
const ni = of(NETWORK_INSTANCE);

export function edits(change: Change, now: NetconfPorts, { networkInstance }: OpenconfigOptions): NodeEdit[] {
  return change.op === 'vlan-create'
    ? vlanCreate(change.vlan, change.name, now, networkInstance)
    : portSet(change.portId, change.settings, now);
}

function vlanCreate(id: number, wanted: string, now: NetconfPorts, networkInstance: string): NodeEdit[] {
  const name = safeName(wanted);
  const number = String(vlanId(id));
  const path = [
    ...vlansPath(networkInstance),
    { ns: NETWORK_INSTANCE, name: 'vlan', key: { leaf: 'vlan-id', value: number } },
  ];
  const there = nodeAt(now.config, path);
  if (now.vlans?.includes(id) === true) return [];
  const config = { ns: NETWORK_INSTANCE, name: 'config' };
  // It may have been suspended by hand; its name is not ours to change.
  if (there) return [{ path: [...path, config, { ...config, name: 'status' }], node: ni('status', 'ACTIVE') }];
  const settings = ni('config', [ni('vlan-id', number), ni('name', name), ni('status', 'ACTIVE')]);
  return [{ path, node: ni('vlan', [ni('vlan-id', number), settings]) }];
}

/** All of it is in force in one instant. */
function portSet(portId: string, settings: PortSettings, now: NetconfPorts): NodeEdit[] {
  const entry = nodeAt(now.config, interfacePath(portId));
  const kind = (entry && kindOf(entry)) ?? 'ethernet';
  const enabled = [...interfacePath(portId), { ns: INTERFACES, name: 'config' }, { ns: INTERFACES, name: 'enabled' }];
  return [
    { path: enabled, node: oc('enabled', String(settings.adminUp)) },
    { path: switchedVlanPath(portId, kind), node: vlan('config', switchedVlan(portId, settings)) },
  ];
}

/** The native VLAN is among the trunk's: there are devices on which it passes only so, and none on which that hurts. */
function switchedVlan(portId: string, { mode, untagged, tagged }: PortSettings): XmlElement[] {
  if (mode === 'access') {
    if (untagged === null) throw unsupported(`access port ${portId} needs a VLAN`);
    return [vlan('interface-mode', 'ACCESS'), vlan('access-vlan', vlanId(untagged))];
  }
  const carried = [...(untagged === null ? [] : [untagged]), ...tagged].map((id) => vlanId(id));
  // openconfig-vlan: "If not specified, all VLANs are allowed on the interface".
  if (carried.length === 0)
    throw unsupported(`a trunk without any VLAN (port ${portId}) cannot be told in OpenConfig: it would carry all`);
  return [
    vlan('interface-mode', 'TRUNK'),
    ...(untagged === null ? [] : [vlan('native-vlan', untagged)]),
    ...trunkEntries(carried).map((entry) => vlan('trunk-vlans', entry)),
  ];
}

/** One line a leaf: `interfaces/interface[name=Ethernet1]/config/enabled = false`. */
export function lines({ path, node, now }: NodeEdit & { now: XmlElement | null }): string[] {
  const place = pathText(path);
  if (node === null) return [`delete ${place}`];
  const isContainer = elementsOf(node).length > 0;
  return [...(now !== null && isContainer ? [`delete ${place}`] : []), ...leaves(node, place)];
}

function leaves(node: XmlElement, place: string): string[] {
  const inner = elementsOf(node);
  if (inner.length === 0) return [`${place} = ${textOf(node)}`];
  const key = /\[([\w-]+)=[^\]]*\]$/.exec(place)?.[1];
  return inner.filter((child) => child.name !== key).flatMap((child) => leaves(child, `${place}/${child.name}`));
}
