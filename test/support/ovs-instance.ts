import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Debian keeps the daemons in /usr/sbin, which is not in everybody's PATH. */
const PATH = [process.env.PATH, '/usr/sbin', '/sbin'].filter(Boolean).join(delimiter);
const SCHEMA = '/usr/share/openvswitch/vswitch.ovsschema';

export interface OvsInstance {
  /** OVSDB remote of the instance, e.g. `unix:/tmp/.../db.sock`. */
  remote: string;
  /** Directory with its sockets, logs and database. */
  dir: string;
  /** The running daemons, to be stopped or killed by a test. */
  server: ChildProcess;
  vswitchd: ChildProcess | null;
  /** Runs `ovs-vsctl` on this instance; resolves with its output without the last line end. */
  vsctl(...args: string[]): Promise<string>;
  /** Runs `ovs-appctl` on its ovs-vswitchd. */
  appctl(...args: string[]): Promise<string>;
  /** Ends both daemons by their process ids and removes the directory unless it was given. */
  stop(): Promise<void>;
}

export interface OvsInstanceOptions {
  /** Network namespace for both daemons, hence for the ports; must exist. */
  netns?: string;
  /** Where to keep it; default: a new temporary directory. */
  dir?: string;
  /** false: the database alone. Default true. */
  vswitchd?: boolean;
  /** More arguments for ovsdb-server, e.g. `--remote=pssl:...`. */
  serverArgs?: string[];
}

/** Why no instance can be started here, or null. In CI it throws instead: nothing may be skipped there. */
export function ovsMissing(needs: { root?: boolean; openssl?: boolean } = {}): string | null {
  const programs = ['ovsdb-server', 'ovsdb-tool', 'ovs-vswitchd', 'ovs-vsctl', ...(needs.root ? ['ip', 'ping'] : [])];
  if (needs.openssl) programs.push('openssl');
  const missing = programs.filter((name) => !PATH.split(delimiter).some((dir) => existsSync(join(dir, name))));
  const reasons = [
    ...(missing.length > 0
      ? [`missing: ${missing.join(', ')} (apt-get install openvswitch-switch iproute2 iputils-ping openssl)`]
      : []),
    ...(needs.root && process.getuid?.() !== 0 ? ['needs root for network namespaces'] : []),
  ];
  if (reasons.length === 0) return null;
  if (process.env.CI === 'true') throw new Error(`Open vSwitch tests cannot run: ${reasons.join('; ')}`);
  return reasons.join('; ');
}

/** Runs a program with an argument vector; resolves with its output. */
export async function exec(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(program, [...args], { env: { ...process.env, PATH, ...env }, timeout: 15_000 });
  return stdout.trimEnd();
}

/**
 * A private Open vSwitch: own directory, own database, userspace datapath only (add bridges with
 * `datapath_type=netdev`). Nothing of the host's own Open vSwitch is touched.
 */
export async function startOvs(options: OvsInstanceOptions = {}): Promise<OvsInstance> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'swy-ovs-')));
  const env = { OVS_RUNDIR: dir, OVS_LOGDIR: dir, OVS_DBDIR: dir, OVS_SYSCONFDIR: dir };
  const socket = join(dir, 'db.sock');
  const remote = `unix:${socket}`;
  const inside = options.netns === undefined ? [] : ['ip', 'netns', 'exec', options.netns];
  const children: Daemon[] = [];
  const stop = async () => {
    for (const child of children.toReversed()) await child.end();
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
  };
  try {
    if (!existsSync(join(dir, 'conf.db'))) await exec('ovsdb-tool', ['create', join(dir, 'conf.db'), SCHEMA]);
    const server = new Daemon(
      [
        ...inside,
        'ovsdb-server',
        join(dir, 'conf.db'),
        `--remote=punix:${socket}`,
        `--unixctl=${join(dir, 'ovsdb-server.ctl')}`,
        '--no-chdir',
        ...(options.serverArgs ?? []),
      ],
      env,
    );
    children.push(server);
    await server.until(() => existsSync(socket));
    const vsctl = (...args: string[]) => exec('ovs-vsctl', [`--db=${remote}`, '--timeout=10', ...args], env);
    await vsctl('--no-wait', 'init');
    const control = join(dir, 'ovs-vswitchd.ctl');
    let vswitchd: Daemon | null = null;
    if (options.vswitchd !== false) {
      const command = ['ovs-vswitchd', remote, '--disable-system', `--unixctl=${control}`, '--no-chdir'];
      vswitchd = new Daemon([...inside, ...command], env);
      children.push(vswitchd);
      await vswitchd.until(() => existsSync(control));
    }
    return {
      remote,
      dir,
      server: server.process,
      vswitchd: vswitchd?.process ?? null,
      vsctl,
      appctl: (...args) => exec('ovs-appctl', ['-t', control, ...args], env),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A daemon in the foreground, as a child. */
class Daemon {
  readonly process: ChildProcess;
  #output = '';

  constructor(command: string[], env: NodeJS.ProcessEnv) {
    this.process = spawn(command[0]!, command.slice(1), {
      env: { ...process.env, PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-4000);
      });
    }
    this.process.on('error', (error) => {
      this.#output += error.message;
    });
  }

  async until(ready: () => boolean): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!ready()) {
      if (!this.#running) throw new Error(`${this.process.spawnfile} ended: ${this.#output}`);
      if (Date.now() > deadline) throw new Error(`${this.process.spawnfile} is not ready: ${this.#output}`);
      await sleep(20);
    }
  }

  async end(): Promise<void> {
    if (!this.#running) return;
    const ended = once(this.process, 'exit');
    // A stopped process acts on SIGTERM only when it runs again.
    this.process.kill('SIGCONT');
    this.process.kill('SIGTERM');
    const killer = setTimeout(() => this.process.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(killer);
  }

  get #running(): boolean {
    return this.process.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }
}
