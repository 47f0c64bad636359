import { elementsOf, is, textOf } from '../../transports/netconf/xml/read.ts';
import type { Tree } from './edit.ts';
import { RpcFault } from './fault.ts';

/** `/prefix:name` or `/prefix:name[prefix:leaf='value']`; the part of XPath that clients of switches use. */
const STEP = /^\/(?:([\w.-]+):)?([\w.-]+)(?:\[(?:[\w.-]+:)?([\w.-]+)=(?:'([^']*)'|"([^"]*)")\])?/;

/** XPath filtering (RFC 6241 section 8.9): what is selected, within its ancestors. */
export function selectXPath(tree: Tree, expression: string, prefixes: ReadonlyMap<string, string>): Tree {
  const [step, prefix, name, leaf, single, double] = STEP.exec(expression) ?? [];
  const ns = prefix === undefined ? null : prefixes.get(prefix);
  if (step === undefined || name === undefined || ns === undefined) {
    throw new RpcFault('invalid-value', `this server does not understand the XPath ${expression}`, {
      type: 'protocol',
    });
  }
  const rest = expression.slice(step.length);
  return tree.flatMap((data) => {
    if (!is(data, name, ns)) return [];
    const inner = elementsOf(data);
    const value = single ?? double;
    if (leaf !== undefined && !inner.some((child) => child.name === leaf && textOf(child) === value)) return [];
    if (rest === '') return [data];
    const children = selectXPath(inner, rest, prefixes);
    return children.length === 0 ? [] : [{ ...data, children }];
  });
}
