import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { isTree, type Tree } from './merge.ts';

/** YAML 1.2, so `yes` is a text and not true. An empty file is an empty configuration. */
export function readYaml(path: string): Tree {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FabricError('config_unreadable', `The configuration file ${path} cannot be read: ${messageOf(cause)}`, {
      cause,
      context: { file: path },
    });
  }
  const document = parseDocument(text, { prettyErrors: true });
  const problem = document.errors[0];
  if (problem) {
    throw new FabricError('config_invalid', `${path} is not YAML: ${problem.message.trim()}`, {
      context: { file: path },
    });
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (value === null || value === undefined) return {};
  if (isTree(value)) return value;
  throw new FabricError(
    'config_invalid',
    `${path} must hold fields such as \`dataDir:\`, not a list or a single value.`,
    {
      context: { file: path },
    },
  );
}
