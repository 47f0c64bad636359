import { sql } from 'kysely';
import { messageOf } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../store.ts';

const BEAT_MS = 2_000;
const DEAD_AFTER = '6 seconds';

/**
 * This controller's heartbeat, and the release of what the dead ones held. graphile-worker alone frees the locks of a dead
 * worker after 4 hours; here it takes at most DEAD_AFTER and one beat. A lock belongs to a pool of workers, whose id is
 * new at each start.
 */
export async function keepAlive(
  { db }: Store,
  conductor: string,
  log: Log,
): Promise<{ adopt(runner: string, pool: string): void; stop(): Promise<void> }> {
  /** By runner: a runner that was started again has a new pool, and what the old one held is free. */
  const pools = new Map<string, string>();

  async function beat(): Promise<void> {
    await sql`insert into conductor (hostname) values (${conductor})
      on conflict (hostname) do update set heartbeat_at = now()`.execute(db);
    for (const pool of pools.values()) {
      await sql`insert into worker_pool (id, conductor) values (${pool}, ${conductor})
        on conflict (id) do update set heartbeat_at = now()`.execute(db);
    }
    const freed = await freeDead();
    if (freed.length > 0) log.warn('took over the work of a dead controller', { pools: freed });
  }

  async function freeDead(): Promise<string[]> {
    const { rows } = await sql<{ freed: string[] }>`
      with gone as (
        delete from worker_pool where heartbeat_at < now() - ${DEAD_AFTER}::interval
      ), dead as (
        select array_agg(distinct locked_by) as ids from graphile_worker.jobs
        where locked_at < now() - ${DEAD_AFTER}::interval and locked_by not in (
          select id from worker_pool where heartbeat_at >= now() - ${DEAD_AFTER}::interval)
      )
      select ids as freed, graphile_worker.force_unlock_workers(ids),
        pg_notify('jobs:insert', '{"count": 1000}') from dead where ids is not null`.execute(db);
    return rows[0]?.freed ?? [];
  }

  await sql`insert into conductor (hostname) values (${conductor})
    on conflict (hostname) do update set started_at = now(), heartbeat_at = now()`.execute(db);
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(beat).catch((error) => log.warn('the heartbeat failed', { error: messageOf(error) }));
  }, BEAT_MS);

  return {
    adopt(runner, pool) {
      pools.set(runner, pool);
      beating = beating.then(beat).catch((error) => log.warn('the heartbeat failed', { error: messageOf(error) }));
    },
    async stop() {
      clearInterval(timer);
      await beating;
      const own = [...pools.values()];
      if (own.length > 0) await db.deleteFrom('worker_pool').where('id', 'in', own).execute();
    },
  };
}
