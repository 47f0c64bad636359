import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { invalid } from '../errors.ts';
import { resourceLinks } from '../links.ts';
import { findNode } from '../node-lookup.ts';
import { empty } from '../schemas.ts';
import { maskInstanceInfo, maskSecrets } from '../secrets.ts';
import { mac, uuid } from '../values.ts';

/** Inventory, LLDP, and the ramdisk's journal as base64. */
const INSPECTION_BODY = 32 * 1024 * 1024;
const MAX_ADDRESSES = 256;

const lookupQuery = z.looseObject({ addresses: z.string().max(8192).optional(), node_uuid: uuid.optional() });
const heartbeatBody = z.looseObject({
  callback_url: z.string().max(2048),
  agent_token: z.string().max(512).optional(),
  agent_version: z.string().max(255).optional(),
  agent_verify_ca: z.string().max(65_536).nullish(),
  agent_status: z.string().max(60).nullish(),
  agent_status_message: z.string().max(65_536).nullish(),
});
const object = z.record(z.string(), z.unknown());
const ramdiskAnswer = z.object({ node: object, config: object });

/** What a deploy ramdisk calls: open, because it has no credentials yet. */
export function ramdiskRoutes(app: TypedApp, context: ApiContext): void {
  const { lifecycle, store } = context;
  const tags = ['ramdisk'];

  /** The agent's view of its node, with configuration. */
  const view = async (nodeUuid: string, config: Record<string, unknown>, base: string) => {
    const node = await findNode(store.db, nodeUuid);
    return {
      node: {
        uuid: node.uuid,
        properties: node.properties,
        instance_info: maskInstanceInfo(node.instance_info),
        driver_internal_info: maskSecrets(node.driver_internal_info),
        links: resourceLinks(base, 'nodes', node.uuid),
      },
      config,
    };
  };

  app.get(
    '/lookup',
    {
      schema: { tags, summary: 'Which node am I?', querystring: lookupQuery, response: { 200: ramdiskAnswer } },
      config: { since: 22, open: true, subject: 'lookup' },
    },
    async (request) => {
      const { node_uuid } = request.query;
      // An agent lists every interface it has, and some have no Ethernet MAC (InfiniBand): those are left out.
      const given = (request.query.addresses ?? '').split(',').filter(Boolean).slice(0, MAX_ADDRESSES);
      const addresses = given.flatMap((address) => {
        const parsed = mac.safeParse(address.trim());
        return parsed.success ? [parsed.data] : [];
      });
      if (addresses.length === 0 && node_uuid === undefined) {
        throw invalid('At least one of "addresses" (MACs, separated by commas) and "node_uuid" has to be provided');
      }
      const found = await lifecycle.lookup({ addresses, nodeUuid: node_uuid });
      return view(found.nodeUuid, found.config, linkBase(context, request));
    },
  );

  app.post(
    '/heartbeat/:ident',
    {
      schema: {
        tags,
        summary: 'The agent is there',
        params: z.object({ ident: uuid }),
        body: heartbeatBody,
        response: { 202: empty },
      },
      config: { since: 22, open: true, subject: 'heartbeat' },
    },
    async (request, reply) => {
      const { body } = request;
      const node = await findNode(store.db, request.params.ident);
      await lifecycle.heartbeat(node.uuid, {
        callbackUrl: body.callback_url,
        agentToken: body.agent_token,
        agentVersion: body.agent_version,
        agentVerifyCa: body.agent_verify_ca,
        agentStatus: body.agent_status,
        agentStatusMessage: body.agent_status_message,
      });
      return reply.code(202).send();
    },
  );

  app.post(
    '/continue_inspection',
    {
      schema: {
        tags,
        summary: 'Inspection data',
        querystring: z.looseObject({ node_uuid: uuid.optional() }),
        body: object,
        response: { 202: z.union([z.object({ uuid: z.string() }), ramdiskAnswer]) },
      },
      config: { open: true, subject: 'inspection data' },
      bodyLimit: INSPECTION_BODY,
    },
    async (request, reply) => {
      const { nodeUuid } = await lifecycle.continueInspection(request.body, { nodeUuid: request.query.node_uuid });
      if (request.minor < 84) return reply.code(202).send({ uuid: nodeUuid });
      const { config } = await lifecycle.lookup({ addresses: [], nodeUuid });
      return reply.code(202).send(await view(nodeUuid, config, linkBase(context, request)));
    },
  );
}
