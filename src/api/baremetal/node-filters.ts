import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../store/schema.ts';
import { notAcceptable } from './errors.ts';
import { booleanLike, uuid } from './values.ts';

/** What a list of nodes may be narrowed by. */
export const nodeFilterQuery = {
  instance_uuid: uuid.optional(),
  chassis_uuid: uuid.optional(),
  associated: booleanLike.optional(),
  maintenance: booleanLike.optional(),
  retired: booleanLike.optional(),
  provision_state: z.string().max(60).optional(),
  driver: z.string().max(255).optional(),
  resource_class: z.string().max(80).optional(),
  fault: z.string().max(60).optional(),
  conductor_group: z.string().max(255).optional(),
  conductor: z.string().max(255).optional(),
  owner: z.string().max(255).optional(),
  description_contains: z.string().max(255).optional(),
  lessee: z.string().max(255).optional(),
  project: z.string().max(255).optional(),
  shard: z.string().max(255).optional(),
  sharded: booleanLike.optional(),
  parent_node: z.string().max(255).optional(),
  include_children: booleanLike.optional(),
  instance_name: z.string().max(255).optional(),
};
export type NodeFilters = { [K in keyof typeof nodeFilterQuery]?: z.output<(typeof nodeFilterQuery)[K]> };

const SINCE: Readonly<Partial<Record<keyof NodeFilters, number>>> = {
  provision_state: 9,
  driver: 16,
  resource_class: 21,
  fault: 42,
  conductor_group: 46,
  conductor: 49,
  owner: 50,
  description_contains: 51,
  retired: 61,
  lessee: 65,
  project: 65,
  shard: 82,
  sharded: 82,
  parent_node: 83,
  include_children: 83,
  instance_name: 104,
};

const EQUAL = [
  'instance_uuid',
  'maintenance',
  'retired',
  'driver',
  'resource_class',
  'fault',
  'conductor_group',
  'owner',
  'lessee',
] as const;
/** No node has any of these here, so nothing matches. */
const NEVER = ['chassis_uuid', 'shard', 'parent_node', 'instance_name'] as const;

/** The conditions of a list; 406 for a filter that the version does not know. */
export function nodeConditions(
  eb: ExpressionBuilder<Database, 'node'>,
  filters: NodeFilters,
  context: { minor: number; hostname: string },
) {
  for (const [name, since] of Object.entries(SINCE)) {
    if (filters[name as keyof NodeFilters] !== undefined && since > context.minor) throw notAcceptable();
  }
  const conditions = EQUAL.flatMap((name) => {
    const value = filters[name];
    return value === undefined ? [] : [eb(name, '=', value)];
  });
  if (filters.associated !== undefined) {
    conditions.push(eb('instance_uuid', filters.associated ? 'is not' : 'is', null));
  }
  if (filters.provision_state !== undefined) {
    // Version 1.1 called available by no name at all.
    const state = filters.provision_state.toLowerCase();
    conditions.push(eb('provision_state', '=', state === 'none' ? 'available' : state));
  }
  if (filters.project !== undefined) {
    conditions.push(eb.or([eb('owner', '=', filters.project), eb('lessee', '=', filters.project)]));
  }
  if (filters.description_contains !== undefined) {
    conditions.push(eb(sql`position(${filters.description_contains} in description)`, '>', 0));
  }
  const never =
    NEVER.some((name) => filters[name] !== undefined) ||
    filters.sharded === true ||
    (filters.conductor !== undefined && filters.conductor !== context.hostname);
  if (never) conditions.push(eb.val(false) as never);
  return eb.and(conditions);
}
