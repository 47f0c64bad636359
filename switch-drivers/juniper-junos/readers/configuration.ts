import { element, type XmlElement } from '../../transports/netconf/xml/element.ts';
import { NETCONF } from '../../transports/netconf/xml/namespaces.ts';
import { attributeOf, childOf, elementsOf, textOf } from '../../transports/netconf/xml/read.ts';

/** XML element of the configuration; Junos takes it in the namespace of the operation that it stands in. */
export function conf(name: string, content: Parameters<typeof element>[2] = []): XmlElement {
  return element(NETCONF, name, content);
}

/** The configuration as it may be sent back: without what Junos tells about it (`junos:changed`, `junos:group`). */
export function plain(node: XmlElement): XmlElement {
  return {
    name: node.name,
    ns: NETCONF,
    attributes: node.attributes.filter(({ name }) => name === 'inactive'),
    children: node.children.map((child) => (typeof child === 'string' ? child.trim() : plain(child))).filter(Boolean),
    scope: new Map(),
  };
}

/**
 * The statements as `| display set` prints them (Junos OS XML API Explorer, "Configuration tags": an element a word, a
 * list's entry by the value of its `name`), so that one set of readers serves both.
 */
export function statementLines(configuration: XmlElement): string[] {
  return elementsOf(configuration).flatMap((part) => linesOf(part, []));
}

/** Words of the way to a node and of what is in it, a line for each statement. */
export function linesOf(node: XmlElement, parents: readonly string[]): string[] {
  const key = childOf(node, 'name', null);
  const inner = elementsOf(node).filter((child) => child !== key);
  const parent = parents.at(-1);
  // `interfaces xe-0/0/0`, `vlans blue`: a list that is alone in its place has no word of its own.
  const ownName = ALONE.some(([place, list]) => parents.length === 1 && place === parent && list === node.name);
  const words = [...parents, ...(ownName ? [] : [WORDS[node.name] ?? node.name]), ...(key ? [word(textOf(key))] : [])];
  const off = attributeOf(node, 'inactive') === undefined ? [] : [`deactivate ${words.join(' ')}`];
  if (inner.length > 0 && node.name !== 'member-range')
    return [...inner.flatMap((child) => linesOf(child, words)), ...off];
  const end = childOf(node, 'end-range', null);
  if (end) return [`set ${words.join(' ')} to ${word(textOf(end))}`, ...off];
  const value = key ? '' : textOf(node);
  return [`set ${[...words, ...(value === '' ? [] : [word(value)])].join(' ')}`, ...off];
}

const ALONE = [
  ['interfaces', 'interface'],
  ['vlans', 'vlan'],
  ['routing-instances', 'instance'],
] as const;

/** Words that are no names of elements. */
const WORDS: Readonly<Record<string, string>> = { 'ieee-802.3ad': '802.3ad' };

function word(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return /^[^\s"]+$/.test(line) ? line : `"${line.replace(/["\\]/g, '\\$&')}"`;
}
