import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** What `program` is and where it comes from, or null when it is there. In CI nothing may be skipped: it throws. */
export function absent(program: string, comesFrom: string): string | null {
  if (existsSync(program)) return null;
  const reason = `${program} is missing: ${comesFrom}`;
  if (process.env.CI === 'true') throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return reason;
}

const FORK_CLIENT = fileURLToPath(new URL('fork-client.py', import.meta.url));

/**
 * A client of Debian's as its user has it: Debian's Python, a bare environment, and a home of its own, for it keeps a
 * cache there. It is imported once, for that takes most of a call's time; each call is a process of its own.
 */
export class PythonClient {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #home: string;
  readonly #options: readonly string[];
  readonly #waiting = new Map<number, (code: number | Error) => void>();
  #calls = 0;

  private constructor(module: string, home: string, options: readonly string[]) {
    this.#home = home;
    this.#options = options;
    this.#process = spawn('/usr/bin/python3', [FORK_CLIENT, module], {
      cwd: home,
      env: { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      const { id, code } = JSON.parse(line) as { id: number; code: number };
      this.#waiting.get(id)?.(code);
    });
    this.#process.once('exit', (code) => {
      for (const end of this.#waiting.values()) end(new Error(`The client's process ended with ${code}.`));
    });
  }

  /** `module`: whose main() is the client. `options`: those that every call has. */
  static async open(module: string, options: readonly string[]): Promise<PythonClient> {
    return new PythonClient(module, await mkdtemp(join(tmpdir(), 'switchyard-client-')), options);
  }

  async run(args: readonly string[]): Promise<Finished> {
    const id = ++this.#calls;
    const [out, err] = [join(this.#home, `${id}.out`), join(this.#home, `${id}.err`)];
    const ended = new Promise<number>((resolve, reject) => {
      this.#waiting.set(id, (code) => (typeof code === 'number' ? resolve(code) : reject(code)));
    });
    this.#process.stdin.write(`${JSON.stringify({ id, args: [...this.#options, ...args], out, err })}\n`);
    const code = await ended.finally(() => this.#waiting.delete(id));
    const finished = { code, stdout: await readFile(out, 'utf8'), stderr: await readFile(err, 'utf8') };
    if (process.env.SWITCHYARD_COMPAT_VERBOSE) {
      console.log(`$ ${args.join(' ')}\n${finished.stdout}${finished.stderr}exit code ${code}`);
    }
    return finished;
  }

  /** What the client printed; a refusal fails the test with the client's own words. */
  readonly ok = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await this.run(args);
    expect(code, `${args.join(' ')}: ${stderr}`).toBe(0);
    return stdout;
  };

  readonly json = async <T = Record<string, unknown>>(...args: string[]): Promise<T> => {
    return JSON.parse(await this.ok(...args, '-f', 'json')) as T;
  };

  /** What the client says when it is refused. */
  readonly refused = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await this.run(args);
    expect(code, `${args.join(' ')} was accepted: ${stdout}`).toBe(1);
    return stderr.trim();
  };

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    const ended = exitCode === null && signalCode === null ? once(this.#process, 'exit') : null;
    this.#process.stdin.end();
    await ended;
    await rm(this.#home, { recursive: true, force: true });
  }
}
