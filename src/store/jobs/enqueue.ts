import { sql } from 'kysely';
import type { Db, JobRequest } from '../store.ts';

/** Failing jobs are put back by ours (workers.ts), so this bounds only how often a job may take its process down. */
const MAX_ATTEMPTS = 1000;

/** A job of each kind may wait for an object; all go through the object's one queue. */
type Slot = 'now' | 'later' | 'retry';

/**
 * Adds "look at X" in the caller's transaction. What waits already is one job with this one; a job that runs is followed by
 * another run, since it may have looked already. `runAt` never delays a look that was asked for without it: the two wait
 * under different keys.
 */
export async function enqueue(db: Db, job: JobRequest): Promise<void> {
  await addJob(db, job, job.runAt ? 'later' : 'now', 0);
}

export async function addJob(db: Db, job: JobRequest, slot: Slot, failures: number): Promise<void> {
  const queue = `${job.kind}:${job.id}`;
  const key = slot === 'now' ? queue : `${queue}:${slot}`;
  // least() takes no notice of null. Of two times the earlier counts: a look too many does no harm.
  await sql`select 1 from graphile_worker.add_job(
    identifier => ${job.kind}::text,
    payload => ${JSON.stringify({ id: job.id, failures })}::json,
    queue_name => ${queue}::text,
    run_at => coalesce(least(${job.runAt ?? null}::timestamptz, (
      select run_at from graphile_worker.jobs where key = ${key}::text and locked_at is null)), now()),
    max_attempts => ${MAX_ATTEMPTS}::int,
    job_key => ${key}::text,
    job_key_mode => 'replace')`.execute(db);
}
