import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { excerpt, isArray, isObject, type Json, type JsonObject } from './json.ts';
import { JsonStream } from './json-stream.ts';

export interface PeerOptions {
  /** How the peer is called in messages, e.g. `tcp:192.0.2.1:6640`. */
  name: string;
  /** Milliseconds until a request without an answer is given up. */
  requestTimeoutMs: number;
  /** After this many milliseconds of silence the peer is probed; after as many again without a byte it is dead. 0 = never. */
  probeIntervalMs: number;
  maxMessageBytes?: number;
}

interface Pending {
  method: string;
  timer: NodeJS.Timeout;
  settle(reply: JsonObject): void;
  fail(error: FabricError): void;
}

/**
 * JSON-RPC 1.0 over a stream as RFC 7047 section 4 uses it: requests both ways, notifications from the server, and `echo`
 * as the proof of life in both directions (section 4.1.11).
 *
 * Events: `notification` (method, params); `close` (why), once, also when this side closes.
 */
export class JsonRpcPeer extends EventEmitter<{ notification: [string, readonly Json[]]; close: [FabricError] }> {
  readonly #socket: Duplex;
  readonly #options: PeerOptions;
  readonly #stream: JsonStream;
  readonly #pending = new Map<number, Pending>();
  readonly #probe: NodeJS.Timeout | undefined;
  #nextId = 1;
  #heard = true;
  #closed: FabricError | null = null;
  #socketError: Error | null = null;

  constructor(socket: Duplex, options: PeerOptions) {
    super();
    this.#socket = socket;
    this.#options = options;
    this.#stream = new JsonStream({ maxMessageBytes: options.maxMessageBytes });
    socket.on('error', (error) => {
      this.#socketError = error;
    });
    socket.on('close', () => this.#shut(this.#lost()));
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    if (options.probeIntervalMs > 0) {
      this.#probe = setInterval(() => this.#checkAlive(), options.probeIntervalMs);
      this.#probe.unref();
    }
    if (socket.destroyed) this.#shut(this.#lost());
  }

  /** Why the connection ended; null while it is open. */
  get closed(): FabricError | null {
    return this.#closed;
  }

  /**
   * Sends a request; resolves with what `accept` makes of the result. `accept` runs before the next message from the
   * server is looked at, so what it registers misses no notification.
   */
  call<T>(
    method: string,
    params: readonly unknown[],
    accept: (result: Json) => T,
    timeoutMs: number = this.#options.requestTimeoutMs,
  ): Promise<T> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const timer = setTimeout(() => {
      this.#pending.delete(id);
      reject(
        new FabricError(
          'ovsdb_timeout',
          `${this.#options.name} did not answer ${method} within ${timeoutMs} ms; whether it was carried out is not known.`,
          { retryable: true, context: { method, timeoutMs } },
        ),
      );
    }, timeoutMs);
    this.#pending.set(id, {
      method,
      timer,
      fail: reject,
      settle: (reply) => {
        const error = reply.error;
        if (error !== null && error !== undefined) reject(rpcError(this.#options.name, method, error));
        else resolve(accept(reply.result ?? null));
      },
    });
    this.#send({ method, params, id });
    return promise;
  }

  /** Ends the connection; requests under way fail with `ovsdb_closed`. */
  close(): void {
    this.#shut(new FabricError('ovsdb_closed', `The connection to ${this.#options.name} was closed by this side.`));
  }

  /** Ends the connection because of what the server sent or did not send. */
  fail(error: FabricError): void {
    this.#shut(error);
  }

  #send(message: unknown): void {
    this.#socket.write(JSON.stringify(message));
  }

  #receive(chunk: Buffer): void {
    if (this.#closed) return;
    this.#heard = true;
    try {
      this.#stream.push(chunk, (message) => {
        if (!this.#closed) this.#dispatch(message);
      });
    } catch (error) {
      if (!isFabricError(error)) throw error;
      this.#shut(error);
    }
  }

  #dispatch(message: JsonObject): void {
    const { method, id } = message;
    if (typeof method === 'string') {
      const params = message.params;
      const hasId = id !== null && id !== undefined;
      if (hasId && method === 'echo') this.#send({ id, result: params ?? [], error: null });
      else if (hasId) this.#send({ id, result: null, error: 'unknown method' });
      else this.emit('notification', method, isArray(params) ? params : []);
      return;
    }
    const pending = typeof id === 'number' ? this.#pending.get(id) : undefined;
    // An answer after its time-out finds nobody waiting.
    if (pending === undefined || typeof id !== 'number') return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    try {
      pending.settle(message);
    } catch (error) {
      if (!isFabricError(error)) throw error;
      pending.fail(error);
    }
  }

  #checkAlive(): void {
    if (this.#heard) {
      this.#heard = false;
      // Any byte proves life; the answer itself carries nothing.
      this.call('echo', [], () => undefined, this.#options.probeIntervalMs * 2).catch(() => {});
      return;
    }
    const silentMs = this.#options.probeIntervalMs;
    this.#shut(
      new FabricError(
        'ovsdb_timeout',
        `${this.#options.name} sent nothing for ${silentMs} ms after a probe; it is gone.`,
        {
          retryable: true,
        },
      ),
    );
  }

  #lost(): FabricError {
    const reason = this.#socketError === null ? 'closed by the other side' : messageOf(this.#socketError);
    return new FabricError('ovsdb_closed', `The connection to ${this.#options.name} was lost: ${reason}.`, {
      retryable: true,
      cause: this.#socketError ?? undefined,
    });
  }

  #shut(error: FabricError): void {
    if (this.#closed) return;
    this.#closed = error;
    clearInterval(this.#probe);
    this.#socket.destroy();
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.fail(error);
    }
    this.#pending.clear();
    this.emit('close', error);
  }
}

function rpcError(peer: string, method: string, error: Json): FabricError {
  const name = isObject(error) && typeof error.error === 'string' ? error.error : excerpt(error);
  const details = isObject(error) && typeof error.details === 'string' ? error.details : null;
  return new FabricError(
    'ovsdb_rpc_error',
    `${peer} refused ${method}: ${typeof error === 'string' ? error : name}${details === null ? '' : `: ${details}`}.`,
    { context: { method, error: typeof error === 'string' ? error : name, details } },
  );
}
