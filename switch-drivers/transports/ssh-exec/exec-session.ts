import type { Client, ClientChannel } from 'ssh2';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { TargetOptions } from '../../contract/target.ts';
import { type CommandLine, type RunOptions, refusalLines } from '../ssh-cli/command-line.ts';
import { connectSsh } from '../ssh-cli/connect.ts';
import { assertOneLine } from '../ssh-cli/guard.ts';
import type { ExecDialect } from './dialect.ts';
import type { ExecOptions } from './options.ts';

const COMMAND_TIMEOUT_MS = 30_000;
const MAX_OUTPUT = 16 * 1024 * 1024;

interface Answer {
  status: number | null;
  output: string;
  complaint: string;
}

/**
 * Commands of a Linux host, each in a channel of its own on one kept connection (RFC 4254 section 6.5): no prompt has to be
 * known, and the exit status says whether the command was done.
 */
export class ExecSession implements CommandLine {
  readonly mode = 'shell';
  #name: string;
  #dialect: ExecDialect;
  #client: Client;
  #sudo: boolean;
  #timeoutMs: number;
  #ended: FabricError | null = null;

  private constructor(name: string, dialect: ExecDialect, client: Client, sudo: boolean, timeoutMs: number) {
    this.#name = name;
    this.#dialect = dialect;
    this.#client = client;
    this.#sudo = sudo;
    this.#timeoutMs = timeoutMs;
    const lost = (error?: Error) => this.#end(this.#lost(error?.message ?? 'the device closed the connection'));
    client.on('error', lost);
    client.on('close', () => lost());
  }

  static async open(
    name: string,
    dialect: ExecDialect,
    options: ExecOptions,
    target: TargetOptions,
  ): Promise<ExecSession> {
    const client = await connectSsh(name, options, target);
    return new ExecSession(name, dialect, client, options.sudo, target.commandTimeoutMs ?? COMMAND_TIMEOUT_MS);
  }

  async run(text: string, options: RunOptions = {}): Promise<string> {
    assertOneLine(text);
    const command = this.#sudo && this.#dialect.root.test(text) ? `sudo -n ${text}` : text;
    const { status, output, complaint } = await this.#exec(command, options.timeoutMs ?? this.#timeoutMs);
    const said = [...complaint.split('\n'), ...refusalLines(output, options)];
    const refusals = said.filter((row) => this.#dialect.failures.some((pattern) => pattern.test(row)));
    if (status === 0 && refusals.length === 0) return output;
    const words =
      refusals.length > 0 ? refusals.join('\n') : complaint.trim() || output.trim() || `exit status ${status}`;
    const device = words.slice(-1000).trim();
    throw new FabricError('switch_rejected', `switch ${this.#name} refused "${text.slice(0, 200)}": ${device}`, {
      context: { switch: this.#name, line: text, device, status },
    });
  }

  async toMode(name: string): Promise<void> {
    if (name !== this.mode) throw new TypeError(`a Linux host has no mode ${name}`);
  }

  async close(): Promise<void> {
    this.#end(
      new FabricError('switch_session_closed', `session to switch ${this.#name} was closed; open a new one`, {
        context: { switch: this.#name },
      }),
    );
  }

  #exec(command: string, timeoutMs: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      const timer = setTimeout(() => {
        // What the command does after this is unknown, so nothing may follow it on this connection.
        this.#end(
          new FabricError('switch_timeout', `switch ${this.#name} did not finish "${command}" within ${timeoutMs} ms`, {
            retryable: true,
            context: { switch: this.#name, line: command },
          }),
        );
      }, timeoutMs);
      const finish = (result: Answer | FabricError) => {
        clearTimeout(timer);
        this.#client.removeListener('close', closed);
        if (result instanceof FabricError) reject(result);
        else resolve(result);
      };
      const closed = () => finish(this.#ended ?? this.#lost('the device closed the connection'));
      this.#client.once('close', closed);
      this.#client.exec(command, (error, channel) => {
        if (error) finish(this.#lost(`${error.message}; it may have no free session`));
        else this.#collect(channel, finish);
      });
    });
  }

  #collect(channel: ClientChannel, finish: (result: Answer | FabricError) => void): void {
    const parts = { output: [] as Buffer[], complaint: [] as Buffer[] };
    let size = 0;
    let status: number | null = null;
    const take = (list: Buffer[]) => (data: Buffer) => {
      size += data.length;
      if (size <= MAX_OUTPUT) list.push(data);
      else
        this.#end(
          new FabricError(
            'switch_output_too_large',
            `switch ${this.#name} printed more than ${MAX_OUTPUT} bytes at once`,
            { context: { switch: this.#name } },
          ),
        );
    };
    channel.on('data', take(parts.output));
    channel.stderr.on('data', take(parts.complaint));
    // Killed by a signal there is no status.
    channel.on('exit', (code: number | null) => {
      status = code;
    });
    channel.on('close', () => {
      if (status === null && this.#ended) return;
      const [output, complaint] = [parts.output, parts.complaint].map((list) => Buffer.concat(list).toString('utf8'));
      if (status === null) finish(this.#lost('a command ended without saying how'));
      else finish({ status, output: output ?? '', complaint: complaint ?? '' });
    });
  }

  #end(reason: FabricError): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#client.end();
    this.#client.destroy();
  }

  #lost(reason: string): FabricError {
    return new FabricError('switch_session_lost', `session to switch ${this.#name} is gone: ${reason}`, {
      retryable: true,
      context: { switch: this.#name },
    });
  }
}
