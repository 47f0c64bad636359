import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../store/schema.ts';
import { findNodeUuid } from '../baremetal/node-lookup.ts';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { streamEvents } from './event-stream.ts';
import { nextLink, page, pageQuery } from './paging.ts';
import { findSwitch } from './switch-lookup.ts';
import { eventSchema } from './wire.ts';

export type EventRow = Selectable<Database['event']>;
const eventNumber = z.string().regex(/^\d{1,18}$/, 'is not the number of an event');

const query = z.strictObject({
  ...pageQuery,
  marker: eventNumber.optional(),
  /** Only what came later than this event; oldest first then. */
  after: eventNumber.optional(),
  node: z.string().max(255).optional(),
  switch: z.string().max(255).optional(),
  /** A kind, or its first part: `node` for `node.created` and the like. */
  kind: z.string().max(100).optional(),
});

export interface EventFilter {
  nodeUuid?: string;
  switchId?: string;
  kind?: string;
}

export function eventRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  app.get(
    '/events',
    {
      schema: {
        tags: ['events'],
        summary: 'What happened, newest first; with Accept: text/event-stream as it happens (resumes at Last-Event-ID)',
        querystring: query,
        response: { 200: z.object({ events: z.array(eventSchema), next: nextLink }) },
      },
    },
    async (request, reply) => {
      const asked = request.query;
      const filter: EventFilter = {
        nodeUuid: asked.node === undefined ? undefined : await findNodeUuid(db, asked.node),
        switchId: asked.switch === undefined ? undefined : (await findSwitch(db, asked.switch)).id,
        kind: asked.kind,
      };
      if (/\btext\/event-stream\b/.test(request.headers.accept ?? '')) {
        const last = eventNumber.safeParse(request.headers['last-event-id']);
        await streamEvents(context, request, reply, filter, last.success ? last.data : (asked.after ?? null));
        return reply;
      }
      const forward = asked.after !== undefined;
      let select = eventQuery(context, filter)
        .orderBy('id', forward ? 'asc' : 'desc')
        .limit(asked.limit + 1);
      if (asked.after !== undefined) select = select.where('id', '>', asked.after);
      if (asked.marker !== undefined) select = select.where('id', forward ? '>' : '<', asked.marker);
      const { shown, next } = page(context, request, await select.execute(), asked.limit, (row) => row.id);
      return { events: shown.map(eventOut), next };
    },
  );
}

export function eventQuery(context: ApiContext, filter: EventFilter) {
  let select = context.store.db.selectFrom('event').selectAll();
  const { nodeUuid, switchId, kind } = filter;
  if (nodeUuid !== undefined) select = select.where('node_uuid', '=', nodeUuid);
  if (switchId !== undefined) select = select.where('switch_id', '=', switchId);
  if (kind !== undefined)
    select = select.where((eb) =>
      eb.or([eb('kind', '=', kind), eb(eb.fn('starts_with', ['kind', eb.val(`${kind}.`)]), '=', true)]),
    );
  return select;
}

export function eventOut(row: EventRow): z.output<typeof eventSchema> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    node_uuid: row.node_uuid,
    switch_id: row.switch_id,
    message: row.message,
    data: row.data,
  };
}
