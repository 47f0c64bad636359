import { FabricError } from '../../../topology/error/fabric-error.ts';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';
import { isAtom, malformed, readRow } from './notation.ts';
import type { Operation, ResultsOf } from './operations.ts';

/** Errors of RFC 7047 section 3.1 and 4.1.3 that may be gone when the same transaction is sent again. */
const PASSING = new Set(['timed out', 'resources exhausted']);

/**
 * Checks the reply to `transact` against the operations sent. A transaction can fail in three ways, each of which undid
 * all of it: the RPC itself (see JsonRpcPeer), one operation (later results are null), or the commit, told by one result
 * more than there were operations.
 */
export function readResults<const Operations extends readonly Operation[]>(
  operations: Operations,
  reply: Json,
): ResultsOf<Operations> {
  if (!isArray(reply)) throw malformed('a list of results', reply);
  for (const [index, result] of reply.entries()) {
    if (!isObject(result) || typeof result.error !== 'string') continue;
    throw failure(result, index, operations[index]);
  }
  if (reply.length !== operations.length) throw malformed(`${operations.length} results`, reply);
  for (const [index, operation] of operations.entries()) checkResult(operation, reply[index]);
  return reply as unknown as ResultsOf<Operations>;
}

function checkResult(operation: Operation, result: Json | undefined): void {
  if (!isObject(result)) throw malformed(`the result of ${operation.op}`, result);
  switch (operation.op) {
    case 'insert':
      if (!isAtom(result.uuid)) throw malformed('the uuid of an insert', result);
      break;
    case 'select':
      if (!isArray(result.rows)) throw malformed('the rows of a select', result);
      result.rows.forEach(readRow);
      break;
    case 'update':
    case 'mutate':
    case 'delete':
      if (!Number.isInteger(result.count)) throw malformed(`the count of ${operation.op}`, result);
  }
}

function failure(result: JsonObject, index: number, operation: Operation | undefined): FabricError {
  const error = String(result.error);
  const details = typeof result.details === 'string' ? result.details : null;
  const words = details === null ? error : `${error}: ${details}`;
  if (operation === undefined) {
    return new FabricError('ovsdb_commit_error', `The OVSDB server refused to commit: ${words}. Nothing was changed.`, {
      retryable: PASSING.has(error),
      context: { error, details },
    });
  }
  const table = 'table' in operation ? operation.table : null;
  const what = table === null ? operation.op : `${operation.op} on ${table}`;
  return new FabricError(
    'ovsdb_operation_error',
    `The OVSDB server refused operation ${index + 1} (${what}): ${words}. Nothing was changed.`,
    { retryable: PASSING.has(error), context: { error, details, index, op: operation.op, table } },
  );
}
