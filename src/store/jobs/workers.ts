import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Runner, run, type WorkerEvents } from 'graphile-worker';
import { messageOf } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';
import { openPool } from '../pool.ts';
import type { JobRequest, Store } from '../store.ts';
import { workerLogger } from '../worker-log.ts';
import { addJob } from './enqueue.ts';
import { keepAlive } from './liveness.ts';

export interface JobContext {
  /** Aborted when the controller stops and will not wait much longer. */
  signal: AbortSignal;
  /** How often in a row this look has failed. */
  failures: number;
}

/** Looks at one object. May be called at any time, again, and after a crash in the middle of an earlier call. */
export type JobHandler = (id: string, context: JobContext) => Promise<void>;

export interface WorkersOptions {
  /** Name of this controller; unique in the cluster. */
  conductor: string;
  log: Log;
  /**
   * Objects of a kind looked at at once. Each kind has a runner of its own: a node waits for its switch, so nodes must
   * never take the places in which switches are looked at.
   */
  concurrency?: Partial<Record<JobRequest['kind'], number>>;
}

const CONCURRENCY: Record<JobRequest['kind'], number> = { switch: 16, node: 32 };
const RETRY_MAX_MS = 60_000;
const RESTART_MS = [100, 1_000, 5_000];

/**
 * Runs jobs until stop(), which lets those that run come to an end. A handler that throws is called again, after 1 s and
 * then ever longer, up to a minute.
 */
export async function startWorkers(
  store: Store,
  handlers: Record<JobRequest['kind'], JobHandler>,
  { conductor, log, concurrency = {} }: WorkersOptions,
): Promise<{ stop(): Promise<void> }> {
  const liveness = await keepAlive(store, conductor, log);
  const task = (kind: JobRequest['kind']) => async (payload: unknown, helpers: { abortSignal?: AbortSignal }) => {
    const { id, failures } = payload as { id: string; failures: number };
    try {
      await handlers[kind](id, { signal: helpers.abortSignal ?? new AbortController().signal, failures });
    } catch (error) {
      const delayMs = Math.min(RETRY_MAX_MS, 1000 * 2 ** failures);
      log.warn(`looking at ${kind} ${id} failed; it will be looked at again`, { error: messageOf(error), delayMs });
      await addJob(store.db, { kind, id, runAt: new Date(Date.now() + delayMs) }, 'retry', failures + 1);
    }
  };

  const keepRunning = async (kind: JobRequest['kind']): Promise<{ stop(): Promise<void> }> => {
    const concurrentJobs = concurrency[kind] ?? CONCURRENCY[kind];
    const pool = openPool(store.connectionString, Math.min(concurrentJobs + 2, 8), log);
    const start = (): Promise<Runner> => {
      const events = new EventEmitter() as WorkerEvents;
      events.on('pool:create', ({ workerPool }) => liveness.adopt(kind, workerPool.id));
      return run({
        pgPool: pool,
        noHandleSignals: true,
        // With a batch delay the completion of a job survives a lost connection; without, it is an unhandled rejection.
        preset: {
          worker: {
            concurrentJobs,
            pollInterval: 1000,
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
        logger: workerLogger(log),
        events,
        taskList: { [kind]: task(kind) },
        parsedCronItems: [],
      });
    };
    const runner = supervise(await start(), start, log);
    return {
      async stop() {
        await runner.stop();
        await pool.end();
      },
    };
  };

  const runners = [await keepRunning('switch'), await keepRunning('node')];
  return {
    async stop() {
      await Promise.all(runners.map((runner) => runner.stop()));
      await liveness.stop();
    },
  };
}

/** A runner that ends by itself (the database went away) is started again until stop(). */
function supervise(first: Runner, start: () => Promise<Runner>, log: Log): { stop(): Promise<void> } {
  let stopping = false;
  let runner = first;
  const watching = (async () => {
    for (let failures = 0; !stopping; failures++) {
      const reason = await runner.promise.then(() => 'it stopped', messageOf);
      if (stopping) return;
      log.error('the job runner ended by itself; starting it again', { reason });
      for (;;) {
        await sleep(RESTART_MS[Math.min(failures, RESTART_MS.length - 1)]);
        if (stopping) return;
        try {
          runner = await start();
          if (stopping) await runner.stop();
          break;
        } catch (error) {
          failures++;
          log.error('the job runner does not start', { error: messageOf(error) });
        }
      }
    }
  })();
  return {
    async stop() {
      stopping = true;
      await runner
        .stop()
        .catch((error) => log.warn('the job runner did not stop cleanly', { error: messageOf(error) }));
      await watching;
    },
  };
}
