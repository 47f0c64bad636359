import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import type { TypedApp } from '../../typed-app.ts';
import { invalid, notAcceptable } from '../errors.ts';
import { findNodeUuid } from '../node-lookup.ts';
import { empty, ident } from '../schemas.ts';
import { text255, uuid } from '../values.ts';

/** Ironic lets other members pass; of those only network_id means something here. */
const vifBody = z.looseObject({
  id: text255.min(1),
  port_uuid: uuid.optional(),
  portgroup_uuid: uuid.optional(),
  network_id: text255.optional(),
});

export function nodeVifRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const tags = ['vifs'];
  const config = { since: 28 };

  app.get(
    '/nodes/:ident/vifs',
    {
      schema: {
        tags,
        summary: 'VIFs of a node',
        params: ident,
        response: { 200: z.object({ vifs: z.array(z.object({ id: z.string() })) }) },
      },
      config,
    },
    async (request) => {
      const nodeUuid = await findNodeUuid(db, request.params.ident);
      return {
        vifs: await db.selectFrom('vif').select('id').where('node_uuid', '=', nodeUuid).orderBy('created_at').execute(),
      };
    },
  );

  app.post(
    '/nodes/:ident/vifs',
    {
      schema: { tags, summary: 'Attach a VIF', params: ident, body: vifBody, response: { 204: empty } },
      config: { ...config, subject: 'vif' },
    },
    async (request, reply) => {
      const { id, port_uuid, portgroup_uuid, network_id } = request.body;
      if ((port_uuid ?? portgroup_uuid) !== undefined && request.minor < 67) throw notAcceptable();
      if (port_uuid !== undefined && portgroup_uuid !== undefined) {
        throw invalid('Either port_uuid or portgroup_uuid may be given, not both');
      }
      if (portgroup_uuid !== undefined)
        throw invalid('A VIF on a portgroup is not supported by this service: give port_uuid');
      const nodeUuid = await findNodeUuid(db, request.params.ident);
      await context.lifecycle.attachVif(nodeUuid, { id, port_uuid, network_id, by: request.user });
      return reply.code(204).send();
    },
  );

  app.delete(
    '/nodes/:ident/vifs/:vif',
    {
      schema: {
        tags,
        summary: 'Detach a VIF',
        params: ident.extend({ vif: z.string().min(1).max(255) }),
        response: { 204: empty },
      },
      config,
    },
    async (request, reply) => {
      const nodeUuid = await findNodeUuid(db, request.params.ident);
      await context.lifecycle.detachVif(nodeUuid, request.params.vif, request.user);
      return reply.code(204).send();
    },
  );
}
