import type pg from 'pg';

/**
 * graphile-worker frees a queue without telling anybody, so a job that waited for the one before it in its queue would
 * wait for the next poll, a second away. Idempotent; graphile_worker's tables are those of the pinned version.
 */
export async function installQueueWakeup(client: pg.PoolClient): Promise<void> {
  await client.query(`
    create or replace function public.switchyard_queue_freed() returns trigger language plpgsql as $$
    begin
      if exists (select from graphile_worker._private_jobs
                 where job_queue_id = new.id and is_available and run_at <= now()) then
        perform pg_notify('jobs:insert', '{"count":1}');
      end if;
      return null;
    end $$;
    create or replace trigger switchyard_queue_freed
      after update on graphile_worker._private_job_queues
      for each row when (old.locked_at is not null and new.locked_at is null)
      execute function public.switchyard_queue_freed();
  `);
}
