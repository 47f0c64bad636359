import { existsSync } from 'node:fs';
import path from 'node:path';
import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { Config } from '../config/config.ts';
import { silentLog } from '../log.ts';
import type { Db } from '../store/store.ts';
import { configOf, type DataDirOptions } from './data-dir.ts';

/**
 * For commands that work on the database itself: one's own, or the embedded one while no controller has it.
 * Errors: `database_not_found`, `store_locked`, `store_*`.
 */
export async function withDatabase<T>(
  options: DataDirOptions,
  work: (open: { db: Db; config: Config }) => Promise<T>,
): Promise<T> {
  const config = await configOf(options);
  const { url } = config.database;
  if (url === undefined && !existsSync(path.join(config.dataDir, 'postgres'))) {
    throw new FabricError(
      'database_not_found',
      `There is no database in ${config.dataDir}. Name the controller's data directory (--data-dir) or its configuration (--config).`,
      { context: { dataDir: config.dataDir } },
    );
  }
  const { openStore } = await import('../store/open.ts');
  const store = await openStore(url === undefined ? { dataDir: config.dataDir } : { url }, silentLog, {
    poolSize: 2,
  }).catch((error) => {
    throw isFabricError(error, 'store_locked') ? runs(error, config.dataDir) : error;
  });
  try {
    return await work({ db: store.db, config });
  } finally {
    await store.close();
  }
}

function runs(cause: FabricError, dataDir: string): FabricError {
  return new FabricError(
    'store_locked',
    `A controller (process ${String(cause.context.pid)}) works with the embedded database in ${dataDir}. Stop it, run this again, ` +
      'and start it: servers and switches stay as they are meanwhile. With a PostgreSQL of your own (database.url) it may run on.',
    { cause, context: cause.context },
  );
}
