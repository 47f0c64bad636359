import pg from 'pg';
import type { Log } from '../log.ts';

/**
 * Connections that may go at any time without taking the process along: node-postgres gives up its own error listener on
 * a client that is checked out or being closed, and an `error` event without a listener ends the process.
 */
export function openPool(connectionString: string, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, keepAlive: true });
  pool.on('error', (error) => log.debug('an idle database connection was lost', { error: error.message }));
  pool.on('connect', (client) => {
    client.on('error', (error: Error) => log.debug('a database connection was lost', { error: error.message }));
  });
  return pool;
}
