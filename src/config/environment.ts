import { parse } from 'yaml';
import { z } from 'zod';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { isTree, type Tree } from './merge.ts';
import { configSchema } from './schema.ts';

/** SWITCHYARD_CONFIG names the file; the launcher sets SWITCHYARD_NODE; CLIENT ones are read by the command line. */
const NOT_FIELDS = new Set(['SWITCHYARD_CONFIG', 'SWITCHYARD_NODE']);
const NOT_FIELDS_PREFIX = 'SWITCHYARD_CLIENT_';

/**
 * SWITCHYARD_API_PORT=6385 is api.port; SWITCHYARD_DATA_DIR is dataDir. Numbers and booleans are read as YAML reads them,
 * lists as a YAML flow ("[a, b]"). A name that is no field is refused: a typing error must not pass in silence.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Tree {
  const known = new Map(
    leaves(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })).map((path) => [
      variableName(path),
      path,
    ]),
  );
  const tree: Tree = {};
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('SWITCHYARD_') || text === undefined) continue;
    if (NOT_FIELDS.has(name) || name.startsWith(NOT_FIELDS_PREFIX)) continue;
    const path = known.get(name);
    if (!path) {
      throw new FabricError(
        'config_invalid',
        `The environment variable ${name} is no setting of Switchyard. Unset it, or correct its name.`,
        {
          context: { variable: name, known: [...known.keys()] },
        },
      );
    }
    let holder = tree;
    for (const part of path.slice(0, -1)) {
      holder[part] ??= {};
      holder = holder[part] as Tree;
    }
    holder[path.at(-1)!] = readValue(text);
  }
  return tree;
}

export function variableName(path: readonly string[]): string {
  return `SWITCHYARD_${path.map((part) => part.replace(/([A-Z])/g, '_$1').toUpperCase()).join('_')}`;
}

/** Only what cannot be meant as a text is read as something else. */
function readValue(text: string): unknown {
  if (!/^(\d+(\.\d+)?|true|false|\[.*\])$/s.test(text)) return text;
  return parse(text) as unknown;
}

function leaves(schema: unknown, path: string[] = []): string[][] {
  const properties = isTree(schema) && isTree(schema.properties) ? schema.properties : null;
  if (!properties) return [path];
  return Object.entries(properties).flatMap(([key, below]) => leaves(below, [...path, key]));
}
