import type { Db } from '../../store/store.ts';
import { notFound } from './errors.ts';
import type { PortgroupRow } from './port-fields.ts';
import { isUuid } from './values.ts';

/** By uuid or name. Error: `portgroup_not_found`. */
export async function findPortgroup(db: Db, ident: string): Promise<PortgroupRow> {
  const row = await db
    .selectFrom('portgroup')
    .selectAll()
    .where(isUuid(ident) ? 'uuid' : 'name', '=', isUuid(ident) ? ident.toLowerCase() : ident)
    .executeTakeFirst();
  if (!row) throw notFound('Portgroup', ident);
  return row;
}
