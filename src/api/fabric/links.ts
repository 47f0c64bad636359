import { z } from 'zod';
import { findNodeUuid } from '../baremetal/node-lookup.ts';
import { mac } from '../baremetal/values.ts';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { nextLink, page, pageQuery } from './paging.ts';
import { findSwitch } from './switch-lookup.ts';
import { linkSchema } from './wire.ts';

const query = z.strictObject({
  ...pageQuery,
  marker: mac.optional(),
  node: z.string().max(255).optional(),
  switch: z.string().max(255).optional(),
  state: z.enum(['mapped', 'unmapped', 'contradicted']).optional(),
});

export function linkRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  app.get(
    '/links',
    {
      schema: {
        tags: ['links'],
        summary: 'Which NIC hangs on which switch port, and who says so',
        querystring: query,
        response: { 200: z.object({ links: z.array(linkSchema), next: nextLink }) },
      },
    },
    async (request) => {
      const asked = request.query;
      let select = db
        .selectFrom('port as p')
        .innerJoin('node as n', 'n.uuid', 'p.node_uuid')
        .leftJoin('switch as s', 's.id', 'p.switch_id')
        .select(['p.address', 'p.uuid', 'p.node_uuid', 'p.switch_id', 'p.switch_port_id', 'p.contradiction'])
        .select(['n.name as node_name', 's.name as switch_name'])
        .orderBy('p.address')
        .limit(asked.limit + 1);
      if (asked.node !== undefined) select = select.where('p.node_uuid', '=', await findNodeUuid(db, asked.node));
      if (asked.switch !== undefined)
        select = select.where('p.switch_id', '=', (await findSwitch(db, asked.switch)).id);
      if (asked.state === 'contradicted') select = select.where('p.contradiction', 'is not', null);
      else if (asked.state !== undefined) {
        select = select
          .where('p.contradiction', 'is', null)
          .where('p.switch_id', asked.state === 'mapped' ? 'is not' : 'is', null);
      }
      if (asked.marker !== undefined) select = select.where('p.address', '>', asked.marker);
      const { shown, next } = page(context, request, await select.execute(), asked.limit, (row) => row.address);
      const evidence = await newestEvidence(
        context,
        shown.map((row) => row.address),
      );
      return {
        links: shown.map((row) => ({
          address: row.address,
          port_uuid: row.uuid,
          node_uuid: row.node_uuid,
          node_name: row.node_name,
          switch_id: row.switch_id,
          switch: row.switch_name,
          port_id: row.switch_port_id,
          state: stateOf(row),
          contradiction: row.contradiction,
          evidence: evidence.get(row.address) ?? [],
        })),
        next,
      };
    },
  );
}

function stateOf(row: {
  contradiction: string | null;
  switch_id: string | null;
}): 'mapped' | 'unmapped' | 'contradicted' {
  if (row.contradiction !== null) return 'contradicted';
  return row.switch_id === null ? 'unmapped' : 'mapped';
}

type Evidence = z.output<typeof linkSchema>['evidence'];

async function newestEvidence(context: ApiContext, addresses: string[]): Promise<Map<string, Evidence>> {
  const byAddress = new Map<string, Evidence>();
  if (addresses.length === 0) return byAddress;
  const rows = await context.store.db
    .selectFrom('link_evidence')
    .distinctOn(['address', 'source'])
    .select(['address', 'source', 'chassis_id', 'port_id', 'system_name', 'seen_at'])
    .where('address', 'in', addresses)
    .orderBy('address')
    .orderBy('source')
    .orderBy('seen_at', 'desc')
    .execute();
  for (const { address, seen_at, ...claim } of rows) {
    const claims = byAddress.get(address) ?? [];
    byAddress.set(address, [...claims, { ...claim, seen_at: seen_at.toISOString() }]);
  }
  return byAddress;
}
