import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const START_LIMIT_MS = 300_000;
const STOP_LIMIT_MS = 60_000;

/** `switchyard serve` in a process of its own, so that it can be killed. */
export class ControllerProcess {
  readonly #configFile: string;
  readonly #dataDir: string;
  readonly #onLine: (line: string) => void;
  #child: ChildProcess | null = null;

  constructor(configFile: string, dataDir: string, onLine: (line: string) => void) {
    this.#configFile = configFile;
    this.#dataDir = dataDir;
    this.#onLine = onLine;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  /** Resolves when it says that it runs. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, 'serve', '--config', this.#configFile, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const up = Promise.withResolvers<void>();
    let said = '';
    let complained = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes('"url"')) up.resolve();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complained = `${complained}${chunk}`.slice(-2000);
      this.#onLine(`controller: ${chunk.toString().trimEnd()}`);
    });
    child.once('exit', () => {
      if (this.#child === child) this.#child = null;
    });
    child.once('close', (code, signal) => {
      up.reject(new Error(`the controller ended before it was up: ${signal ?? code}\n${complained}`));
    });
    const limit = setTimeout(() => up.reject(new Error('the controller does not come up')), START_LIMIT_MS);
    await up.promise.finally(() => clearTimeout(limit));
  }

  /** kill -9; with `database` its PostgreSQL first, so that neither writes another byte. */
  async kill({ database = false } = {}): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const postmaster = database ? await this.postmaster() : null;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (postmaster !== null) process.kill(postmaster, 'SIGKILL');
    child.kill('SIGKILL');
    await ended;
  }

  /** SIGTERM; the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (!child) throw new Error('the controller does not run');
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    return ended.finally(() => clearTimeout(late));
  }

  /** Pid of the PostgreSQL that works in the data directory; null when there is none. */
  async postmaster(): Promise<number | null> {
    const data = path.join(this.#dataDir, 'postgres', 'data');
    const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(text.split('\n')[0]);
    if (!Number.isInteger(pid) || pid < 2) return null;
    return (await readlink(`/proc/${pid}/cwd`).catch(() => null)) === data ? pid : null;
  }

  /** Ends whatever is left, however the test went. */
  async remove(): Promise<void> {
    await this.kill();
    const postmaster = await this.postmaster();
    if (postmaster === null) return;
    process.kill(postmaster, 'SIGQUIT');
    while ((await this.postmaster()) !== null) await sleep(50);
  }
}

export async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, address, resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}
