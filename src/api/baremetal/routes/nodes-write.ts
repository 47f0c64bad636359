import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordEvent } from '../../../store/events.ts';
import { notify } from '../../../store/notify.ts';
import type { JsonObject } from '../../../store/schema.ts';
import { SECRET_COLUMNS } from '../../../store/secrets/columns.ts';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { notAcceptable } from '../errors.ts';
import { NODE_FIELDS, type NodeRow } from '../node-fields.ts';
import { checkMembers, chosenInterfaces, nodeCreateBody } from '../node-input.ts';
import { type ApiNode, findNode } from '../node-lookup.ts';
import { patchNode } from '../node-patch.ts';
import { assertDeletable, assertUnlocked, assertUpdatable } from '../node-rules.ts';
import { project, selectFields, visibleFields } from '../resource.ts';
import { empty, ident, nodeAnswer, patchBody } from '../schemas.ts';
import { refuseDuplicates } from '../unique.ts';
import { booleanLike } from '../values.ts';

export function nodeWriteRoutes(app: TypedApp, context: ApiContext): void {
  const { store, secrets } = context;
  const { db } = store;
  const sealed = (uuid: string, info: JsonObject) =>
    JSON.stringify(secrets.seal(SECRET_COLUMNS.driverInfo, uuid, info));

  app.post(
    '/nodes',
    {
      schema: { tags: ['nodes'], summary: 'Enroll a node', body: nodeCreateBody, response: { 201: nodeAnswer } },
      config: { subject: 'node' },
    },
    async (request, reply) => {
      const { uuid: given, ...members } = request.body;
      checkMembers(members, request.minor);
      const interfaces = chosenInterfaces(members.driver, members);
      const uuid = (given ?? randomUUID()).toLowerCase();
      await refuseDuplicates(duplicateSentences(uuid, members), () =>
        db.transaction().execute(async (trx) => {
          await trx
            .insertInto('node')
            .values({
              uuid,
              driver: members.driver,
              name: members.name ?? null,
              driver_info: sealed(uuid, members.driver_info ?? {}),
              properties: JSON.stringify(members.properties ?? {}),
              instance_info: JSON.stringify(members.instance_info ?? {}),
              extra: JSON.stringify(members.extra ?? {}),
              interfaces: JSON.stringify(interfaces),
              instance_uuid: members.instance_uuid ?? null,
              resource_class: members.resource_class ?? null,
              owner: members.owner ?? null,
              lessee: members.lessee ?? null,
              description: members.description ?? null,
              conductor_group: members.conductor_group ?? '',
              automated_clean: members.automated_clean ?? null,
              protected: members.protected ?? false,
              protected_reason: members.protected_reason ?? null,
              retired: members.retired ?? false,
              retired_reason: members.retired_reason ?? null,
              maintenance: members.maintenance ?? false,
              // Before 1.11 a node began its life as available.
              provision_state: request.minor < 11 ? 'available' : 'enroll',
            })
            .execute();
          await recordEvent(trx, {
            kind: 'node.created',
            nodeUuid: uuid,
            message: `Node ${members.name ?? uuid} was created by ${request.user}`,
          });
          await notify(trx, 'switchyard_node', uuid);
        }),
      );
      return reply
        .code(201)
        .header('location', `${linkBase(context, request)}/v1/nodes/${uuid}`)
        .send(shownNode(context, request, await findNode(db, uuid)));
    },
  );

  app.get(
    '/nodes/:ident',
    {
      schema: {
        tags: ['nodes'],
        summary: 'Show a node',
        params: ident,
        querystring: z.strictObject({ fields: z.string().max(2000).optional() }),
        response: { 200: nodeAnswer },
      },
    },
    async (request) => shownNode(context, request, await findNode(db, request.params.ident), request.query.fields),
  );

  app.patch(
    '/nodes/:ident',
    {
      schema: {
        tags: ['nodes'],
        summary: 'Change a node (JSON patch)',
        params: ident,
        querystring: z.strictObject({ reset_interfaces: booleanLike.optional() }),
        body: patchBody,
        response: { 200: nodeAnswer },
      },
      config: { subject: 'patch' },
    },
    async (request) => {
      const resetInterfaces = request.query.reset_interfaces ?? false;
      if (request.query.reset_interfaces !== undefined && request.minor < 45) throw notAcceptable();
      const changed = await db.transaction().execute(async (trx) => {
        const node = await findNode(trx, request.params.ident, { lock: true });
        const change = patchNode(node, request.body, {
          minor: request.minor,
          resetInterfaces,
          sealed: (info) => sealed(node.uuid, info),
        });
        assertUpdatable(node);
        assertUnlocked(node);
        await refuseDuplicates(duplicateSentences(node.uuid, change.update), () =>
          trx
            .updateTable('node')
            .set({ ...change.update, updated_at: new Date() })
            .where('uuid', '=', node.uuid)
            .execute(),
        );
        await recordEvent(trx, {
          kind: 'node.updated',
          nodeUuid: node.uuid,
          message: `${request.user} changed ${change.changed.join(', ') || 'nothing'} of node ${node.name ?? node.uuid}`,
          data: { members: change.changed },
        });
        await notify(trx, 'switchyard_node', node.uuid);
        return node.uuid;
      });
      return shownNode(context, request, await findNode(db, changed));
    },
  );

  app.delete(
    '/nodes/:ident',
    { schema: { tags: ['nodes'], summary: 'Forget a node', params: ident, response: { 204: empty } } },
    async (request, reply) => {
      await db.transaction().execute(async (trx) => {
        const node = await findNode(trx, request.params.ident, { lock: true });
        assertUnlocked(node);
        assertDeletable(node);
        const switches = await trx
          .selectFrom('port')
          .select('switch_id')
          .distinct()
          .where('node_uuid', '=', node.uuid)
          .where('switch_id', 'is not', null)
          .execute();
        await trx.deleteFrom('node').where('uuid', '=', node.uuid).execute();
        for (const { switch_id } of switches) {
          // Its switch ports belong to nobody now and go where the switch's policy says.
          await context.fabric.settle(trx, switch_id!, { by: request.user, reason: 'node deleted' });
        }
        await recordEvent(trx, {
          kind: 'node.deleted',
          nodeUuid: node.uuid,
          message: `Node ${node.name ?? node.uuid} was deleted by ${request.user}`,
        });
        await notify(trx, 'switchyard_node', node.uuid);
      });
      return reply.code(204).send();
    },
  );
}

function shownNode(context: ApiContext, request: FastifyRequest, node: ApiNode, fields?: string) {
  const { minor } = request;
  const chosen =
    fields === undefined ? visibleFields(NODE_FIELDS, minor) : selectFields(NODE_FIELDS, [], { fields }, minor);
  // The fields read no more than NODE_COLUMNS, which ApiNode has.
  return project(chosen, node as NodeRow, { base: linkBase(context, request), minor, hostname: context.hostname }) as {
    uuid: string;
  };
}

function duplicateSentences(
  uuid: string,
  members: { name?: unknown; instance_uuid?: unknown },
): Record<string, string> {
  return {
    node_pkey: `A node with UUID ${uuid} already exists.`,
    node_name_key: `A node with name ${String(members.name)} already exists.`,
    node_instance_uuid_key: `Instance ${String(members.instance_uuid)} is already associated with another node.`,
  };
}
