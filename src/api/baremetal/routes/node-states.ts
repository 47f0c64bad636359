import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { invalid, notAcceptable, unsupportedInterface } from '../errors.ts';
import { NODE_FIELDS, type NodeRow } from '../node-fields.ts';
import { findNode, findNodeUuid } from '../node-lookup.ts';
import { project, visibleFields } from '../resource.ts';
import { empty, ident } from '../schemas.ts';
import { booleanLike, jsonObject } from '../values.ts';

const STATE_FIELDS = new Set([
  'console_enabled',
  'last_error',
  'power_state',
  'provision_state',
  'target_power_state',
  'target_provision_state',
  'provision_updated_at',
  'raid_config',
  'target_raid_config',
  'boot_mode',
  'secure_boot',
]);

/** First minor version of an API target, where it is not as old as the API. */
const TARGET_SINCE: Readonly<Record<string, number>> = {
  manage: 4,
  provide: 4,
  inspect: 6,
  abort: 13,
  clean: 15,
  adopt: 17,
  rescue: 38,
  unrescue: 38,
  deploy: 73,
  undeploy: 73,
  unhold: 85,
  service: 87,
};
const DEPLOYS = new Set(['active', 'deploy', 'rebuild']);

/** Configuration drives are at most 64 MiB; base64 makes 4/3 of that. */
export const LARGE_BODY = 96 * 1024 * 1024;

const provisionBody = z.strictObject({
  target: z.string().max(60),
  configdrive: z.union([z.string(), jsonObject]).nullish(),
  clean_steps: z.array(jsonObject).max(200).nullish(),
  deploy_steps: z.array(jsonObject).max(200).nullish(),
  service_steps: z.array(jsonObject).max(200).nullish(),
  rescue_password: z.string().max(1000).nullish(),
  disable_ramdisk: booleanLike.nullish(),
  runbook: z.string().max(255).nullish(),
});
type ProvisionBody = z.output<typeof provisionBody>;

const POWER_TARGETS = ['power on', 'power off', 'rebooting', 'soft rebooting', 'soft power off'];
const powerBody = z.strictObject({
  target: z.string().max(60),
  timeout: z.coerce.number().int().min(1).max(86_400).nullish(),
});

const stateAnswer = z.looseObject({
  power_state: z.string().nullable(),
  provision_state: z.string().nullable(),
  target_power_state: z.string().nullable(),
  target_provision_state: z.string().nullable(),
});

export function nodeStateRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const tags = ['node states'];

  app.get(
    '/nodes/:ident/states',
    { schema: { tags, summary: 'States of a node', params: ident, response: { 200: stateAnswer } } },
    async (request) => {
      const fields = visibleFields(NODE_FIELDS, request.minor).filter((field) => STATE_FIELDS.has(field.name));
      const node = await findNode(db, request.params.ident);
      const { minor } = request;
      const base = linkBase(context, request);
      return project(fields, node as NodeRow, { base, minor, hostname: context.hostname }) as z.output<
        typeof stateAnswer
      >;
    },
  );

  app.put(
    '/nodes/:ident/states/provision',
    {
      schema: {
        tags,
        summary: 'Ask for a provision state',
        params: ident,
        body: provisionBody,
        response: { 202: empty },
      },
      config: { subject: 'provision' },
      bodyLimit: LARGE_BODY,
    },
    async (request, reply) => {
      const { body, minor } = request;
      if ((TARGET_SINCE[body.target] ?? 1) > minor) throw notAcceptable();
      const nodeUuid = await findNodeUuid(db, request.params.ident);
      checkArguments(body, minor);
      await context.lifecycle.provision(nodeUuid, {
        target: body.target,
        configdrive: body.configdrive ?? null,
        cleanSteps: body.clean_steps ?? null,
        by: request.user,
      });
      return accepted(context, request, reply, request.params.ident);
    },
  );

  app.put(
    '/nodes/:ident/states/power',
    {
      schema: { tags, summary: 'Switch the power', params: ident, body: powerBody, response: { 202: empty } },
      config: { subject: 'power' },
    },
    async (request, reply) => {
      const { target, timeout } = request.body;
      const soft = target.startsWith('soft');
      if ((soft || (timeout ?? null) !== null) && request.minor < 27) throw notAcceptable();
      if (!POWER_TARGETS.includes(target)) {
        throw invalid(`Invalid power target "${target}". Valid targets: ${POWER_TARGETS.join(', ')}.`);
      }
      const nodeUuid = await findNodeUuid(db, request.params.ident);
      await context.lifecycle.power(nodeUuid, target, { timeoutSeconds: timeout ?? undefined, by: request.user });
      return accepted(context, request, reply, request.params.ident);
    },
  );

  app.get(
    '/nodes/:ident/states/console',
    {
      schema: {
        tags,
        summary: 'Console (not offered: always off)',
        params: ident,
        response: { 200: z.object({ console_enabled: z.boolean(), console_info: z.null() }) },
      },
    },
    async (request) => {
      await findNodeUuid(db, request.params.ident);
      return { console_enabled: false, console_info: null };
    },
  );

  // Interfaces that no driver here has: refused as Ironic refuses an interface that is switched off.
  const off = { raid: 12, console: 1, boot_mode: 76, secure_boot: 76 } as const;
  for (const [name, since] of Object.entries(off)) {
    app.put(
      `/nodes/:ident/states/${name}`,
      { schema: { tags, summary: `${name}: not supported`, params: ident, body: jsonObject }, config: { since } },
      async (request) => {
        const node = await findNode(db, request.params.ident);
        throw unsupportedInterface(node.driver, name.replace('_', ' '));
      },
    );
  }
}

function checkArguments(body: ProvisionBody, minor: number): void {
  const given = (name: keyof ProvisionBody) => (body[name] ?? null) !== null;
  if (given('configdrive')) {
    if (!DEPLOYS.has(body.target))
      throw invalid('Adding a config drive is only supported when setting provision state to active or rebuild');
    if ((body.target === 'rebuild' && minor < 35) || (typeof body.configdrive === 'object' && minor < 56))
      throw notAcceptable();
  }
  if (given('clean_steps') !== (body.target === 'clean')) {
    throw invalid('"clean_steps" is required when, and only valid when, setting target provision state to clean');
  }
  for (const name of ['deploy_steps', 'service_steps', 'runbook', 'disable_ramdisk'] as const) {
    if (given(name) && !['[]', 'false'].includes(JSON.stringify(body[name]))) {
      throw invalid(`"${name}" is not supported by this service; leave it out`);
    }
  }
  if (given('rescue_password') && body.target !== 'rescue') {
    throw invalid('"rescue_password" is only valid when setting target provision state to rescue');
  }
}

function accepted(context: ApiContext, request: FastifyRequest, reply: FastifyReply, node: string) {
  const where = `${linkBase(context, request)}/v1/nodes/${encodeURIComponent(node)}/states`;
  return reply.code(202).header('location', where).send();
}
