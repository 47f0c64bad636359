import { element, type XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText } from '../../transports/netconf/xml/read.ts';
import type { Tree } from '../netconf/edit.ts';

/** Namespace of the configuration in what Junos prints; it takes the configuration in any. */
export const XNM = 'http://xml.juniper.net/xnm/1.1/xnm';

export const xnm = (name: string, content: Parameters<typeof element>[2] = []): XmlElement =>
  element(XNM, name, content);

/** An edit in the one namespace of the datastore. */
export function inXnm(node: XmlElement): XmlElement {
  return {
    ...node,
    ns: XNM,
    children: node.children.map((child) => (typeof child === 'string' ? child : inXnm(child))),
  };
}

/** Without what is deactivated: it stands in the configuration and is not in force. */
export function inForce(nodes: Tree): XmlElement[] {
  return nodes.filter((node) => !node.attributes.some(({ name }) => name === 'inactive'));
}

export function listed(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent ? inForce(childrenOf(parent, name, null)) : [];
}

export function nameOf(entry: XmlElement): string {
  return childText(entry, 'name', null) ?? '';
}
