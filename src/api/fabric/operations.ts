import { sql } from 'kysely';
import { z } from 'zod';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { findNodeUuid } from '../baremetal/node-lookup.ts';
import { isUuid, uuid } from '../baremetal/values.ts';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { nextLink, page, pageQuery } from './paging.ts';
import { operationOut, operationSchema } from './wire.ts';

const MAX_WAIT_SECONDS = 60;

export function operationRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const tags = ['operations'];

  app.get(
    '/operations',
    {
      schema: {
        tags,
        summary: 'Changes of ports, newest first',
        querystring: z.strictObject({
          ...pageQuery,
          marker: uuid.optional(),
          state: z.enum(['pending', 'running', 'succeeded', 'failed']).optional(),
          node: z.string().max(255).optional(),
        }),
        response: { 200: z.object({ operations: z.array(operationSchema), next: nextLink }) },
      },
    },
    async (request) => {
      const { limit, marker, state, node } = request.query;
      let select = db
        .selectFrom('operation')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (state !== undefined) select = select.where('state', '=', state);
      if (node !== undefined) select = select.where('node_uuid', '=', await findNodeUuid(db, node));
      if (marker !== undefined) {
        select = select.where(
          sql<boolean>`(created_at, id) < (select m.created_at, m.id from operation m where m.id = ${marker})`,
        );
      }
      const { shown, next } = page(context, request, await select.execute(), limit, (row) => row.id);
      const operations = shown.map((row) =>
        operationOut({
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
        }),
      );
      return { operations, next };
    },
  );

  app.get(
    '/operations/:id',
    {
      schema: {
        tags,
        summary: 'An operation; with wait=SECONDS the answer comes when it has ended, or after that time as it is',
        params: z.object({ id: z.string().max(255) }),
        querystring: z.strictObject({ wait: z.coerce.number().min(0).max(MAX_WAIT_SECONDS).default(0) }),
        response: { 200: operationSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const now = isUuid(id) ? await context.fabric.operation(db, id) : null;
      if (!now)
        throw new FabricError('operation_not_found', `There is no operation ${id}`, { context: { operation: id } });
      const open = now.state === 'pending' || now.state === 'running';
      if (!open || request.query.wait === 0) return operationOut(now);
      const ended = await Promise.race([
        context.fabric.waitOperation(id, request.query.wait * 1000),
        aborted(context.closing).then(() => now),
      ]);
      return operationOut(ended);
    },
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
