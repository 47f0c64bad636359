import type { XmlElement, XmlNode } from '../../transports/netconf/xml/element.ts';
import { NETCONF } from '../../transports/netconf/xml/namespaces.ts';
import { elementsOf, textOf } from '../../transports/netconf/xml/read.ts';
import { RpcFault } from './fault.ts';

/** The configuration below a datastore's root. */
export type Tree = readonly XmlElement[];

/**
 * What a server must know of its YANG models to tell entries apart; by local name, with the parent's before it
 * (`vlans/vlan`) where another node of that name is no list.
 */
export interface Schema {
  listKeys: Readonly<Record<string, readonly string[]>>;
  leafLists: readonly string[];
}

const OPERATIONS = ['merge', 'replace', 'create', 'delete', 'remove', 'none'] as const;
type Operation = (typeof OPERATIONS)[number];

/** Applies an edit-config (RFC 6241 section 7.2); throws RpcFault, the tree itself is not changed. */
export function applyEdit(tree: Tree, edits: Tree, defaultOperation: string, schema: Schema): Tree {
  return edits.reduce((edited, edit) => applyOne(edited, edit, asOperation(defaultOperation), schema, ''), tree);
}

function applyOne(siblings: Tree, edit: XmlElement, inherited: Operation, schema: Schema, parentPath: string): Tree {
  const path = `${parentPath}/${edit.name}`;
  const operation = operationOf(edit) ?? inherited;
  const index = siblings.findIndex((sibling) => isSame(sibling, edit, schema, parentPath));
  const existing = siblings[index];
  const put = (changed: XmlElement): Tree =>
    existing === undefined
      ? [...siblings, changed]
      : siblings.map((sibling) => (sibling === existing ? changed : sibling));
  switch (operation) {
    case 'merge':
      return put(merged(existing, edit, 'merge', schema, path));
    case 'create':
      if (existing) throw new RpcFault('data-exists', `${path} exists already`, { path });
      return put(merged(undefined, edit, 'merge', schema, path));
    case 'replace':
      return put(merged(undefined, edit, 'merge', schema, path));
    case 'none':
      if (!existing) throw new RpcFault('data-missing', `${path} does not exist`, { path });
      return put(merged(existing, edit, 'none', schema, path));
    case 'delete':
      if (!existing) throw new RpcFault('data-missing', `${path} does not exist`, { path });
      return siblings.filter((sibling) => sibling !== existing);
    case 'remove':
      return siblings.filter((sibling) => sibling !== existing);
  }
}

function merged(
  existing: XmlElement | undefined,
  edit: XmlElement,
  operation: Operation,
  schema: Schema,
  path: string,
): XmlElement {
  const edits = elementsOf(edit);
  const before = existing ? elementsOf(existing) : [];
  let children: readonly XmlNode[];
  if (edits.length > 0 || before.length > 0) {
    children = edits.reduce((nodes, child) => applyOne(nodes, child, operation, schema, path), before as Tree);
  } else children = operation === 'none' && existing ? existing.children : edit.children;
  return { ...edit, attributes: edit.attributes.filter(({ name }) => name !== 'operation'), children };
}

/** RFC 7950 section 7.8.2: a list's entry is told by its keys; a leaf-list's by its value. */
function isSame(one: XmlElement, other: XmlElement, schema: Schema, parentPath: string): boolean {
  if (one.name !== other.name || one.ns !== other.ns) return false;
  if (schema.leafLists.includes(one.name)) return textOf(one) === textOf(other);
  const inParent = `${parentPath.slice(parentPath.lastIndexOf('/') + 1)}/${one.name}`;
  const keys = schema.listKeys[inParent] ?? schema.listKeys[one.name] ?? [];
  return keys.every((key) => keyOf(one, key) === keyOf(other, key));
}

function keyOf(entry: XmlElement, key: string): string {
  const leaf = elementsOf(entry).find((child) => child.name === key);
  if (!leaf)
    throw new RpcFault('missing-element', `${entry.name} without its key ${key}`, { info: { 'bad-element': key } });
  return textOf(leaf);
}

function operationOf(edit: XmlElement): Operation | undefined {
  // Without a namespace it is no operation by the letter; many clients send it so and servers take it.
  const found = edit.attributes.find(({ name, ns }) => name === 'operation' && (ns === NETCONF || ns === ''));
  return found && asOperation(found.value);
}

function asOperation(text: string): Operation {
  const operation = OPERATIONS.find((known) => known === text);
  if (!operation) throw new RpcFault('bad-attribute', `no operation is called ${text}`, { type: 'protocol' });
  return operation;
}
