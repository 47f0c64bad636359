import type { Lease, LeaseStore } from '../../../provisioner/dhcp/lease.ts';
import type { Db } from '../../store/store.ts';

/** Leases in the database: they outlive the controller and are one for all controllers. */
export function createLeaseStore(db: Db): LeaseStore {
  return {
    async find(mac, scope) {
      const row = await db
        .selectFrom('dhcp_lease')
        .selectAll()
        .where('scope', '=', scope)
        .where('mac', '=', mac)
        .executeTakeFirst();
      return row ? { ...row, expiresAt: row.expires_at.getTime() } : null;
    },
    async taken(scope, now) {
      const leased = db
        .selectFrom('dhcp_lease')
        .select('address')
        .where('scope', '=', scope)
        .where('expires_at', '>', new Date(now));
      const aside = db
        .selectFrom('dhcp_aside')
        .select('address')
        .where('scope', '=', scope)
        .where('until', '>', new Date(now));
      const rows = await leased.union(aside).execute();
      return new Set(rows.map((row) => row.address));
    },
    claim: (lease, now) => claim(db, lease, new Date(now)),
    async release(mac, scope, address, now) {
      await db
        .updateTable('dhcp_lease')
        .set({ expires_at: new Date(now) })
        .where('scope', '=', scope)
        .where('mac', '=', mac)
        .where('address', '=', address)
        .execute();
    },
    async quarantine(scope, address, until) {
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('dhcp_lease').where('scope', '=', scope).where('address', '=', address).execute();
        await trx
          .insertInto('dhcp_aside')
          .values({ scope, address, until: new Date(until) })
          .onConflict((oc) => oc.columns(['scope', 'address']).doUpdateSet({ until: new Date(until) }))
          .execute();
      });
    },
  };
}

const UNIQUE_VIOLATION = '23505';

async function claim(db: Db, lease: Lease, now: Date): Promise<boolean> {
  const { expiresAt, ...columns } = lease;
  const row = { ...columns, expires_at: new Date(expiresAt) };
  try {
    return await db.transaction().execute(async (trx) => {
      const aside = await trx
        .selectFrom('dhcp_aside')
        .select('address')
        .where('scope', '=', lease.scope)
        .where('address', '=', lease.address)
        .where('until', '>', now)
        .executeTakeFirst();
      if (aside) return false;
      await trx
        .deleteFrom('dhcp_lease')
        .where('scope', '=', lease.scope)
        .where('address', '=', lease.address)
        .where('mac', '!=', lease.mac)
        .where('expires_at', '<=', now)
        .execute();
      await trx
        .insertInto('dhcp_lease')
        .values(row)
        .onConflict((oc) => oc.columns(['scope', 'mac']).doUpdateSet(row))
        .execute();
      return true;
    });
  } catch (error) {
    // Somebody else holds the address, or took it a moment ago.
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}
