import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { booleanLike } from '../baremetal/values.ts';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { nextLink, page, pageQuery } from './paging.ts';
import { findSwitch } from './switch-lookup.ts';
import { observedOut, ownerOut, portSchema, settingsOut, timeOut } from './wire.ts';

const query = z.strictObject({
  ...pageQuery,
  switch: z.string().max(255).optional(),
  state: z.enum(['unmanaged', 'pending', 'applied', 'failed']).optional(),
  managed: booleanLike.optional(),
});
type Query = z.output<typeof query>;
const answer = z.object({ ports: z.array(portSchema), next: nextLink });

export function switchPortRoutes(app: TypedApp, context: ApiContext): void {
  const tags = ['switch ports'];
  app.get(
    '/ports',
    { schema: { tags, summary: 'Ports of all switches', querystring: query, response: { 200: answer } } },
    (request) => listPorts(context, request, request.query),
  );
  app.get(
    '/switches/:id/ports',
    {
      schema: {
        tags,
        summary: 'Ports of a switch, in its own order',
        params: z.object({ id: z.string().min(1).max(255) }),
        querystring: query,
        response: { 200: answer },
      },
    },
    (request) => listPorts(context, request, { ...request.query, switch: request.params.id }),
  );
}

async function listPorts(context: ApiContext, request: FastifyRequest, asked: Query): Promise<z.output<typeof answer>> {
  const { db } = context.store;
  let select = db
    .selectFrom('switch_port as p')
    .innerJoin('switch as s', 's.id', 'p.switch_id')
    // A port may have several NICs behind it only while their evidence contradicts itself: the oldest is shown.
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('port')
          .innerJoin('node', 'node.uuid', 'port.node_uuid')
          .select(['port.address', 'port.uuid as port_uuid', 'node.uuid as node_uuid', 'node.name as node_name'])
          .whereRef('port.switch_id', '=', 'p.switch_id')
          .whereRef('port.switch_port_id', '=', 'p.port_id')
          .orderBy('port.created_at')
          .limit(1)
          .as('nic'),
      (join) => join.onTrue(),
    )
    .selectAll('p')
    .select(['s.name as switch_name', 'nic.address', 'nic.port_uuid', 'nic.node_uuid', 'nic.node_name'])
    .orderBy('s.name')
    .orderBy('p.position')
    .orderBy('p.port_id')
    .limit(asked.limit + 1);
  if (asked.switch !== undefined) select = select.where('p.switch_id', '=', (await findSwitch(db, asked.switch)).id);
  if (asked.state !== undefined) select = select.where('p.state', '=', asked.state);
  if (asked.managed !== undefined) select = select.where('p.managed', '=', asked.managed);
  if (asked.marker !== undefined) {
    const [name, position, portId] = markerParts(asked.marker);
    select = select.where(sql<boolean>`(s.name, p.position, p.port_id) > (${name}, ${position}::integer, ${portId})`);
  }
  const rows = await select.execute();
  const marker = (row: (typeof rows)[number]) => `${row.switch_name}/${row.position}/${row.port_id}`;
  const { shown, next } = page(context, request, rows, asked.limit, marker);
  return {
    ports: shown.map((row) => ({
      switch: row.switch_name,
      switch_id: row.switch_id,
      port_id: row.port_id,
      aliases: row.aliases,
      managed: row.managed,
      state: row.state,
      observed: row.observed && observedOut(row.observed),
      observed_at: timeOut(row.observed_at),
      intent: row.intent && settingsOut(row.intent),
      owner: row.owner && ownerOut(row.owner),
      generation: Number(row.generation),
      applied_generation: Number(row.applied_generation),
      last_error: row.last_error,
      nic:
        row.address === null
          ? null
          : { address: row.address, port_uuid: row.port_uuid!, node_uuid: row.node_uuid!, node_name: row.node_name },
    })),
    next,
  };
}

function markerParts(marker: string): [string, number, string] {
  const match = /^([^/]+)\/(\d{1,9})\/(.+)$/.exec(marker);
  if (match) return [match[1]!, Number(match[2]), match[3]!];
  throw new FabricError('request_invalid', 'The marker is not one of this collection: take it from the next link');
}
