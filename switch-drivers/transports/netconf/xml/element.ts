import { FabricError } from '../../../../topology/error/fabric-error.ts';

export interface XmlAttribute {
  /** Local name. */
  readonly name: string;
  /** Namespace; empty = none, as for every attribute without a prefix (Namespaces in XML 1.0, section 6.2). */
  readonly ns: string;
  readonly value: string;
}

/** An element; text is a plain string, never markup. Trees are not changed, so they may be shared. */
export interface XmlElement {
  /** Local name. */
  readonly name: string;
  /** Namespace; empty = none. */
  readonly ns: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  /** Prefixes in scope: values such as identityrefs and XPath expressions are written with them. */
  readonly scope: ReadonlyMap<string, string>;
}

export type XmlNode = XmlElement | string;

export interface ElementExtras {
  attributes?: readonly XmlAttribute[];
  /** Prefix -> namespace, for values that are written with a prefix. */
  prefixes?: Readonly<Record<string, string>>;
}

/** NCName, without the letters beyond ASCII that no YANG identifier has (RFC 7950 section 14). */
const NC_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,255}$/;

/** What XML 1.0 section 2.2 leaves out cannot be written at all, not even as a character reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find.
const NOT_A_CHAR = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

const NO_PREFIXES: ReadonlyMap<string, string> = new Map();

/** Builds an element. Names are checked; values are text whatever they hold, and are escaped when written. */
export function element(
  ns: string,
  name: string,
  content: XmlNode | number | readonly XmlNode[] = [],
  extras: ElementExtras = {},
): XmlElement {
  const children = Array.isArray(content) ? content : [typeof content === 'number' ? String(content) : content];
  const prefixes = Object.entries(extras.prefixes ?? {});
  for (const part of [name, ...prefixes.map(([prefix]) => prefix)]) assertName(part);
  for (const attribute of extras.attributes ?? []) {
    assertName(attribute.name);
    assertText(attribute.value);
  }
  for (const child of children) if (typeof child === 'string') assertText(child);
  return {
    name,
    ns,
    attributes: extras.attributes ?? [],
    children: children.filter((child) => child !== ''),
    scope: prefixes.length === 0 ? NO_PREFIXES : new Map(prefixes),
  };
}

export function isName(text: string): boolean {
  return NC_NAME.test(text);
}

export function isText(text: string): boolean {
  return !NOT_A_CHAR.test(text);
}

function assertName(name: string): void {
  if (!isName(name)) throw unsafe(name, 'is no name of an XML element');
}

function assertText(text: string): void {
  if (!isText(text)) throw unsafe(text, 'holds control characters that XML cannot carry');
}

function unsafe(text: string, why: string): FabricError {
  const shown = text.slice(0, 80);
  return new FabricError('switch_unsafe_text', `${JSON.stringify(shown)} ${why}`, { context: { text: shown } });
}
