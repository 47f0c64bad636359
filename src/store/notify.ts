import { sql } from 'kysely';
import type { Db, NotifyChannel } from './store.ts';

/** Told to listeners at the commit of the transaction. */
export async function notify(db: Db, channel: NotifyChannel, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}
