import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { invalid, notFound, unsupportedInterface } from '../errors.ts';
import { resourceLinks } from '../links.ts';
import { findNode, findNodeUuid } from '../node-lookup.ts';
import { ident } from '../schemas.ts';
import { isoTime } from '../values.ts';

/** Events have numbers, Ironic's history has UUIDs: one is written as the other. */
const historyUuid = (id: string): string => `00000000-0000-4000-8000-${BigInt(id).toString(16).padStart(12, '0')}`;
const eventId = (uuid: string): string | null => {
  const match = /^00000000-0000-4000-8000-([0-9a-f]{12})$/i.exec(uuid);
  return match ? BigInt(`0x${match[1]}`).toString() : null;
};
const HISTORY_LIMIT = 300;
const object = z.record(z.string(), z.unknown());

interface EventRow {
  id: string;
  at: Date;
  kind: string;
  message: string;
  data: Record<string, unknown>;
}

const severityOf = (row: EventRow): string => (/fail|error/.test(row.kind) || 'error' in row.data ? 'ERROR' : 'INFO');

export function nodeExtraRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const tags = ['nodes'];

  app.get(
    '/nodes/:ident/inventory',
    {
      schema: {
        tags,
        summary: 'What inspection found',
        params: ident,
        response: { 200: z.object({ inventory: object, plugin_data: object }) },
      },
      config: { since: 81 },
    },
    async (request) => {
      const uuid = await findNodeUuid(db, request.params.ident);
      const { inventory, plugin_data } = await db
        .selectFrom('node')
        .select(['inventory', 'plugin_data'])
        .where('uuid', '=', uuid)
        .executeTakeFirstOrThrow();
      if (inventory === null) throw notFound('Inventory of node', uuid);
      return { inventory, plugin_data: plugin_data ?? {} };
    },
  );

  const entry = (base: string, node: string, row: EventRow) => ({
    uuid: historyUuid(row.id),
    created_at: isoTime(row.at),
    severity: severityOf(row),
    event: row.message,
    event_type: row.kind,
    conductor: context.hostname,
    links: resourceLinks(base, 'nodes', node, 'history', historyUuid(row.id)),
  });
  const events = (node: string) =>
    db.selectFrom('event').select(['id', 'at', 'kind', 'message', 'data']).where('node_uuid', '=', node);

  app.get(
    '/nodes/:ident/history',
    {
      schema: {
        tags,
        summary: 'Events of a node, newest first',
        params: ident,
        querystring: z.looseObject({ limit: z.coerce.number().int().positive().optional() }),
        response: { 200: z.object({ history: z.array(object) }) },
      },
      config: { since: 78 },
    },
    async (request) => {
      const uuid = await findNodeUuid(db, request.params.ident);
      const limit = Math.min(request.query.limit ?? HISTORY_LIMIT, HISTORY_LIMIT);
      const rows = await events(uuid).orderBy('id', 'desc').limit(limit).execute();
      return { history: rows.map((row) => entry(linkBase(context, request), uuid, row)) };
    },
  );
  app.get(
    '/nodes/:ident/history/:entry',
    {
      schema: {
        tags,
        summary: 'One event of a node',
        params: ident.extend({ entry: z.string() }),
        response: { 200: object },
      },
      config: { since: 78 },
    },
    async (request) => {
      const uuid = await findNodeUuid(db, request.params.ident);
      const id = eventId(request.params.entry);
      const row = id === null ? undefined : await events(uuid).where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('History entry', request.params.entry);
      return entry(linkBase(context, request), uuid, row);
    },
  );

  app.get(
    '/nodes/:ident/traits',
    {
      schema: {
        tags,
        summary: 'Traits (none are kept)',
        params: ident,
        response: { 200: z.object({ traits: z.array(z.string()) }) },
      },
      config: { since: 37 },
    },
    async (request) => {
      await findNodeUuid(db, request.params.ident);
      return { traits: [] };
    },
  );
  for (const url of ['/nodes/:ident/traits', '/nodes/:ident/traits/:trait'] as const) {
    app.route({
      method: ['PUT', 'DELETE'],
      url,
      schema: { tags, summary: 'Traits: not supported', params: ident.loose() },
      config: { since: 37 },
      handler: async (request) => {
        await findNodeUuid(db, request.params.ident);
        throw invalid(
          'Traits are not supported by this service. Use resource_class, or properties.capabilities, to tell nodes apart.',
        );
      },
    });
  }

  app.get(
    '/nodes/:ident/children',
    {
      schema: {
        tags,
        summary: 'Child nodes (none)',
        params: ident,
        response: { 200: z.object({ children: z.array(z.string()) }) },
      },
      config: { since: 83 },
    },
    async (request) => {
      await findNodeUuid(db, request.params.ident);
      return { children: [] };
    },
  );
  app.get(
    '/nodes/:ident/firmware',
    {
      schema: {
        tags,
        summary: 'Firmware components (none are read)',
        params: ident,
        response: { 200: z.object({ firmware: z.array(object) }) },
      },
      config: { since: 86 },
    },
    async (request) => {
      await findNodeUuid(db, request.params.ident);
      return { firmware: [] };
    },
  );
  app.get(
    '/nodes/:ident/bios',
    { schema: { tags, summary: 'BIOS settings: not supported', params: ident }, config: { since: 40 } },
    async (request) => {
      throw unsupportedInterface((await findNode(db, request.params.ident)).driver, 'bios');
    },
  );
}
