import type { z } from 'zod';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { variableName } from './environment.ts';
import { isTree, type Tree } from './merge.ts';

interface Source {
  name: string;
  tree: Tree;
}

/** One line a mistake: where it was set, the path, what was found, what is allowed. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], sources: readonly Source[]): FabricError {
  const lines = issues.map((issue) => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : [...issue.path];
    const { source, found } = locate(path, sources);
    return `${source?.name ?? 'configuration'}: ${label(path, source)} ${complain(issue, found, isKey(path))}`;
  });
  return new FabricError('config_invalid', lines.join('\n'), {
    context: { issues: issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })) },
  });
}

function locate(path: PropertyKey[], sources: readonly Source[]): { source: Source | null; found: unknown } {
  for (const source of sources.toReversed()) {
    const found = path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
      source.tree,
    );
    if (found !== undefined) return { source, found };
  }
  return path.length > 1
    ? { ...locate(path.slice(0, -1), sources), found: undefined }
    : { source: null, found: undefined };
}

function label(path: PropertyKey[], source: Source | null): string {
  if (source?.name === 'environment') return variableName(path.map(String));
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text && `${text}.`}${String(key)}`),
    '',
  );
}

/** secrets.key: no error may show it, whatever was set. */
const isKey = (path: readonly PropertyKey[]): boolean => path[0] === 'secrets' && path[1] === 'key';

function complain(issue: z.core.$ZodIssue, found: unknown, hidden: boolean): string {
  if (issue.code === 'unrecognized_keys') return 'is no setting of Switchyard';
  const was = found === undefined ? 'is missing' : `is ${hidden ? HIDDEN : show(found)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `${was}; ${article(issue.expected)} is needed`;
    case 'invalid_value':
      return `${was}; allowed: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${was}; at least ${issue.minimum} is needed`;
    case 'too_big':
      return `${was}; at most ${issue.maximum} is allowed`;
    case 'custom':
      return found === undefined || isTree(found) || Array.isArray(found)
        ? issue.message
        : `${was}, which ${issue.message}`;
    default:
      return `${was}, which ${issue.message}`;
  }
}

const HIDDEN = 'set (not shown: it may hold a secret)';

/** A path or an address helps; a hash or an URL with a password must not reach a log. */
function show(found: unknown): string {
  const text = JSON.stringify(found) ?? String(found);
  if (/scrypt\$|:\/\/[^/@]*@/.test(text)) return HIDDEN;
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function article(expected: string): string {
  return /^[aeio]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}
