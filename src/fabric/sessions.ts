import { setTimeout as sleep } from 'node:timers/promises';
import type { Capabilities, Driver, Session } from '../../switch-drivers/contract/driver.ts';
import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { Log } from '../log.ts';
import type { JsonObject } from '../store/schema.ts';
import type { SwitchRow } from './view.ts';

/** Time close() gives the present use of each session to end. */
const CLOSE_MS = 1_500;

export interface SessionTimes {
  connectTimeoutMs: number;
  commandTimeoutMs: number;
  /** A session that nobody used for so long is closed. */
  idleMs: number;
}

export interface OpenSession {
  session: Session;
  capabilities: Capabilities;
  /** True for the first use: the switch may have been rebooted, or changed by others, since the last. */
  fresh: boolean;
}

export interface Sessions {
  /** One use at a time a switch. A session is kept for the next use, except when the use failed in a way that may have hurt it. */
  use<T>(row: SwitchRow, work: (open: OpenSession) => Promise<T>): Promise<T>;
  /** Closes what is kept for a switch (its options changed, it was removed). */
  drop(switchId: string): Promise<void>;
  close(): Promise<void>;
}

/** Options with their secrets open. */
interface Target {
  name: string;
  options: JsonObject;
}

interface Entry {
  queue: Promise<unknown>;
  kept: { session: Session; driver: Driver; options: string } | null;
  idle: NodeJS.Timeout | null;
}

/** Opens a session with a switch's own options; for registration, before it has a row. */
export async function openSession(
  driver: Driver,
  target: Target,
  times: SessionTimes,
  log: Log,
  onHostKey?: (fingerprint: string) => void,
): Promise<Session> {
  const { connectTimeoutMs, commandTimeoutMs } = times;
  const options = checkOptions(driver, target.name, target.options);
  return driver.open({
    name: target.name,
    options,
    log,
    connectTimeoutMs,
    commandTimeoutMs,
    ...(onHostKey && { onHostKey }),
  });
}

/** Error: `switch_options_invalid`. */
export function checkOptions(driver: Driver, name: string, options: JsonObject): unknown {
  const parsed = driver.options.safeParse(options);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`);
  throw new FabricError(
    'switch_options_invalid',
    `The options of switch ${name} do not fit its driver: ${problems.join('; ')}`,
    {
      context: { problems },
    },
  );
}

function stopping(): FabricError {
  return new FabricError('fabric_closed', 'The controller is stopping.', { retryable: true });
}

export function createSessions(
  openDriver: (platform: string) => Promise<Driver>,
  optionsOf: (row: SwitchRow) => JsonObject,
  times: SessionTimes,
  log: Log,
): Sessions {
  const entries = new Map<string, Entry>();
  let closed = false;

  async function discard(entry: Entry): Promise<void> {
    if (entry.idle) clearTimeout(entry.idle);
    const { kept } = entry;
    entry.kept = null;
    await kept?.session.close().catch(() => {});
  }

  async function run<T>(entry: Entry, row: SwitchRow, work: (open: OpenSession) => Promise<T>): Promise<T> {
    if (closed) throw stopping();
    if (entry.idle) clearTimeout(entry.idle);
    const options = JSON.stringify([row.platform, row.options, row.secrets]);
    if (entry.kept && entry.kept.options !== options) await discard(entry);
    const fresh = entry.kept === null;
    if (!entry.kept) {
      const driver = await openDriver(row.platform);
      const session = await openSession(driver, { name: row.name, options: optionsOf(row) }, times, log);
      if (closed) {
        await session.close();
        throw stopping();
      }
      entry.kept = { driver, options, session };
    }
    const { session, driver } = entry.kept;
    try {
      const result = await work({ session, capabilities: driver.capabilities, fresh });
      entry.idle = setTimeout(() => void schedule(row.id, (same) => discard(same)), times.idleMs);
      entry.idle.unref();
      return result;
    } catch (error) {
      // A rejected line leaves a session usable; after anything else nobody knows what it will answer next.
      if (!isFabricError(error) || error.retryable) await discard(entry);
      throw error;
    }
  }

  function schedule<T>(switchId: string, work: (entry: Entry) => Promise<T>): Promise<T> {
    const entry = entries.get(switchId) ?? { queue: Promise.resolve(), kept: null, idle: null };
    entries.set(switchId, entry);
    const result = entry.queue.then(() => work(entry));
    entry.queue = result.catch(() => {});
    return result;
  }

  return {
    use: (row, work) => schedule(row.id, (entry) => run(entry, row, work)),
    drop: (switchId) => schedule(switchId, discard),
    async close() {
      closed = true;
      await Promise.all(
        [...entries].map(async ([switchId, entry]) => {
          const orderly = schedule(switchId, discard);
          const late = new AbortController();
          await Promise.race([orderly, sleep(CLOSE_MS, undefined, { signal: late.signal }).catch(() => {})]);
          late.abort();
          // Somebody still waits for an answer on it, and will not get one.
          await discard(entry);
        }),
      );
    },
  };
}
