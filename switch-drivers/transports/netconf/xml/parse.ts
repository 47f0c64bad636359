import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isFabricError, messageOf } from '../../../../topology/error/fabric-error.ts';
import { malformed } from '../errors.ts';
import { isName, type XmlAttribute, type XmlElement, type XmlNode } from './element.ts';
import { decodeEntities } from './entities.ts';
import { XML, XMLNS } from './namespaces.ts';
import { scanMarkup } from './scan.ts';

/** A node of the parser's ordered output: its one key besides `:@` (the attributes) is the tag. */
type RawNode = Record<string, unknown>;

/** Deep enough for every YANG model; a configuration tree is below thirty. */
const MAX_DEPTH = 128;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // decodeEntities is strict where the parser would let an unknown entity stand.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
  strictReservedNames: false,
  onDangerousProperty: (name) => {
    throw malformed(`the XML name ${name}`);
  },
  jPath: false,
});

/** One document. Throws FabricError `netconf_malformed` or `netconf_too_large`. */
export function parseXml(message: string): XmlElement {
  // Several devices send a line feed before the declaration, where XML allows nothing.
  const text = message.trimStart();
  scanMarkup(text);
  // The line feeds around the root; scanMarkup has seen that they are nothing else.
  const roots = parseNodes(text).filter((raw) => !('#text' in raw));
  if (roots.length !== 1) throw malformed(`${roots.length} XML root elements in a message`);
  const root = convert(roots[0]!, '', new Map([['xml', XML]]));
  if (typeof root === 'string') throw malformed('a CDATA section for a root element');
  return root;
}

/** The parser takes what is not well-formed; the validator does not, but builds nothing. */
function parseNodes(text: string): RawNode[] {
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) throw malformed(`${valid.err.msg} Line ${valid.err.line}`);
    return parser.parse(text) as RawNode[];
  } catch (error) {
    if (isFabricError(error)) throw error;
    throw malformed(messageOf(error).slice(0, 200), error);
  }
}

function convert(raw: RawNode, parentNs: string, parentScope: ReadonlyMap<string, string>): XmlNode {
  if ('#text' in raw) return decodeEntities(String(raw['#text']));
  if ('#cdata' in raw) return cdata(raw['#cdata'] as RawNode[]);
  const tag = Object.keys(raw).find((key) => key !== ':@')!;
  const attributes = Object.entries((raw[':@'] ?? {}) as Record<string, string>).map(
    ([name, value]) => [name, decodeEntities(value)] as const,
  );
  const { defaultNs, scope } = declarations(attributes, parentNs, parentScope);
  const [prefix, name] = split(tag);
  return {
    name,
    ns: prefix === '' ? defaultNs : resolve(prefix, scope),
    attributes: attributes.flatMap(([qualified, value]): XmlAttribute[] => {
      const [attributePrefix, local] = split(qualified);
      if (qualified === 'xmlns' || attributePrefix === 'xmlns') return [];
      return [{ name: local, ns: attributePrefix === '' ? '' : resolve(attributePrefix, scope), value }];
    }),
    children: joinTexts((raw[tag] as RawNode[]).map((child) => convert(child, defaultNs, scope))),
    scope,
  };
}

/** Text and CDATA sections side by side are one text. */
function joinTexts(nodes: readonly XmlNode[]): XmlNode[] {
  const joined: XmlNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (typeof node === 'string' && typeof last === 'string') joined[joined.length - 1] = last + node;
    else if (node !== '') joined.push(node);
  }
  return joined;
}

function cdata(sections: readonly RawNode[]): string {
  return sections.map((section) => String(section['#text'] ?? '')).join('');
}

function declarations(
  attributes: ReadonlyArray<readonly [string, string]>,
  parentNs: string,
  parentScope: ReadonlyMap<string, string>,
): { defaultNs: string; scope: ReadonlyMap<string, string> } {
  let defaultNs = parentNs;
  let scope = parentScope;
  for (const [qualified, value] of attributes) {
    const [prefix, local] = split(qualified);
    if (qualified === 'xmlns') defaultNs = value;
    else if (prefix === 'xmlns') {
      if (value === '' || value === XMLNS || local === 'xml' || local === 'xmlns') {
        throw malformed(`the namespace declaration ${qualified}`);
      }
      scope = new Map(scope).set(local, value);
    }
  }
  return { defaultNs, scope };
}

function split(qualified: string): [prefix: string, local: string] {
  const parts = qualified.split(':');
  if (parts.length > 2 || !parts.every(isName))
    throw malformed(`the XML name ${JSON.stringify(qualified.slice(0, 80))}`);
  return parts.length === 2 ? [parts[0]!, parts[1]!] : ['', parts[0]!];
}

function resolve(prefix: string, scope: ReadonlyMap<string, string>): string {
  const ns = scope.get(prefix);
  if (ns === undefined) throw malformed(`the undeclared XML prefix ${prefix}`);
  return ns;
}
