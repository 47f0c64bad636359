import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { findNodeUuid } from '../baremetal/node-lookup.ts';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { nextLink, page, pageQuery } from './paging.ts';
import { timeOut } from './wire.ts';

const nicSchema = z.object({
  address: z.string(),
  port_uuid: z.string(),
  pxe_enabled: z.boolean(),
  switch: z.string().nullable(),
  port_id: z.string().nullable(),
  /** Of the switch port; null where none is known. */
  port_state: z.enum(['unmanaged', 'pending', 'applied', 'failed']).nullable(),
  /** The network its switch port is meant to be in: its name, or that of its role. */
  network: z.string().nullable(),
  vlan: z.number().int().nullable(),
  contradiction: z.string().nullable(),
  /** The tenant network bound to it. */
  vif: z.object({ id: z.string(), network_id: z.string(), network: z.string() }).nullable(),
});

export const nodeSummarySchema = z
  .object({
    uuid: z.string(),
    name: z.string().nullable(),
    driver: z.string(),
    provision_state: z.string(),
    target_provision_state: z.string().nullable(),
    power_state: z.string().nullable(),
    target_power_state: z.string().nullable(),
    maintenance: z.boolean(),
    project_id: z.string().nullable(),
    last_error: z.string().nullable(),
    provision_updated_at: z.string().nullable(),
    nics: z.array(nicSchema),
  })
  .meta({ id: 'NodeSummary' });

const query = z.strictObject({
  ...pageQuery,
  node: z.string().max(255).optional(),
  provision_state: z.string().max(60).optional(),
  maintenance: z.enum(['true', 'false']).optional(),
});

/** Nodes with where they hang and what they are in: what otherwise takes a client five collections to put together. */
export function nodeRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  app.get(
    '/nodes',
    {
      schema: {
        tags: ['nodes'],
        summary: 'Nodes by name, each with its NICs, their switch ports and their networks',
        querystring: query,
        response: { 200: z.object({ nodes: z.array(nodeSummarySchema), next: nextLink }) },
      },
    },
    async (request) => {
      const { limit, marker, node, provision_state, maintenance } = request.query;
      const label = sql<string>`coalesce(name, uuid::text)`;
      let select = db
        .selectFrom('node')
        .select(['uuid', 'name', 'driver', 'provision_state', 'target_provision_state', 'power_state'])
        .select(['target_power_state', 'maintenance', 'lessee', 'last_error', 'provision_updated_at'])
        .orderBy(label)
        .limit(limit + 1);
      if (node !== undefined) select = select.where('uuid', '=', await findNodeUuid(db, node));
      if (provision_state !== undefined) select = select.where('provision_state', '=', provision_state);
      if (maintenance !== undefined) select = select.where('maintenance', '=', maintenance === 'true');
      if (marker !== undefined) select = select.where(sql<SqlBool>`${label} > ${marker}`);
      const { shown, next } = page(context, request, await select.execute(), limit, (row) => row.name ?? row.uuid);
      const nics = await nicsOf(
        context,
        shown.map(({ uuid }) => uuid),
      );
      return {
        nodes: shown.map(({ lessee, provision_updated_at, ...row }) => ({
          ...row,
          project_id: lessee,
          provision_updated_at: timeOut(provision_updated_at),
          nics: nics.get(row.uuid) ?? [],
        })),
        next,
      };
    },
  );
}

type Nic = z.output<typeof nicSchema>;

async function nicsOf(context: ApiContext, nodes: string[]): Promise<Map<string, Nic[]>> {
  const byNode = new Map<string, Nic[]>();
  if (nodes.length === 0) return byNode;
  const rows = await context.store.db
    .selectFrom('port as p')
    .leftJoin('switch as s', 's.id', 'p.switch_id')
    .leftJoin('switch_port as sp', (join) =>
      join.onRef('sp.switch_id', '=', 'p.switch_id').onRef('sp.port_id', '=', 'p.switch_port_id'),
    )
    .leftJoin('network as n', (join) => join.on(sql<SqlBool>`n.id::text = sp.owner->>'networkId'`))
    .leftJoin('vif as v', 'v.port_uuid', 'p.uuid')
    .leftJoin('network as vn', 'vn.id', 'v.network_id')
    .select(['p.node_uuid', 'p.address', 'p.uuid', 'p.pxe_enabled', 'p.switch_port_id', 'p.contradiction'])
    .select(['s.name as switch', 'sp.state', 'sp.owner', 'sp.intent', 'n.name as network'])
    .select(['v.id as vif', 'v.network_id as vif_network_id', 'vn.name as vif_network'])
    .where('p.node_uuid', 'in', nodes)
    .orderBy('p.address')
    .execute();
  for (const row of rows) {
    const nics = byNode.get(row.node_uuid) ?? [];
    nics.push({
      address: row.address,
      port_uuid: row.uuid,
      pxe_enabled: row.pxe_enabled,
      switch: row.switch,
      port_id: row.switch_port_id,
      port_state: row.state,
      network: row.network ?? (row.owner?.kind === 'role' ? row.owner.role : (row.owner?.kind ?? null)),
      vlan: row.intent?.untagged ?? null,
      contradiction: row.contradiction,
      vif: row.vif === null ? null : { id: row.vif, network_id: row.vif_network_id!, network: row.vif_network! },
    });
    byNode.set(row.node_uuid, nics);
  }
  return byNode;
}
