import { descendant } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childOf, childrenOf, childText, elementsOf, textOf } from '../../transports/netconf/xml/read.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';

/**
 * What puts a port into VLANs from outside its own statements, by port: such a membership would stay when the port's own
 * are replaced. Also what the port's own statements say while they are switched off, or do not say because a group does.
 */
export function membershipElsewhere(configuration: XmlElement, lines: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const note = (name: string | undefined, what: string): void => {
    const portId = canonicalName(name ?? '');
    if (portId !== null) found.set(portId, [...(found.get(portId) ?? []), what]);
  };
  const ports = portNames(configuration);
  const noteEach = (entry: XmlElement, what: string): void => {
    const name = childText(entry, 'name', null) ?? textOf(entry);
    for (const portId of name === 'all' ? ports : [name]) note(portId, what);
  };
  for (const vlan of entries(descendant(configuration, 'vlans'), 'vlan')) {
    for (const entry of entries(vlan, 'interface')) noteEach(entry, `vlans ${childText(vlan, 'name', null)} interface`);
  }
  // Both put ports into VLANs while the switch runs.
  for (const path of [['dot1x', 'authenticator'], ['mvrp']]) {
    for (const entry of entries(descendant(configuration, 'protocols', ...path), 'interface'))
      noteEach(entry, `protocols ${path.join(' ')}`);
  }
  // VLAN ids of another virtual switch are other VLANs.
  for (const instance of entries(descendant(configuration, 'routing-instances'), 'instance')) {
    for (const entry of entries(instance, 'interface'))
      noteEach(entry, `routing-instances ${childText(instance, 'name', null)}`);
  }
  for (const port of entries(descendant(configuration, 'interfaces'), 'interface')) {
    const group = inheritedFrom(port);
    if (group !== null) note(childText(port, 'name', null), `apply-groups ${group}`);
  }
  for (const line of lines) {
    const [, name, rest = ''] = /^deactivate interfaces (\S+)(.*)$/.exec(line) ?? [];
    if (name !== undefined && ABOUT_VLANS.test(rest)) note(name, line);
    const legacy = /^set interfaces (\S+) unit 0 family ethernet-switching port-mode /.exec(line);
    if (legacy) note(legacy[1], 'port-mode, of a Junos without ELS');
  }
  return found;
}

const ABOUT_VLANS =
  /^(?: disable| native-vlan-id.*| unit 0(?: disable| family(?: ethernet-switching(?: (?:interface-mode|vlan).*)?)?)?)?$/;

/** Elements about VLANs, and the link's state. */
const WRITTEN = new Set(['disable', 'native-vlan-id', 'interface-mode', 'vlan', 'members']);

/** The group that gave the port a statement of those that are written; null: none did. */
function inheritedFrom(node: XmlElement): string | null {
  for (const child of elementsOf(node)) {
    const group = child.attributes.find(({ name }) => name === 'group')?.value;
    if (group !== undefined && WRITTEN.has(child.name)) return group;
    const deeper = inheritedFrom(child);
    if (deeper !== null) return deeper;
  }
  return null;
}

function portNames(configuration: XmlElement): string[] {
  return entries(descendant(configuration, 'interfaces'), 'interface')
    .map((port) => childOf(port, 'name', null))
    .flatMap((name) => canonicalName(name ? textOf(name) : '') ?? [])
    .filter(isSwitchPort);
}

function entries(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent ? childrenOf(parent, name, null) : [];
}
