import type { Db } from '../../store/store.ts';
import { notFound } from './errors.ts';
import type { NodeRow } from './node-fields.ts';
import { isUuid } from './values.ts';

type Column = keyof NodeRow & string;

/** What every answer about one node needs; the large columns (inventory, plugin_data) are left in the database. */
export const NODE_COLUMNS = [
  'uuid',
  'name',
  'driver',
  'driver_info',
  'driver_internal_info',
  'properties',
  'instance_info',
  'instance_uuid',
  'extra',
  'resource_class',
  'owner',
  'lessee',
  'description',
  'conductor_group',
  'automated_clean',
  'protected',
  'protected_reason',
  'retired',
  'retired_reason',
  'interfaces',
  'provision_state',
  'target_provision_state',
  'provision_updated_at',
  'power_state',
  'target_power_state',
  'last_error',
  'maintenance',
  'maintenance_reason',
  'fault',
  'reservation',
  'clean_step',
  'deploy_step',
  'inspection_started_at',
  'inspection_finished_at',
  'placement',
  'cleaned',
  'created_at',
  'updated_at',
] as const satisfies readonly Column[];

export type ApiNode = Pick<NodeRow, (typeof NODE_COLUMNS)[number]>;

/** By uuid or name. Error: `node_not_found`. */
export async function findNode(db: Db, ident: string, options: { lock?: boolean } = {}): Promise<ApiNode> {
  let query = db
    .selectFrom('node')
    .select(NODE_COLUMNS)
    .where(isUuid(ident) ? 'uuid' : 'name', '=', isUuid(ident) ? ident.toLowerCase() : ident);
  if (options.lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (!row) throw notFound('Node', ident);
  return row;
}

/** Only the uuid, for what goes on to the lifecycle. */
export async function findNodeUuid(db: Db, ident: string): Promise<string> {
  const row = await db
    .selectFrom('node')
    .select('uuid')
    .where(isUuid(ident) ? 'uuid' : 'name', '=', isUuid(ident) ? ident.toLowerCase() : ident)
    .executeTakeFirst();
  if (!row) throw notFound('Node', ident);
  return row.uuid;
}
