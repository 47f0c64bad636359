import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FabricError } from '../../../../topology/error/fabric-error.ts';
import { recordEvent } from '../../../store/events.ts';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { notAcceptable } from '../errors.ts';
import { findNode, findNodeUuid } from '../node-lookup.ts';
import { afterMarker, nextUrl, orderBy, pageOf, pageQuery } from '../paging.ts';
import { PORTGROUP_DEFAULT_FIELDS, PORTGROUP_FIELDS, type PortgroupRow } from '../port-fields.ts';
import { findPortgroup } from '../portgroup-lookup.ts';
import { columnsOf, project, selectFields, visibleFields } from '../resource.ts';
import { empty, ident, portgroupAnswer, portgroupListAnswer } from '../schemas.ts';
import { refuseDuplicates } from '../unique.ts';
import { booleanLike, jsonObject, mac, resourceName, uuid } from '../values.ts';

/** Linux bonding modes (Documentation/networking/bonding). */
const BOND_MODES = [
  'balance-rr',
  'active-backup',
  'balance-xor',
  'broadcast',
  '802.3ad',
  'balance-tlb',
  'balance-alb',
] as const;

const body = z.strictObject({
  uuid: uuid.nullish(),
  node_uuid: z.string().max(255),
  address: mac.nullish(),
  name: resourceName.nullish(),
  mode: z.enum(BOND_MODES).nullish(),
  properties: jsonObject.nullish(),
  extra: jsonObject.nullish(),
  standalone_ports_supported: booleanLike.nullish(),
  physical_network: z.string().max(64).nullish(),
});
const query = z.strictObject({ ...pageQuery, address: mac.optional(), node: z.string().max(255).optional() });
type Query = z.output<typeof query>;
const SORTABLE = ['created_at', 'updated_at', 'uuid', 'address', 'name', 'node_uuid', 'mode', 'physical_network'];

export function portgroupRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const tags = ['portgroups'];
  const config = { since: 23, subject: 'portgroup' };
  const listSchema = { tags, querystring: query, response: { 200: portgroupListAnswer } };

  app.get('/portgroups', { schema: { ...listSchema, summary: 'List portgroups' }, config }, (request) =>
    listPortgroups(context, request, request.query, 'portgroups'),
  );
  app.get(
    '/portgroups/detail',
    { schema: { ...listSchema, summary: 'List portgroups with every field' }, config },
    (request) => listPortgroups(context, request, { ...request.query, detail: true }, 'portgroups/detail'),
  );
  app.get(
    '/nodes/:ident/portgroups',
    { schema: { ...listSchema, summary: 'Portgroups of a node', params: ident }, config: { since: 24 } },
    (request) =>
      listPortgroups(
        context,
        request,
        { ...request.query, node: request.params.ident },
        `nodes/${request.params.ident}/portgroups`,
      ),
  );

  app.post(
    '/portgroups',
    { schema: { tags, summary: 'Add a portgroup to a node', body, response: { 201: portgroupAnswer } }, config },
    async (request, reply) => {
      const members = request.body;
      if ((members.mode ?? members.properties ?? null) !== null && request.minor < 26) throw notAcceptable();
      if ((members.physical_network ?? null) !== null && request.minor < 102) throw notAcceptable();
      const groupUuid = (members.uuid ?? randomUUID()).toLowerCase();
      const sentences = {
        portgroup_pkey: `A portgroup with UUID ${groupUuid} already exists.`,
        portgroup_address_key: `A portgroup with address ${members.address} already exists.`,
        portgroup_name_key: `A portgroup with name ${members.name} already exists.`,
      };
      await db.transaction().execute(async (trx) => {
        const node = await findNode(trx, members.node_uuid, { lock: true });
        await refuseDuplicates(sentences, () =>
          trx
            .insertInto('portgroup')
            .values({
              uuid: groupUuid,
              node_uuid: node.uuid,
              address: members.address ?? null,
              name: members.name ?? null,
              mode: members.mode ?? 'active-backup',
              properties: JSON.stringify(members.properties ?? {}),
              extra: JSON.stringify(members.extra ?? {}),
              standalone_ports_supported: members.standalone_ports_supported ?? true,
              physical_network: members.physical_network ?? null,
            })
            .execute(),
        );
        await recordEvent(trx, {
          kind: 'portgroup.created',
          nodeUuid: node.uuid,
          message: `Portgroup ${members.name ?? groupUuid} was added to node ${node.name ?? node.uuid} by ${request.user}`,
        });
      });
      return reply
        .code(201)
        .header('location', `${linkBase(context, request)}/v1/portgroups/${groupUuid}`)
        .send(shownPortgroup(context, request, await findPortgroup(db, groupUuid)));
    },
  );

  app.get(
    '/portgroups/:ident',
    { schema: { tags, summary: 'Show a portgroup', params: ident, response: { 200: portgroupAnswer } }, config },
    async (request) => shownPortgroup(context, request, await findPortgroup(db, request.params.ident)),
  );

  app.delete(
    '/portgroups/:ident',
    { schema: { tags, summary: 'Remove a portgroup', params: ident, response: { 204: empty } }, config },
    async (request, reply) => {
      await db.transaction().execute(async (trx) => {
        const group = await findPortgroup(trx, request.params.ident);
        const member = await trx
          .selectFrom('port')
          .select('uuid')
          .where('portgroup_uuid', '=', group.uuid)
          .executeTakeFirst();
        if (member) {
          throw new FabricError(
            'portgroup_conflict',
            `Portgroup ${group.uuid} is not empty: port ${member.uuid} belongs to it.`,
          );
        }
        await trx.deleteFrom('portgroup').where('uuid', '=', group.uuid).execute();
        await recordEvent(trx, {
          kind: 'portgroup.deleted',
          nodeUuid: group.node_uuid,
          message: `Portgroup ${group.name ?? group.uuid} was deleted by ${request.user}`,
        });
      });
      return reply.code(204).send();
    },
  );
}

async function listPortgroups(context: ApiContext, request: FastifyRequest, asked: Query, path: string) {
  const { minor } = request;
  const { db } = context.store;
  if (asked.detail && !path.endsWith('detail') && minor < 43) throw notAcceptable();
  const fields = selectFields(PORTGROUP_FIELDS, PORTGROUP_DEFAULT_FIELDS, asked, minor);
  const page = pageOf(asked, SORTABLE);
  let select = db
    .selectFrom('portgroup')
    .select(columnsOf(fields, 'uuid'))
    .orderBy(orderBy('portgroup', page))
    .orderBy('uuid')
    .limit(page.limit + 1);
  if (asked.node !== undefined) select = select.where('node_uuid', '=', await findNodeUuid(db, asked.node));
  if (asked.address !== undefined) select = select.where('address', '=', asked.address);
  if (page.marker !== null) select = select.where(afterMarker('portgroup', page));
  const rows = (await select.execute()) as PortgroupRow[];
  const shown = rows.slice(0, page.limit);
  const extra = { base: linkBase(context, request), minor, hostname: context.hostname };
  const portgroups = shown.map((row) => project(fields, row, extra));
  const last = shown.at(-1);
  if (rows.length <= page.limit || !last) return { portgroups };
  return { portgroups, next: nextUrl(extra.base, path, request.query as Query, page, last.uuid) };
}

function shownPortgroup(context: ApiContext, request: FastifyRequest, group: PortgroupRow) {
  const { minor } = request;
  const extra = { base: linkBase(context, request), minor, hostname: context.hostname };
  return project(visibleFields(PORTGROUP_FIELDS, minor), group, extra) as { uuid: string };
}
