import { StringDecoder } from 'node:string_decoder';
import type { Client, ClientChannel } from 'ssh2';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { lastLine } from './output.ts';

/** No honest answer is longer: the running configuration of a chassis with 500 ports is below 1 MB. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** Wide enough that the device's line editor never scrolls a line of ours sideways. */
const PTY = { term: 'vt100', cols: 4096, rows: 1000 };

interface Waiter {
  test(last: string, sawNewline: boolean): boolean;
  resolve(): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/** A kept shell channel: bytes out, text in, and waiting until the last line is what was waited for. */
export class Shell {
  #name: string;
  #client: Client;
  #channel: ClientChannel;
  #text = '';
  #sawNewline = false;
  #waiter: Waiter | null = null;
  #ended: FabricError | null = null;

  private constructor(name: string, client: Client, channel: ClientChannel) {
    this.#name = name;
    this.#client = client;
    this.#channel = channel;
    const decoder = new StringDecoder('utf8');
    channel.on('data', (data: Buffer) => this.#receive(decoder.write(data)));
    channel.stderr.on('data', (data: Buffer) => this.#receive(decoder.write(data)));
    const lost = (error?: Error) => this.end(sessionLost(name, error?.message ?? 'the device closed the session'));
    channel.on('close', () => lost());
    channel.on('error', lost);
    client.on('error', lost);
    client.on('close', () => lost());
  }

  static open(name: string, client: Client): Promise<Shell> {
    return new Promise((resolve, reject) => {
      const refused = (reason: string) => {
        client.destroy();
        reject(sessionLost(name, reason));
      };
      const closed = () => refused('the device closed the connection before it gave a shell');
      client.once('close', closed);
      client.on('error', () => {});
      client.shell(PTY, (error, channel) => {
        client.removeListener('close', closed);
        if (error) refused(`${error.message}; it may have no free session`);
        else resolve(new Shell(name, client, channel));
      });
    });
  }

  /** Why the session can no longer be used; null while it can. */
  get ended(): FabricError | null {
    return this.#ended;
  }

  /** All text of the exchange so far. */
  get text(): string {
    return this.#text;
  }

  /** Starts a new exchange. Text that arrived unasked means we are out of step with the device: unsafe to go on. */
  send(text: string): void {
    if (this.#ended) throw this.#ended;
    if (this.#text.trim() !== '') {
      this.end(
        sessionLost(this.#name, 'the device printed something nobody had asked for, so answers could be mixed up'),
      );
      throw this.#ended!;
    }
    this.#text = '';
    this.#sawNewline = false;
    this.#channel.write(text);
  }

  /** Answers a question or turns a page within an exchange; what was waited for is forgotten up to here. */
  reply(text: string): void {
    if (this.#ended) throw this.#ended;
    this.#channel.write(text);
  }

  /**
   * Resolves with all text of the exchange so far once `test` holds for the last line. On time-out the session is closed,
   * because what the device would say later belongs to no command.
   */
  async until(what: string, timeoutMs: number, test: Waiter['test']): Promise<string> {
    if (!this.#ended && !test(lastLine(this.#text), this.#sawNewline)) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          this.end(
            new FabricError('switch_timeout', `switch ${this.#name} gave no prompt within ${timeoutMs} ms: ${what}`, {
              retryable: true,
              context: { switch: this.#name, what, last: lastLine(this.#text).slice(0, 200) },
            }),
          );
        }, timeoutMs);
        this.#waiter = { test, resolve, reject, timer };
      });
    }
    if (this.#ended) throw this.#ended;
    return this.#text;
  }

  /** Takes the text of a finished exchange. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  /** Replaces the text so far: a pager's prompt is no output. */
  keep(text: string): void {
    this.#text = text;
  }

  end(reason: FabricError): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#client.end();
    this.#client.destroy();
    const waiter = this.#waiter;
    this.#waiter = null;
    if (waiter) {
      clearTimeout(waiter.timer);
      waiter.reject(reason);
    }
  }

  #receive(text: string): void {
    if (this.#ended) return;
    if (this.#text.length + text.length > MAX_OUTPUT) {
      this.end(
        new FabricError(
          'switch_output_too_large',
          `switch ${this.#name} printed more than ${MAX_OUTPUT} bytes at once`,
          {
            context: { switch: this.#name },
          },
        ),
      );
      return;
    }
    this.#text += text;
    this.#sawNewline ||= text.includes('\n');
    const waiter = this.#waiter;
    if (waiter?.test(lastLine(this.#text), this.#sawNewline)) {
      this.#waiter = null;
      clearTimeout(waiter.timer);
      waiter.resolve();
    }
  }
}

function sessionLost(name: string, reason: string): FabricError {
  return new FabricError('switch_session_lost', `session to switch ${name} is gone: ${reason}`, {
    retryable: true,
    context: { switch: name },
  });
}
