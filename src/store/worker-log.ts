import { Logger } from 'graphile-worker';
import type { Log } from '../log.ts';

/** graphile-worker's chatter at debug level: each job's failure is reported by jobs.ts in our own words. */
export function workerLogger(log: Log): Logger {
  return new Logger(() => (_level, message) => log.debug(`graphile-worker: ${message}`));
}
