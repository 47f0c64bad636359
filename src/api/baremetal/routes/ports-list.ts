import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { notAcceptable } from '../errors.ts';
import { findNodeUuid } from '../node-lookup.ts';
import { afterMarker, nextUrl, orderBy, pageOf, pageQuery } from '../paging.ts';
import { PORT_DEFAULT_FIELDS, PORT_FIELDS, type PortRow } from '../port-fields.ts';
import { findPortgroup } from '../portgroup-lookup.ts';
import { columnsOf, project, selectFields } from '../resource.ts';
import { ident, portListAnswer } from '../schemas.ts';
import { mac, uuid } from '../values.ts';

const SORTABLE: ReadonlyArray<keyof PortRow & string> = [
  'created_at',
  'updated_at',
  'uuid',
  'address',
  'name',
  'node_uuid',
  'portgroup_uuid',
  'physical_network',
  'pxe_enabled',
  'is_smartnic',
];

const query = z.strictObject({
  ...pageQuery,
  address: mac.optional(),
  node: z.string().max(255).optional(),
  node_uuid: uuid.optional(),
  portgroup: z.string().max(255).optional(),
  shard: z.string().max(255).optional(),
});
type Query = z.output<typeof query>;

export function portListRoutes(app: TypedApp, context: ApiContext): void {
  const schema = { tags: ['ports'], querystring: query, response: { 200: portListAnswer } };
  app.get('/ports', { schema: { ...schema, summary: 'List ports' } }, (request) =>
    listPorts(context, request, request.query, 'ports'),
  );
  app.get('/ports/detail', { schema: { ...schema, summary: 'List ports with every field' } }, (request) =>
    listPorts(context, request, { ...request.query, detail: true }, 'ports/detail'),
  );
  app.get('/nodes/:ident/ports', { schema: { ...schema, summary: 'Ports of a node', params: ident } }, (request) =>
    listPorts(
      context,
      request,
      { ...request.query, node: request.params.ident },
      `nodes/${request.params.ident}/ports`,
    ),
  );
  app.get(
    '/portgroups/:ident/ports',
    { schema: { ...schema, summary: 'Ports of a portgroup', params: ident }, config: { since: 24 } },
    (request) =>
      listPorts(
        context,
        request,
        { ...request.query, portgroup: request.params.ident },
        `portgroups/${request.params.ident}/ports`,
      ),
  );
}

async function listPorts(context: ApiContext, request: FastifyRequest, asked: Query, path: string) {
  const { minor } = request;
  const { db } = context.store;
  if (asked.detail && !path.endsWith('detail') && minor < 43) throw notAcceptable();
  if ((asked.portgroup !== undefined && minor < 24) || (asked.shard !== undefined && minor < 82)) throw notAcceptable();
  const fields = selectFields(PORT_FIELDS, PORT_DEFAULT_FIELDS, asked, minor);
  const page = pageOf(asked, SORTABLE);
  let select = db
    .selectFrom('port')
    .select(columnsOf(fields, 'uuid'))
    .orderBy(orderBy('port', page))
    .orderBy('uuid')
    .limit(page.limit + 1);
  const node = asked.node ?? asked.node_uuid;
  if (node !== undefined) select = select.where('node_uuid', '=', await findNodeUuid(db, node));
  if (asked.portgroup !== undefined) {
    select = select.where('portgroup_uuid', '=', (await findPortgroup(db, asked.portgroup)).uuid);
  }
  if (asked.address !== undefined) select = select.where('address', '=', asked.address);
  if (page.marker !== null) select = select.where(afterMarker('port', page));
  // No node here is in a shard.
  const rows = asked.shard === undefined ? ((await select.execute()) as PortRow[]) : [];
  const shown = rows.slice(0, page.limit);
  const extra = { base: linkBase(context, request), minor, hostname: context.hostname };
  const ports = shown.map((row) => project(fields, row, extra));
  const last = shown.at(-1);
  if (rows.length <= page.limit || !last) return { ports };
  return { ports, next: nextUrl(extra.base, path, request.query as Query, page, last.uuid) };
}
