import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FabricError } from '../../../../topology/error/fabric-error.ts';
import { recordEvent } from '../../../store/events.ts';
import type { Db, Trx } from '../../../store/store.ts';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { invalid, notAcceptable, notFound, parseAs } from '../errors.ts';
import { applyPatch, changedMembers, pointerTokens } from '../json-patch.ts';
import { type ApiNode, findNode } from '../node-lookup.ts';
import { assertUnlocked, assertWiringChangeable } from '../node-rules.ts';
import { applyOperatorLink } from '../operator-link.ts';
import { PORT_FIELDS, type PortRow } from '../port-fields.ts';
import { checkPortMembers, portCreateBody, portMembers, portValues } from '../port-input.ts';
import { project, selectFields, visibleFields } from '../resource.ts';
import { empty, ident, patchBody, portAnswer } from '../schemas.ts';
import { refuseDuplicates } from '../unique.ts';
import { isUuid } from '../values.ts';

/** Members that say how a NIC is wired. */
const WIRING = new Set(['local_link_connection', 'pxe_enabled', 'portgroup_uuid', 'physical_network', 'is_smartnic']);

export function portWriteRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const tags = ['ports'];

  app.post(
    '/ports',
    {
      schema: { tags, summary: 'Add a port (NIC) to a node', body: portCreateBody, response: { 201: portAnswer } },
      config: { subject: 'port' },
    },
    async (request, reply) => {
      const { uuid: given, node_uuid, node_ident, ...members } = request.body;
      if (node_ident !== undefined && request.minor < 94) throw notAcceptable();
      const nodeIdent = node_uuid ?? node_ident;
      if (nodeIdent === undefined) throw invalid("Schema error for port: 'node_uuid' is a required property");
      checkPortMembers(members, request.minor);
      const uuid = (given ?? randomUUID()).toLowerCase();
      await db.transaction().execute(async (trx) => {
        const node = await nodeOf(trx, nodeIdent);
        assertUnlocked(node);
        const values = await portValues(trx, node, members, request.minor);
        await refuseDuplicates(duplicateSentences(uuid, values), () =>
          trx
            .insertInto('port')
            .values({
              ...values,
              uuid,
              node_uuid: node.uuid,
              local_link_connection: JSON.stringify(values.local_link_connection),
              extra: JSON.stringify(values.extra),
            })
            .execute(),
        );
        if (Object.keys(values.local_link_connection).length > 0) {
          const nic = { uuid, address: values.address, switchId: null };
          await applyOperatorLink(context, trx, nic, values.local_link_connection, request.user);
        }
        await recordEvent(trx, {
          kind: 'port.created',
          nodeUuid: node.uuid,
          message: `Port ${values.address} was added to node ${node.name ?? node.uuid} by ${request.user}`,
          data: { port: uuid, address: values.address },
        });
      });
      return reply
        .code(201)
        .header('location', `${linkBase(context, request)}/v1/ports/${uuid}`)
        .send(shownPort(context, request, await findPort(db, uuid)));
    },
  );

  app.get(
    '/ports/:ident',
    {
      schema: {
        tags,
        summary: 'Show a port',
        params: ident,
        querystring: z.strictObject({ fields: z.string().max(2000).optional() }),
        response: { 200: portAnswer },
      },
    },
    async (request) => shownPort(context, request, await findPort(db, request.params.ident), request.query.fields),
  );

  app.patch(
    '/ports/:ident',
    {
      schema: {
        tags,
        summary: 'Change a port (JSON patch)',
        params: ident,
        body: patchBody,
        response: { 200: portAnswer },
      },
      config: { subject: 'patch' },
    },
    async (request) => {
      const uuid = await db.transaction().execute(async (trx) => {
        const port = await findPort(trx, request.params.ident, true);
        const node = await findNode(trx, port.node_uuid, { lock: true });
        const before: Record<string, unknown> = Object.fromEntries(
          Object.keys(portMembers.shape).map((name) => [name, port[name as keyof PortRow] ?? null]),
        );
        for (const operation of request.body) {
          const [member] = pointerTokens(operation.path);
          if (member !== undefined && !(member in before) && PORT_FIELDS.some((field) => field.name === member)) {
            throw invalid(`'${operation.path}' is an internal attribute and can not be updated`);
          }
          if (member === 'address' && operation.op === 'remove') {
            throw invalid(`'${operation.path}' is a mandatory attribute and can not be removed`);
          }
          checkPortMembers({ [member!]: operation.op === 'remove' ? null : operation.value }, request.minor);
        }
        const after = applyPatch(before, request.body);
        const changed = changedMembers(before, after);
        assertUnlocked(node);
        assertWiringChangeable(
          node,
          port.uuid,
          changed.filter((name) => WIRING.has(name)),
        );
        if (changed.includes('address')) await assertNoVif(trx, port, node, 'have its address changed');
        const values = await portValues(trx, node, parseAs('port', portMembers, after), request.minor);
        await refuseDuplicates(duplicateSentences(port.uuid, values), () =>
          trx
            .updateTable('port')
            .set({
              ...values,
              local_link_connection: JSON.stringify(values.local_link_connection),
              extra: JSON.stringify(values.extra),
              updated_at: new Date(),
            })
            .where('uuid', '=', port.uuid)
            .execute(),
        );
        if (changed.includes('local_link_connection')) {
          const nic = { uuid: port.uuid, address: values.address, switchId: port.switch_id };
          await applyOperatorLink(context, trx, nic, values.local_link_connection, request.user);
        }
        await recordEvent(trx, {
          kind: 'port.updated',
          nodeUuid: node.uuid,
          message: `${request.user} changed ${changed.join(', ') || 'nothing'} of port ${values.address}`,
          data: { port: port.uuid, members: changed },
        });
        return port.uuid;
      });
      return shownPort(context, request, await findPort(db, uuid));
    },
  );

  app.delete(
    '/ports/:ident',
    { schema: { tags, summary: 'Remove a port', params: ident, response: { 204: empty } } },
    async (request, reply) => {
      await db.transaction().execute(async (trx) => {
        const port = await findPort(trx, request.params.ident, true);
        const node = await findNode(trx, port.node_uuid, { lock: true });
        assertUnlocked(node);
        if (!node.maintenance) await assertNoVif(trx, port, node, 'be deleted');
        await trx.deleteFrom('port').where('uuid', '=', port.uuid).execute();
        if (port.switch_id !== null) {
          await context.fabric.settle(trx, port.switch_id, { by: request.user, reason: 'port deleted' });
        }
        await recordEvent(trx, {
          kind: 'port.deleted',
          nodeUuid: node.uuid,
          message: `Port ${port.address} of node ${node.name ?? node.uuid} was deleted by ${request.user}`,
          data: { port: port.uuid, address: port.address },
        });
      });
      return reply.code(204).send();
    },
  );
}

