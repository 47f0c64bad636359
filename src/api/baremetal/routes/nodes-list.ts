import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { notAcceptable } from '../errors.ts';
import { NODE_DEFAULT_FIELDS, NODE_FIELDS, type NodeRow } from '../node-fields.ts';
import { type NodeFilters, nodeConditions, nodeFilterQuery } from '../node-filters.ts';
import { afterMarker, nextUrl, orderBy, pageOf, pageQuery } from '../paging.ts';
import { columnsOf, project, selectFields } from '../resource.ts';
import { nodeListAnswer } from '../schemas.ts';

const SORTABLE: ReadonlyArray<keyof NodeRow & string> = [
  'created_at',
  'updated_at',
  'uuid',
  'name',
  'driver',
  'instance_uuid',
  'resource_class',
  'owner',
  'lessee',
  'description',
  'conductor_group',
  'automated_clean',
  'protected',
  'retired',
  'provision_state',
  'target_provision_state',
  'provision_updated_at',
  'power_state',
  'target_power_state',
  'last_error',
  'maintenance',
  'maintenance_reason',
  'fault',
  'reservation',
  'inspection_started_at',
  'inspection_finished_at',
];

const query = z.strictObject({ ...pageQuery, ...nodeFilterQuery });
type Query = z.output<typeof query>;

export function nodeListRoutes(app: TypedApp, context: ApiContext): void {
  const schema = { tags: ['nodes'], querystring: query, response: { 200: nodeListAnswer } };
  app.get('/nodes', { schema: { ...schema, summary: 'List nodes' } }, (request) =>
    listNodes(context, request, request.query, 'nodes'),
  );
  app.get('/nodes/detail', { schema: { ...schema, summary: 'List nodes with every field' } }, (request) =>
    listNodes(context, request, { ...request.query, detail: true }, 'nodes/detail'),
  );
}

/** Rows are read and shaped without a schema in between: this is the call that every client makes most. */
async function listNodes(context: ApiContext, request: FastifyRequest, asked: Query, path: string) {
  const { minor } = request;
  if (asked.detail && path === 'nodes' && minor < 43) throw notAcceptable();
  const fields = selectFields(NODE_FIELDS, NODE_DEFAULT_FIELDS, asked, minor);
  const page = pageOf(asked, SORTABLE);
  const { base, hostname } = { base: linkBase(context, request), hostname: context.hostname };
  let select = context.store.db
    .selectFrom('node')
    .select(columnsOf(fields, 'uuid'))
    .where((eb) => nodeConditions(eb, asked as NodeFilters, { minor, hostname }))
    .orderBy(orderBy('node', page))
    .orderBy('uuid')
    .limit(page.limit + 1);
  if (page.marker !== null) select = select.where(afterMarker('node', page));
  const rows = (await select.execute()) as NodeRow[];
  const shown = rows.slice(0, page.limit);
  const nodes = shown.map((row) => project(fields, row, { base, minor, hostname }));
  const last = shown.at(-1);
  if (rows.length <= page.limit || !last) return { nodes };
  return { nodes, next: nextUrl(base, path, request.query as Query, page, last.uuid) };
}
