import { z } from 'zod';
import { recordEvent } from '../../../store/events.ts';
import { notify } from '../../../store/notify.ts';
import type { Trx } from '../../../store/store.ts';
import type { ApiContext } from '../../context.ts';
import type { TypedApp } from '../../typed-app.ts';
import { findNode, findNodeUuid } from '../node-lookup.ts';
import { empty, ident } from '../schemas.ts';
import { booleanLike } from '../values.ts';

const bootDeviceAnswer = z.object({ boot_device: z.string().nullable(), persistent: z.boolean().nullable() });
const validation = z.record(z.string(), z.object({ result: z.boolean().nullable(), reason: z.string().optional() }));

export function nodeManagementRoutes(app: TypedApp, context: ApiContext): void {
  const { lifecycle, store } = context;
  const { db } = store;

  app.get(
    '/nodes/:ident/validate',
    { schema: { tags: ['nodes'], summary: 'Is a node fit for use?', params: ident, response: { 200: validation } } },
    async (request) => lifecycle.validate(await findNodeUuid(db, request.params.ident)),
  );

  const tags = ['node management'];
  app.get(
    '/nodes/:ident/management/boot_device',
    { schema: { tags, summary: 'Boot device', params: ident, response: { 200: bootDeviceAnswer } } },
    async (request) => lifecycle.getBootDevice(await findNodeUuid(db, request.params.ident)),
  );
  app.put(
    '/nodes/:ident/management/boot_device',
    {
      schema: {
        tags,
        summary: 'Set the boot device',
        params: ident,
        body: z.strictObject({ boot_device: z.string().max(60), persistent: booleanLike.optional() }),
        response: { 204: empty },
      },
      config: { subject: 'boot device' },
    },
    async (request, reply) => {
      const nodeUuid = await findNodeUuid(db, request.params.ident);
      await lifecycle.setBootDevice(nodeUuid, request.body.boot_device, request.body.persistent ?? false);
      return reply.code(204).send();
    },
  );
  app.get(
    '/nodes/:ident/management/boot_device/supported',
    {
      schema: {
        tags,
        summary: 'Boot devices one may set',
        params: ident,
        response: { 200: z.object({ supported_boot_devices: z.array(z.string()) }) },
      },
    },
    async (request) => ({
      supported_boot_devices: await lifecycle.supportedBootDevices(await findNodeUuid(db, request.params.ident)),
    }),
  );

  const setMaintenance = async (trx: Trx, nodeIdent: string, reason: string | null, on: boolean, user: string) => {
    const node = await findNode(trx, nodeIdent, { lock: true });
    await trx
      .updateTable('node')
      .set({ maintenance: on, maintenance_reason: reason, ...(on ? {} : { fault: null }), updated_at: new Date() })
      .where('uuid', '=', node.uuid)
      .execute();
    await recordEvent(trx, {
      kind: on ? 'node.maintenance_set' : 'node.maintenance_unset',
      nodeUuid: node.uuid,
      message: `${user} ${on ? 'set' : 'ended'} maintenance of node ${node.name ?? node.uuid}${reason ? `: ${reason}` : ''}`,
    });
    await notify(trx, 'switchyard_node', node.uuid);
  };
  app.put(
    '/nodes/:ident/maintenance',
    {
      schema: {
        tags,
        summary: 'Set maintenance',
        params: ident,
        body: z.strictObject({ reason: z.string().max(4096).nullish() }).nullish(),
        response: { 202: empty },
      },
      config: { subject: 'maintenance' },
    },
    async (request, reply) => {
      const reason = request.body?.reason ?? null;
      await db.transaction().execute((trx) => setMaintenance(trx, request.params.ident, reason, true, request.user));
      return reply.code(202).send();
    },
  );
  app.delete(
    '/nodes/:ident/maintenance',
    { schema: { tags, summary: 'End maintenance', params: ident, response: { 202: empty } } },
    async (request, reply) => {
      await db.transaction().execute((trx) => setMaintenance(trx, request.params.ident, null, false, request.user));
      return reply.code(202).send();
    },
  );
}
