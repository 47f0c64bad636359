import { Kysely, PostgresDialect } from 'kysely';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import type { Log } from '../log.ts';
import { startEmbedded } from './embedded/server.ts';
import { enqueue } from './jobs/enqueue.ts';
import { migrate, readMigrations } from './migrate.ts';
import { listen, type Notifications } from './notifications.ts';
import { notify } from './notify.ts';
import { openPool } from './pool.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** Connections for queries; the queue and LISTEN have their own. */
  poolSize?: number;
  /** Embedded only: off where the data is thrown away (tests). */
  durable?: boolean;
}

const EMBEDDED_DATABASE = 'postgres';

/**
 * The database, migrated and ready: an embedded PostgreSQL in `dataDir`, or one's own at `url`. close() ends the pool and
 * stops the embedded server. Errors: `store_*`.
 */
export async function openStore(
  where: { dataDir: string } | { url: string },
  log: Log,
  options: StoreOptions = {},
): Promise<Store> {
  if ('url' in where) return connectStore(where.url, log, options, async () => {});
  const server = await startEmbedded({ dataDir: where.dataDir, log, durable: options.durable });
  try {
    const host = encodeURIComponent(server.host);
    return await connectStore(`postgresql://${server.user}@${host}/${EMBEDDED_DATABASE}`, log, options, server.stop);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function connectStore(
  connectionString: string,
  log: Log,
  options: StoreOptions,
  afterClose: () => Promise<void>,
): Promise<Store> {
  const pool = openPool(connectionString, options.poolSize ?? 15, log);
  // A connection that is lost while checked out says so here; its query fails as well.
  pool.on('connect', (client) => client.on('error', () => {}));
  let notifications: Notifications;
  try {
    await migrate(pool, await readMigrations(), log);
    notifications = await listen({ connectionString }, log);
  } catch (error) {
    await pool.end();
    throw error instanceof FabricError ? error : unreachable(connectionString, error);
  }
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    enqueue,
    notify,
    subscribe: notifications.subscribe,
    waitFor: notifications.waitFor,
    connectionString,
    async close() {
      await notifications.close();
      await db.destroy();
      await afterClose();
    },
  };
}

function unreachable(connectionString: string, cause: unknown): FabricError {
  const target = describe(connectionString);
  return new FabricError(
    'store_unavailable',
    `The database at ${target} cannot be used: ${messageOf(cause) || (cause as NodeJS.ErrnoException).code}. Check database.url, ` +
      'that the server runs, and that the role may create tables.',
    { cause, context: { target } },
  );
}

/** Host and database, without the password. */
function describe(connectionString: string): string {
  try {
    const url = new URL(connectionString);
    return `${decodeURIComponent(url.host)}${url.pathname}`;
  } catch {
    return 'database.url';
  }
}
