import type { XmlElement } from './element.ts';

/** True for an element of this name; `ns` null = of any namespace. */
export function is(element: XmlElement, name: string, ns: string | null): boolean {
  return element.name === name && (ns === null || element.ns === ns);
}

export function elementsOf(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => typeof child !== 'string');
}

export function childrenOf(parent: XmlElement, name: string, ns: string | null = parent.ns): XmlElement[] {
  return elementsOf(parent).filter((child) => is(child, name, ns));
}

/** The first child of this name; without `ns`, in the parent's own namespace. */
export function childOf(parent: XmlElement, name: string, ns: string | null = parent.ns): XmlElement | undefined {
  return elementsOf(parent).find((child) => is(child, name, ns));
}

/** All text below, trimmed: devices lay leaf values out over lines. */
export function textOf(element: XmlElement): string {
  return rawText(element).trim();
}

function rawText(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : rawText(child))).join('');
}

/** Text of the child; undefined when there is none. */
export function childText(parent: XmlElement, name: string, ns: string | null = parent.ns): string | undefined {
  const child = childOf(parent, name, ns);
  return child && textOf(child);
}

export function attributeOf(element: XmlElement, name: string, ns = ''): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name && attribute.ns === ns)?.value;
}
