import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import { BASE_1_0, type Capabilities } from './capabilities.ts';
import { malformed, timedOut, unsupported } from './errors.ts';
import { clientHello, readServerHello } from './hello.ts';
import { MessageStream, type Transport } from './message-stream.ts';
import { type RpcError, readRpcErrors, rpcFailure } from './rpc-error.ts';
import { element, type XmlElement } from './xml/element.ts';
import { NETCONF } from './xml/namespaces.ts';
import { attributeOf, elementsOf, is } from './xml/read.ts';

const CLOSE_TIMEOUT_MS = 3000;

export interface SessionOptions extends Transport {
  /** Milliseconds until an operation is given up, and with it the session. */
  timeoutMs: number;
}

export interface RpcReply {
  /** What the reply holds besides errors; `<ok/>` included. */
  readonly content: readonly XmlElement[];
  readonly warnings: readonly RpcError[];
}

interface Pending {
  operation: string;
  timer: NodeJS.Timeout;
  resolve(reply: XmlElement): void;
  reject(error: FabricError): void;
}

/** A NETCONF session (RFC 6241) after its hello. It ends for good on a timeout or on anything out of step. */
export class NetconfSession {
  readonly name: string;
  readonly #messages: MessageStream;
  readonly #timeoutMs: number;
  readonly #pending = new Map<string, Pending>();
  readonly #hello = Promise.withResolvers<void>();
  #id = '';
  #capabilities: Capabilities | null = null;
  #nextMessageId = 1;

  private constructor(options: SessionOptions) {
    this.name = options.name;
    this.#timeoutMs = options.timeoutMs;
    this.#hello.promise.catch(() => {});
    this.#messages = new MessageStream({
      ...options,
      onMessage: (message) => (this.#capabilities === null ? this.#greeted(message) : this.#answered(message)),
      onEnd: (reason) => this.#fail(reason),
    });
  }

  /** Exchanges hellos. Both sides send theirs at once, in the framing of base:1.0 (RFC 6242 section 4.1). */
  static async start(options: SessionOptions): Promise<NetconfSession> {
    const session = new NetconfSession(options);
    const { timeoutMs, name } = options;
    const timer = setTimeout(() => session.end(timedOut(name, 'hello', timeoutMs)), timeoutMs);
    try {
      session.#messages.send(clientHello());
      await session.#hello.promise;
      return session;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The device's number of this session, as lock-denied errors name it. */
  get id(): string {
    return this.#id;
  }

  get capabilities(): Capabilities {
    return this.#capabilities!;
  }

  /** Why the session can no longer be used; null while it can. */
  get ended(): FabricError | null {
    return this.#messages.ended;
  }

  /**
   * Performs any operation, a vendor's own too. Throws `switch_rejected` with the device's words, `switch_locked`,
   * `switch_timeout`, `switch_session_lost`.
   */
  async rpc(operation: XmlElement, timeoutMs = this.#timeoutMs): Promise<RpcReply> {
    const reply = await this.#exchange(operation, timeoutMs);
    const said = readRpcErrors(reply);
    const failure = rpcFailure(this.name, operation.name, said);
    if (failure) throw failure;
    return { content: elementsOf(reply).filter((child) => !is(child, 'rpc-error', NETCONF)), warnings: said };
  }

  /** Ends the session in good order (RFC 6241 section 7.8): the device releases its locks. */
  async close(): Promise<void> {
    if (this.ended) return;
    const closed = new FabricError(
      'switch_session_closed',
      `the session to switch ${this.name} was closed by this side; open a new one`,
      { context: { switch: this.name } },
    );
    this.#messages.expectEnd(closed);
    try {
      await this.rpc(element(NETCONF, 'close-session'), Math.min(CLOSE_TIMEOUT_MS, this.#timeoutMs));
    } catch (error) {
      // The session is over either way; a device may hang up before its answer is read.
      if (!isFabricError(error)) throw error;
    }
    this.end(closed);
  }

  /** Ends the session at once; operations under way fail with `reason`. */
  end(reason: FabricError): void {
    this.#messages.end(reason);
  }

  #exchange(operation: XmlElement, timeoutMs: number): Promise<XmlElement> {
    if (this.ended) return Promise.reject(this.ended);
    const messageId = String(this.#nextMessageId++);
    const attributes = [{ name: 'message-id', ns: '', value: messageId }];
    const { promise, resolve, reject } = Promise.withResolvers<XmlElement>();
    // What comes later would belong to no operation.
    const timer = setTimeout(() => this.end(timedOut(this.name, operation.name, timeoutMs)), timeoutMs);
    this.#pending.set(messageId, { operation: operation.name, timer, resolve, reject });
    this.#messages.send(element(NETCONF, 'rpc', operation, { attributes }));
    return promise;
  }

  #greeted(message: XmlElement): void {
    const { sessionId, capabilities } = readServerHello(message);
    this.#id = sessionId;
    this.#capabilities = capabilities;
    // The highest base that both have (RFC 6241 section 8.1); we have both.
    if (capabilities.bases.has('1.1')) this.#messages.useChunked();
    else if (!capabilities.bases.has('1.0')) {
      this.end(unsupported(this.name, 'speak NETCONF as this client does', BASE_1_0));
      return;
    }
    this.#hello.resolve();
  }

  #answered(message: XmlElement): void {
    // Events (RFC 5277) come to who subscribes to them; a device that sends them unasked does no harm.
    if (message.name === 'notification') return;
    if (!is(message, 'rpc-reply', NETCONF)) throw malformed(`<${message.name}> where an rpc-reply belongs`);
    const messageId = attributeOf(message, 'message-id') ?? '';
    const pending = this.#pending.get(messageId);
    if (pending === undefined) {
      const words = rpcFailure(this.name, 'a message', readRpcErrors(message))?.message ?? 'no error in it';
      throw malformed(`a reply to message ${JSON.stringify(messageId)}, which was not sent (${words})`);
    }
    this.#pending.delete(messageId);
    clearTimeout(pending.timer);
    pending.resolve(message);
  }

  #fail(reason: FabricError): void {
    this.#hello.reject(reason);
    for (const { timer, reject } of this.#pending.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#pending.clear();
  }
}