/** A node named in a body: not there is the body's fault, 400. */
async function nodeOf(trx: Trx, nodeIdent: string): Promise<ApiNode> {
  try {
    return await findNode(trx, nodeIdent, { lock: true });
  } catch (error) {
    if (error instanceof FabricError && error.code === 'node_not_found') throw invalid(error.message);
    throw error;
  }
}

async function findPort(db: Db, portIdent: string, lock = false): Promise<PortRow> {
  const column = isUuid(portIdent) ? 'uuid' : 'name';
  let select = db
    .selectFrom('port')
    .selectAll()
    .where(column, '=', isUuid(portIdent) ? portIdent.toLowerCase() : portIdent);
  if (lock) select = select.forUpdate();
  const row = await select.executeTakeFirst();
  if (!row) throw notFound('Port', portIdent);
  return row;
}

async function assertNoVif(trx: Trx, port: PortRow, node: ApiNode, what: string): Promise<void> {
  const vif = await trx.selectFrom('vif').select('id').where('port_uuid', '=', port.uuid).executeTakeFirst();
  if (!vif) return;
  throw new FabricError(
    'port_conflict',
    `Port ${port.uuid} of node ${node.uuid} can not ${what}: VIF ${vif.id} is attached to it. Detach it first.`,
    { context: { port: port.uuid, vif: vif.id } },
  );
}

function shownPort(context: ApiContext, request: FastifyRequest, port: PortRow, fields?: string) {
  const { minor } = request;
  const chosen =
    fields === undefined ? visibleFields(PORT_FIELDS, minor) : selectFields(PORT_FIELDS, [], { fields }, minor);
  return project(chosen, port, { base: linkBase(context, request), minor, hostname: context.hostname }) as {
    uuid: string;
    address: string;
  };
}

function duplicateSentences(uuid: string, members: { address: string; name: string | null }): Record<string, string> {
  return {
    port_pkey: `A port with UUID ${uuid} already exists.`,
    port_address_key: `A port with MAC address ${members.address} already exists.`,
    port_name_key: `A port with name ${members.name} already exists.`,
  };
}
