import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Placement } from '../../topology/networks/network.ts';
import { notify } from '../store/notify.ts';
import type { Database, OperationLeg } from '../store/schema.ts';
import type { Db, Store, Trx } from '../store/store.ts';
import type { ChangeRequest, Operation } from './fabric.ts';

/** A notification may be lost with its connection: the state is looked at this often anyway. */
const LOOK_AGAIN_MS = 2_000;

export function operationOf(row: Selectable<Database['operation']>): Operation {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    requestedBy: row.requested_by,
    reason: row.reason,
    nodeUuid: row.node_uuid,
    legs: row.legs,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

export async function findOperation(db: Db, id: string): Promise<Operation | null> {
  const row = await db.selectFrom('operation').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? operationOf(row) : null;
}

export interface NewOperation {
  kind: string;
  request: ChangeRequest;
  nodeUuid: string | null;
  legs: OperationLeg[];
  placement?: { from: Placement; to: Placement };
}

/** An operation without open legs has succeeded at once. */
export async function insertOperation(trx: Trx, operation: NewOperation): Promise<Operation> {
  const done = operation.legs.every((leg) => leg.state === 'applied');
  const row = await trx
    .insertInto('operation')
    .values({
      id: randomUUID(),
      kind: operation.kind,
      state: done ? 'succeeded' : 'pending',
      requested_by: operation.request.by,
      reason: operation.request.reason,
      node_uuid: operation.nodeUuid,
      legs: JSON.stringify(operation.legs),
      placement_from: operation.placement?.from ?? null,
      placement_to: operation.placement?.to ?? null,
      finished_at: done ? new Date() : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await notify(trx, 'switchyard_operation', row.id);
  return operationOf(row);
}

export async function waitForOperation(
  store: Store,
  id: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Operation> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    // Listening starts before looking, so that a change between the two is not missed.
    const change = store.waitFor(
      'switchyard_operation',
      (payload) => payload === id,
      Math.min(LOOK_AGAIN_MS, Math.max(0, end - Date.now())),
    );
    const operation = await findOperation(store.db, id);
    if (!operation)
      throw new FabricError('operation_not_found', `There is no operation ${id}.`, { context: { operation: id } });
    if (operation.state === 'succeeded' || operation.state === 'failed' || Date.now() >= end) return operation;
    await change;
  }
}
