import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

export type Trx = Transaction<Database>;
/** A query may run on the pool or inside a transaction. */
export type Db = Kysely<Database>;

export interface Store {
  db: Db;
  /** Enqueue a job in the same transaction as the state it is about; see jobs.ts for names and payloads. */
  enqueue(trx: Db, job: JobRequest): Promise<void>;
  /** Resolves when a NOTIFY on `channel` arrives whose payload passes, or after `timeoutMs` with null. */
  waitFor(channel: NotifyChannel, accept: (payload: string) => boolean, timeoutMs: number): Promise<string | null>;
  /** Calls back on each NOTIFY until the returned function is called. */
  subscribe(channel: NotifyChannel, listener: (payload: string) => void): () => void;
  notify(db: Db, channel: NotifyChannel, payload: string): Promise<void>;
  /** Connection string for other users of the database (psql, graphile-worker). */
  connectionString: string;
  close(): Promise<void>;
}

/** operation: payload = operation id, on each change of state. node: uuid. event: id of the new row. */
export type NotifyChannel = 'switchyard_operation' | 'switchyard_node' | 'switchyard_event';

/**
 * "Look at X": never what to do there. One queue a switch or node = one worker in the whole cluster; the job key makes
 * what waits one job.
 */
export type JobRequest = { kind: 'switch' | 'node'; id: string; runAt?: Date };
