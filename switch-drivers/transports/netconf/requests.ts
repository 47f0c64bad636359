import { element, type XmlElement } from './xml/element.ts';
import { NETCONF } from './xml/namespaces.ts';
import { childOf, elementsOf } from './xml/read.ts';

const nc = (name: string, content: XmlElement | readonly XmlElement[] = []): XmlElement =>
  element(NETCONF, name, content);

const subtree = (filters: readonly XmlElement[]): XmlElement =>
  element(NETCONF, 'filter', filters, { attributes: [{ name: 'type', ns: '', value: 'subtree' }] });

/** RFC 6241 section 7.7, with a subtree filter: for readers, which name their operations beforehand. */
export function getRequest(filters: readonly XmlElement[]): XmlElement {
  return nc('get', subtree(filters));
}

/** RFC 6241 section 7.1, with a subtree filter. */
export function getConfigRequest(filters: readonly XmlElement[]): XmlElement {
  return nc('get-config', [nc('source', nc('running')), subtree(filters)]);
}

/** What a reply to `getRequest` holds: the elements below its `<data>`. */
export function dataOf(reply: readonly XmlElement[] | null | undefined): XmlElement[] {
  const data = reply?.find(({ name, ns }) => name === 'data' && ns === NETCONF);
  return data ? elementsOf(data) : [];
}

/** The element at a path of names, whatever their namespaces. */
export function descendant(from: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((node, name) => node && childOf(node, name, null), from);
}

/** As it may be sent back: attributes are what the device tells about an element (`wd:default`, `junos:changed`). */
export function withoutAttributes(node: XmlElement): XmlElement {
  const children = node.children.map((child) => (typeof child === 'string' ? child : withoutAttributes(child)));
  return { ...node, attributes: [], children };
}
