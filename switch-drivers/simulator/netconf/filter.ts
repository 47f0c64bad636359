import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { elementsOf, textOf } from '../../transports/netconf/xml/read.ts';
import type { Tree } from './edit.ts';

/** Subtree filtering (RFC 6241 section 6.2). */
export function selectSubtree(tree: Tree, filters: Tree): Tree {
  return tree.flatMap((data) => {
    const selected = filters.filter((filter) => matches(data, filter)).flatMap((filter) => select(data, filter));
    if (selected.length < 2) return selected;
    // Several filters meet in one element: what any of them selects.
    return [
      selected.includes(data) ? data : { ...data, children: [...new Set(selected.flatMap((one) => one.children))] },
    ];
  });
}

function select(data: XmlElement, filter: XmlElement): XmlElement[] {
  const inner = elementsOf(filter);
  if (inner.length === 0) return [data];
  const content = inner.filter(isContentMatch);
  const wanted = inner.filter((child) => !isContentMatch(child));
  const met = content.map((match) =>
    elementsOf(data).find((leaf) => matches(leaf, match) && textOf(leaf) === textOf(match)),
  );
  if (met.includes(undefined)) return [];
  if (wanted.length === 0) return [data];
  const children = selectSubtree(elementsOf(data), wanted);
  const keys = met.filter((leaf) => leaf !== undefined);
  return children.length + keys.length === 0 ? [] : [{ ...data, children: [...keys, ...children] }];
}

function isContentMatch(filter: XmlElement): boolean {
  return elementsOf(filter).length === 0 && textOf(filter) !== '';
}

function matches(data: XmlElement, filter: XmlElement): boolean {
  if (data.name !== filter.name || (filter.ns !== '' && data.ns !== filter.ns)) return false;
  return filter.attributes.every(({ name, ns, value }) =>
    data.attributes.some((attribute) => attribute.name === name && attribute.ns === ns && attribute.value === value),
  );
}
