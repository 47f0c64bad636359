import { isDeepStrictEqual } from 'node:util';
import { FabricError } from '../../../topology/error/fabric-error.ts';

/** RFC 6902, the three operations that the bare-metal API takes. */
export interface PatchOperation {
  op: 'add' | 'replace' | 'remove';
  path: string;
  value?: unknown;
}

/** JSON Pointer tokens (RFC 6901 section 4: ~1 before ~0). */
export function pointerTokens(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

type Container = Record<string, unknown> | unknown[];
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;
/** Assigning these would reach the prototype, not the document. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Without the operation's value, which may be a password. */
function failed({ op, path }: PatchOperation, why: string): FabricError {
  return new FabricError('patch_invalid', `Couldn't apply patch '${JSON.stringify({ op, path })}'. Reason: ${why}`, {
    context: { path },
  });
}

/**
 * The document after the patch; the one given stays as it is. `document` holds every root member that may be patched:
 * a root member cannot be created, and removing one sets it to null. Error: `patch_invalid`.
 */
export function applyPatch(
  document: Readonly<Record<string, unknown>>,
  patch: readonly PatchOperation[],
): Record<string, unknown> {
  const result = structuredClone(document) as Record<string, unknown>;
  for (const operation of patch) applyOne(result, operation);
  return result;
}

function applyOne(document: Record<string, unknown>, operation: PatchOperation): void {
  const tokens = pointerTokens(operation.path);
  const last = tokens.at(-1);
  if (last === undefined || last === '') throw failed(operation, 'the path names no member');
  if (tokens.some((token) => FORBIDDEN.has(token))) throw failed(operation, 'the path holds a reserved name');
  if (!Object.hasOwn(document, tokens[0]!)) {
    throw new FabricError(
      'patch_invalid',
      operation.op === 'remove'
        ? `can't remove non-existent object '${tokens[0]}'`
        : `Adding a new attribute (${operation.path}) to the root of the resource is not allowed`,
      { context: { path: operation.path } },
    );
  }
  if (operation.op !== 'remove' && operation.value === undefined) throw failed(operation, 'it has no value');
  if (tokens.length === 1) {
    if (operation.op === 'remove' && document[last] === null) throw failed(operation, `'${last}' is not set`);
    document[last] = operation.op === 'remove' ? null : structuredClone(operation.value);
    return;
  }
  let parent: unknown = document;
  for (const token of tokens.slice(0, -1)) {
    const next: unknown = isContainer(parent) && Object.hasOwn(parent, token) ? (parent as never)[token] : undefined;
    // A root member that is null takes its first entry like an empty object.
    if (next === null && parent === document && operation.op === 'add') document[token] = {};
    parent = next === null && parent === document && operation.op === 'add' ? document[token] : next;
    if (!isContainer(parent)) throw failed(operation, `'${token}' does not exist`);
  }
  if (Array.isArray(parent)) applyToArray(parent, last, operation);
  else applyToObject(parent as Record<string, unknown>, last, operation);
}

function applyToObject(parent: Record<string, unknown>, key: string, operation: PatchOperation): void {
  const exists = Object.hasOwn(parent, key);
  if (operation.op !== 'add' && !exists) {
    throw failed(operation, `can't ${operation.op} a non-existent object '${key}'`);
  }
  if (operation.op === 'remove') delete parent[key];
  else parent[key] = structuredClone(operation.value);
}

function applyToArray(parent: unknown[], token: string, operation: PatchOperation): void {
  const index = token === '-' && operation.op === 'add' ? parent.length : Number(token);
  const highest = operation.op === 'add' ? parent.length : parent.length - 1;
  if (!/^(0|[1-9]\d*|-)$/.test(token) || !(index <= highest))
    throw failed(operation, `list index '${token}' is out of range`);
  if (operation.op === 'add') parent.splice(index, 0, structuredClone(operation.value));
  else if (operation.op === 'remove') parent.splice(index, 1);
  else parent[index] = structuredClone(operation.value);
}

/** Root members whose value differs. */
export function changedMembers(before: Readonly<Record<string, unknown>>, after: Record<string, unknown>): string[] {
  return Object.keys(after).filter((key) => !isDeepStrictEqual(before[key], after[key]));
}
