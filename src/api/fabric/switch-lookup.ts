import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Database } from '../../store/schema.ts';
import type { Db } from '../../store/store.ts';
import { maskSecrets } from '../baremetal/secrets.ts';
import { isUuid } from '../baremetal/values.ts';
import { type switchSchema, timeOut } from './wire.ts';

type SwitchRow = Omit<Selectable<Database['switch']>, 'secrets'>;

/** Every column but the secrets. */
export const SWITCH_COLUMNS = [
  'id',
  'name',
  'platform',
  'options',
  'managed_ports',
  'managed_vlans',
  'rest_policy',
  'physical_network',
  'state',
  'last_error',
  'description',
  'observed_at',
  'persist_due_at',
  'created_at',
  'updated_at',
] as const satisfies ReadonlyArray<keyof SwitchRow>;

/** By id or name. Error: `switch_not_found`. */
export async function findSwitch(db: Db, ident: string): Promise<SwitchRow> {
  const row = await db
    .selectFrom('switch')
    .select(SWITCH_COLUMNS)
    .where(isUuid(ident) ? 'id' : 'name', '=', ident)
    .executeTakeFirst();
  if (row) return row;
  throw new FabricError('switch_not_found', `There is no switch ${ident}; \`switch list\` shows those there are`, {
    context: { switch: ident },
  });
}

export function switchOut(row: SwitchRow): z.output<typeof switchSchema> {
  return {
    id: row.id,
    name: row.name,
    platform: row.platform,
    // Secrets have their own column; masked all the same, for options that a driver did not declare secret.
    options: maskSecrets(row.options) as Record<string, unknown>,
    managed_ports: row.managed_ports,
    managed_vlans: row.managed_vlans,
    rest_policy: row.rest_policy,
    physical_network: row.physical_network,
    state: row.state,
    last_error: row.last_error,
    model: row.description?.model ?? null,
    version: row.description?.version ?? null,
    hostname: row.description?.hostname ?? null,
    chassis_ids: row.description?.chassisIds ?? [],
    observed_at: timeOut(row.observed_at),
    created_at: row.created_at.toISOString(),
    updated_at: timeOut(row.updated_at),
  };
}
