import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { diskFull, isDiskFull, lastLine, SUPERUSER } from './cluster.ts';

interface Options {
  binaries: Binaries;
  account: Account | null;
  data: string;
  socketDirectory: string;
  durable: boolean;
  log: Log;
}

/** Crash recovery of a large log takes its time. */
const START_LIMIT_MS = 120_000;
const FIRST_START_ATTEMPTS = 8;
const BACKOFF_MS = [100, 500, 1_000, 2_000, 5_000, 10_000];

/** Starts the server, resolves when it takes connections, and keeps it running until stop(). */
export async function supervise(options: Options): Promise<{ stop(): Promise<void> }> {
  const { log } = options;
  let stopping = false;
  let current = await startWithPatience(options);
  const aborted = new AbortController();

  const watching = (async () => {
    for (let failures = 0; !stopping; ) {
      const startedAt = Date.now();
      const end = await current.ended;
      if (stopping) return;
      if (Date.now() - startedAt > 60_000) failures = 0;
      log.error('PostgreSQL ended by itself; starting it again', { end, words: current.words() });
      for (;;) {
        await sleep(backoff(failures++), undefined, { signal: aborted.signal }).catch(() => {});
        if (stopping) return;
        try {
          current = await start(options);
          if (stopping) await current.stop();
          break;
        } catch (error) {
          log.error('PostgreSQL does not start', { error: messageOf(error) });
        }
      }
    }
  })();

  return {
    async stop() {
      stopping = true;
      aborted.abort();
      await current.stop();
      await watching;
    },
  };
}

function backoff(failures: number): number {
  return BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)]!;
}

/** Backends of a postmaster that was killed hold its shared memory for a moment; a start in that moment fails. */
async function startWithPatience(options: Options): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(options);
    } catch (error) {
      const passing = /shared memory block .* still in use|lock file .* already exists/.test(messageOf(error));
      if (!passing || attempt === FIRST_START_ATTEMPTS) throw error;
      await sleep(backoff(attempt));
    }
  }
}

interface Running {
  ended: Promise<string>;
  words(): string;
  stop(): Promise<void>;
}

async function start({ binaries, account, data, socketDirectory, durable, log }: Options): Promise<Running> {
  const settings = {
    listen_addresses: '',
    // A list whose members may be quoted: the path may hold a comma.
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    // One controller's tables are small; the page cache does the rest.
    shared_buffers: '64MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const child = spawn(join(binaries.root, 'bin', 'postgres'), args, {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    // In a session of its own: Ctrl-C at the terminal is for the controller, which still needs its database to stop well.
    detached: true,
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    words = (words + text).slice(-4096);
    for (const line of text.split('\n')) {
      if (/^(ERROR|FATAL|PANIC|WARNING)/.test(line)) log.warn('PostgreSQL says', { line });
    }
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const running: Running = { ended, words: () => words, stop: () => stopChild(child, ended) };
  try {
    await accepting(socketDirectory, ended);
    return running;
  } catch (error) {
    await running.stop();
    if (isDiskFull(words)) throw diskFull(data, lastLine(words));
    throw new FabricError(
      'store_start_failed',
      `PostgreSQL does not start in ${data}: ${words.trim() || messageOf(error)}`,
      {
        cause: error,
        context: { directory: data },
      },
    );
  }
}

async function accepting(host: string, ended: Promise<string>): Promise<void> {
  let end: string | null = null;
  void ended.then((reason) => {
    end = reason;
  });
  let last = '';
  for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit; await sleep(20)) {
    if (end !== null) throw new Error(`it ended at once (${end})`);
    const client = new pg.Client({ host, user: SUPERUSER, database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      last = messageOf(error);
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error(`no connection within ${START_LIMIT_MS / 1000} s (${last})`);
}

/** SIGINT: fast shutdown, clients are disconnected and a checkpoint is written. SIGQUIT: leave it to recovery. */
async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill(signal);
    const timer = new AbortController();
    await Promise.race([ended, sleep(15_000, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
  }
}
