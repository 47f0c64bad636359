import type { XmlElement } from './element.ts';
import { NETCONF, XML } from './namespaces.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * Every `>` is escaped: `]]>` may not stand in text (XML 1.0 section 2.4), and so the end-of-message mark of RFC 6242
 * cannot appear in a message. A carriage return would be read as a line feed (XML 1.0 section 2.11).
 */
const TEXT: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const ATTRIBUTE: Record<string, string> = { ...TEXT, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (char) => TEXT[char]!);
const escapeAttribute = (text: string): string => text.replace(/[&<>\r"\n\t]/g, (char) => ATTRIBUTE[char]!);

/** A whole document, with its XML declaration (RFC 6241 section 3: UTF-8). */
export function writeXml(root: XmlElement): string {
  const parts = [DECLARATION];
  write(root, '', new Map([['xml', XML]]), parts);
  return parts.join('');
}

/** Elements are written with the default namespace, attributes and values with prefixes declared where they are needed. */
function write(element: XmlElement, defaultNs: string, inherited: ReadonlyMap<string, string>, parts: string[]): void {
  let scope = inherited;
  const declare = (prefix: string, ns: string) => {
    scope = new Map(scope).set(prefix, ns);
    parts.push(` xmlns:${prefix}="${escapeAttribute(ns)}"`);
  };
  parts.push('<', element.name);
  if (element.ns !== defaultNs) parts.push(` xmlns="${escapeAttribute(element.ns)}"`);
  for (const [prefix, ns] of element.scope) if (scope.get(prefix) !== ns) declare(prefix, ns);
  for (const { name, ns, value } of element.attributes) {
    let prefix = '';
    if (ns !== '') {
      const found = [...scope].find(([, bound]) => bound === ns)?.[0] ?? freePrefix(ns, scope);
      if (!scope.has(found)) declare(found, ns);
      prefix = `${found}:`;
    }
    parts.push(` ${prefix}${name}="${escapeAttribute(value)}"`);
  }
  if (element.children.length === 0) {
    parts.push('/>');
    return;
  }
  parts.push('>');
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(escapeText(child));
    else write(child, element.ns, scope, parts);
  }
  parts.push('</', element.name, '>');
}

function freePrefix(ns: string, scope: ReadonlyMap<string, string>): string {
  if (ns === NETCONF && !scope.has('nc')) return 'nc';
  let number = 0;
  while (scope.has(`n${number}`)) number += 1;
  return `n${number}`;
}
