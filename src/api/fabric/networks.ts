import type { Selectable } from 'kysely';
import { z } from 'zod';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Database } from '../../store/schema.ts';
import type { Db } from '../../store/store.ts';
import { isUuid } from '../baremetal/values.ts';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { withOperation } from './answers.ts';
import { nextLink, page, pageQuery } from './paging.ts';
import { networkSchema, operationSchema, timeOut } from './wire.ts';

const params = z.object({ id: z.string().min(1).max(255) });
const ROLES = ['inspection', 'provisioning', 'cleaning', 'rescuing', 'servicing', 'idle'] as const;

const newNetwork = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'may hold letters, digits and ._- (at most 63)'),
  role: z.enum(ROLES).nullable().default(null),
  project_id: z.string().max(255).nullable().default(null),
  shared: z.boolean().default(false),
  network_type: z.enum(['flat', 'vlan', 'vxlan']).default('vlan'),
  physical_network: z.string().max(64).nullable().default(null),
  segmentation_id: z.number().int().min(1).max(16_777_215).nullable().default(null),
  subnet: z
    .strictObject({
      cidr: z.union([z.cidrv4(), z.cidrv6()]),
      gateway: z.union([z.ipv4(), z.ipv6()]).nullable().optional(),
      dns: z
        .array(z.union([z.ipv4(), z.ipv6()]))
        .max(8)
        .optional(),
    })
    .nullable()
    .default(null),
});

type NetworkRow = Selectable<Database['network']>;

export function networkRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const tags = ['networks'];
  const created = z.object({ network: networkSchema, operation: operationSchema.nullable() });

  app.get(
    '/networks',
    {
      schema: {
        tags,
        summary: 'Networks, by name',
        querystring: z.strictObject({
          ...pageQuery,
          role: z.enum(ROLES).optional(),
          project_id: z.string().max(255).optional(),
        }),
        response: { 200: z.object({ networks: z.array(networkSchema), next: nextLink }) },
      },
    },
    async (request) => {
      const { limit, marker, role, project_id } = request.query;
      let select = db
        .selectFrom('network')
        .selectAll()
        .orderBy('name')
        .limit(limit + 1);
      if (marker !== undefined) select = select.where('name', '>', marker);
      if (role !== undefined) select = select.where('role', '=', role);
      if (project_id !== undefined) select = select.where('project_id', '=', project_id);
      const { shown, next } = page(context, request, await select.execute(), limit, (row) => row.name);
      return { networks: shown.map(networkOut), next };
    },
  );

  app.post(
    '/networks',
    { schema: { tags, summary: 'Create a network', body: newNetwork, response: { 201: created, 202: created } } },
    async (request, reply) => {
      const { body } = request;
      const { id, operation } = await context.admin.addNetwork(
        {
          name: body.name,
          role: body.role,
          projectId: body.project_id,
          shared: body.shared,
          networkType: body.network_type,
          physicalNetwork: body.physical_network,
          segmentationId: body.segmentation_id,
          subnet: body.subnet,
        },
        request.user,
      );
      const shown = withOperation(context, request, reply, operation, { status: 201, path: `networks/${id}` });
      return { network: networkOut(await findNetwork(db, id)), operation: shown };
    },
  );

  app.get(
    '/networks/:id',
    { schema: { tags, summary: 'Show a network (by id or name)', params, response: { 200: networkSchema } } },
    async (request) => networkOut(await findNetwork(db, request.params.id)),
  );

  app.delete(
    '/networks/:id',
    { schema: { tags, summary: 'Delete a network nobody is attached to', params, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = await findNetwork(db, request.params.id);
      await context.admin.removeNetwork(id, request.user);
      return reply.code(204).send();
    },
  );
}

async function findNetwork(db: Db, ident: string): Promise<NetworkRow> {
  const row = await db
    .selectFrom('network')
    .selectAll()
    .where(isUuid(ident) ? 'id' : 'name', '=', ident)
    .executeTakeFirst();
  if (row) return row;
  throw new FabricError('network_not_found', `There is no network ${ident}; \`network list\` shows those there are`, {
    context: { network: ident },
  });
}

function networkOut(row: NetworkRow): z.output<typeof networkSchema> {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    project_id: row.project_id,
    shared: row.shared,
    network_type: row.network_type,
    physical_network: row.physical_network,
    segmentation_id: row.segmentation_id,
    subnet: row.subnet && { ...row.subnet },
    created_at: row.created_at.toISOString(),
    updated_at: timeOut(row.updated_at),
  };
}
