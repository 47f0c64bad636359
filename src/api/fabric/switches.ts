import { z } from 'zod';
import { jsonObject } from '../baremetal/values.ts';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { withOperation } from './answers.ts';
import { nextLink, page, pageQuery } from './paging.ts';
import { findSwitch, SWITCH_COLUMNS, switchOut } from './switch-lookup.ts';
import { operationSchema, settingsOut, settingsSchema, switchSchema } from './wire.ts';

const params = z.object({ id: z.string().min(1).max(255) });
const VLANS = /^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/;

const newSwitch = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'may hold letters, digits and ._- (at most 63)'),
  platform: z.string().min(1).max(60),
  options: jsonObject.default({}),
  managed_ports: z.array(z.string().min(1).max(255)).min(1).max(1000),
  managed_vlans: z.string().max(1000).regex(VLANS, 'must be ranges such as 100-199,300'),
  rest_policy: z.enum(['inspection', 'idle']).default('idle'),
  physical_network: z.string().max(64).nullable().default(null),
});

export function switchRoutes(app: TypedApp, context: ApiContext): void {
  const { admin } = context;
  const { db } = context.store;
  const tags = ['switches'];
  const withOperationAnswer = z.object({ switch: switchSchema, operation: operationSchema.nullable() });

  app.get(
    '/switches',
    {
      schema: {
        tags,
        summary: 'Managed switches, by name',
        querystring: z.strictObject(pageQuery),
        response: { 200: z.object({ switches: z.array(switchSchema), next: nextLink }) },
      },
    },
    async (request) => {
      const { limit, marker } = request.query;
      let select = db
        .selectFrom('switch')
        .select(SWITCH_COLUMNS)
        .orderBy('name')
        .limit(limit + 1);
      if (marker !== undefined) select = select.where('name', '>', marker);
      const { shown, next } = page(context, request, await select.execute(), limit, (row) => row.name);
      return { switches: shown.map(switchOut), next };
    },
  );

  app.post(
    '/switches',
    {
      schema: {
        tags,
        summary: 'Put a switch under management',
        body: newSwitch,
        response: { 201: withOperationAnswer, 202: withOperationAnswer },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { id, operation } = await admin.addSwitch(
        {
          name: body.name,
          platform: body.platform,
          options: body.options,
          managedPorts: body.managed_ports,
          managedVlans: body.managed_vlans,
          restPolicy: body.rest_policy,
          physicalNetwork: body.physical_network,
        },
        request.user,
      );
      const shown = withOperation(context, request, reply, operation, { status: 201, path: `switches/${id}` });
      return { switch: switchOut(await findSwitch(db, id)), operation: shown };
    },
  );

  app.get(
    '/switches/:id',
    { schema: { tags, summary: 'Show a switch (by id or name)', params, response: { 200: switchSchema } } },
    async (request) => switchOut(await findSwitch(db, request.params.id)),
  );

  app.delete(
    '/switches/:id',
    {
      schema: {
        tags,
        summary: 'Let a switch go; its ports stay as they are',
        params,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = await findSwitch(db, request.params.id);
      await admin.removeSwitch(id, request.user);
      return reply.code(204).send();
    },
  );

  app.post(
    '/switches/:id/refresh',
    {
      schema: {
        tags,
        summary: 'Read a switch again',
        params,
        response: { 200: withOperationAnswer, 202: withOperationAnswer },
      },
    },
    async (request, reply) => {
      const { id } = await findSwitch(db, request.params.id);
      const operation = await admin.refreshSwitch(id, request.user);
      const shown = withOperation(context, request, reply, operation, { status: 200, path: `switches/${id}` });
      return { switch: switchOut(await findSwitch(db, id)), operation: shown };
    },
  );

  app.get(
    '/switches/:id/neighbors',
    {
      schema: {
        tags,
        summary: 'What the switch hears over LLDP now',
        params,
        response: {
          200: z.object({
            neighbors: z.array(
              z.object({
                port_id: z.string(),
                chassis_id: z.string(),
                remote_port_id: z.string(),
                system_name: z.string().nullable(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { id } = await findSwitch(db, request.params.id);
      const neighbors = (await admin.neighbors(id)).map((entry) => ({
        port_id: entry.portId,
        chassis_id: entry.chassisId,
        remote_port_id: entry.remotePortId,
        system_name: entry.systemName,
      }));
      return { neighbors };
    },
  );

  app.get(
    '/switches/:id/macs',
    {
      schema: {
        tags,
        summary: 'The MAC table as the switch has it now',
        params,
        response: {
          200: z.object({
            macs: z.array(z.object({ mac: z.string(), vlan: z.int().nullable(), port_id: z.string() })),
          }),
        },
      },
    },
    async (request) => {
      const { id } = await findSwitch(db, request.params.id);
      const macs = await admin.macs(id);
      return { macs: macs.map(({ mac, vlan, portId }) => ({ mac, vlan, port_id: portId })) };
    },
  );

  app.get(
    '/switches/:id/diff',
    {
      schema: {
        tags,
        summary: 'Ports that are not as intended now, and the lines that would change them; nothing is sent',
        params,
        response: {
          200: z.object({
            ports: z.array(
              z.object({
                port_id: z.string(),
                observed: settingsSchema.nullable(),
                intent: settingsSchema,
                blocked: z.string().nullable(),
              }),
            ),
            lines: z.array(z.string()),
          }),
        },
      },
    },
    async (request) => {
      const { id } = await findSwitch(db, request.params.id);
      const { ports, lines } = await admin.preview(id);
      return {
        ports: ports.map(({ portId, observed, intent, blocked }) => ({
          port_id: portId,
          observed: observed && settingsOut(observed),
          intent: settingsOut(intent),
          blocked,
        })),
        lines: [...lines],
      };
    },
  );
}
