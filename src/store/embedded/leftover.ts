import { readFile, readlink, realpath } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';

const FAST_SHUTDOWN_MS = 15_000;

/**
 * A controller that was killed leaves its postmaster running. It is stopped before a new one is started, and never on the
 * word of a pid alone: the process must be working in this very data directory, as every postmaster does.
 */
export async function stopLeftover(data: string, socket: string, log: Log): Promise<void> {
  const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  if (Number.isInteger(pid) && pid > 1 && (await worksIn(pid, data))) {
    log.warn('stopping the PostgreSQL that a killed controller left behind', { pid });
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      signalTo(pid, signal);
      if (await gone(pid, data)) return;
    }
    throw new FabricError(
      'store_leftover_server',
      `PostgreSQL process ${pid} in ${data} does not stop. Stop it by hand.`,
      {
        context: { pid, directory: data },
      },
    );
  }
  // A pid of another pid namespace cannot be seen, its socket can.
  if (await answers(socket)) {
    throw new FabricError(
      'store_locked',
      `A PostgreSQL that this process cannot see (another container?) is serving ${data}. Stop it first.`,
      { context: { directory: data } },
    );
  }
}

export async function worksIn(pid: number, data: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return cwd !== null && cwd === (await realpath(data));
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function gone(pid: number, data: string): Promise<boolean> {
  for (const end = Date.now() + FAST_SHUTDOWN_MS; Date.now() < end; await sleep(25)) {
    if (!(await worksIn(pid, data))) return true;
  }
  return false;
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.on('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });
}
