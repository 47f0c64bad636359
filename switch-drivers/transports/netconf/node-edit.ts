import { type EditOperation, editOperation } from './operations.ts';
import { element, type XmlAttribute, type XmlElement } from './xml/element.ts';
import { childrenOf, elementsOf, textOf } from './xml/read.ts';

/** An element on the way to a node, with the key that tells it from others of its list. */
export interface PathStep {
  ns: string;
  name: string;
  key?: { leaf: string; value: string };
}

/** One node of the configuration as it shall be, with all that is in it. */
export interface NodeEdit {
  /** From the datastore's root; the last step is the node itself. */
  path: readonly PathStep[];
  /** null: it shall not be there. */
  node: XmlElement | null;
}

/** How a device wants an edit to be written. */
export interface EditStyle {
  /** `delete` where the device does not know `remove`; only nodes that are there are deleted. */
  absent: 'delete' | 'remove';
  /** True where the vendor writes `operation` without the namespace of RFC 6241 section 7.2. */
  plainAttribute?: boolean;
}

/** Edits that change something, each with the node as it is now. A later edit of a node replaces an earlier one. */
export function differing(
  edits: readonly NodeEdit[],
  tree: readonly XmlElement[],
): Array<NodeEdit & { now: XmlElement | null }> {
  const last = new Map(edits.map((edit) => [pathText(edit.path), edit]));
  return [...last.values()]
    .map((edit) => ({ ...edit, now: nodeAt(tree, edit.path) }))
    .filter(({ node, now }) => (node === null || now === null ? node !== now : shape(node) !== shape(now)));
}

export function nodeAt(tree: readonly XmlElement[], path: readonly PathStep[]): XmlElement | null {
  let level: readonly XmlElement[] = tree;
  let found: XmlElement | undefined;
  for (const step of path) {
    found = level.find((node) => isAt(node, step));
    if (found === undefined) return null;
    level = elementsOf(found);
  }
  return found ?? null;
}

/** The edits as one tree for edit-config, to be merged: each node replaces what is there, and nothing beside it changes. */
export function editTree(edits: readonly NodeEdit[], style: EditStyle): XmlElement[] {
  return build(edits, 0, style);
}

/** `interfaces/interface[name=Ethernet1]/config` */
export function pathText(path: readonly PathStep[]): string {
  return path.map(({ name, key }) => (key ? `${name}[${key.leaf}=${key.value}]` : name)).join('/');
}

function build(edits: readonly NodeEdit[], depth: number, style: EditStyle): XmlElement[] {
  const groups = Map.groupBy(edits, ({ path }) => pathText(path.slice(0, depth + 1)));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const step = first?.path[depth];
    if (!first || !step) return [];
    if (first.path.length === depth + 1) return [written(first.node, step, style)];
    return [element(step.ns, step.name, [...keyOf(step), ...build(group, depth + 1, style)])];
  });
}

function written(node: XmlElement | null, step: PathStep, style: EditStyle): XmlElement {
  if (node === null) {
    return element(step.ns, step.name, keyOf(step), { attributes: [attribute(style.absent, style)] });
  }
  return { ...node, attributes: [...node.attributes, attribute('replace', style)] };
}

function attribute(operation: EditOperation, { plainAttribute = false }: EditStyle): XmlAttribute {
  return plainAttribute ? { ...editOperation(operation), ns: '' } : editOperation(operation);
}

function keyOf({ ns, key }: PathStep): XmlElement[] {
  return key === undefined ? [] : [element(ns, key.leaf, key.value)];
}

function isAt(node: XmlElement, { name, key }: PathStep): boolean {
  if (node.name !== name) return false;
  return key === undefined || childrenOf(node, key.leaf, null).some((leaf) => textOf(leaf) === key.value);
}

/** What a node says, whatever the order of its children and the namespaces it is written in. */
function shape(node: XmlElement): string {
  const inner = elementsOf(node);
  if (inner.length === 0) return `<${node.name}>${textOf(node)}`;
  return `<${node.name}>(${inner.map(shape).sort().join()})`;
}
