import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { GlobalOptions } from '../output/print.ts';
import { type Connection, connectionOf } from './connection.ts';
import { answerError } from './errors.ts';

export type Json = Record<string, unknown>;
export type Query = Record<string, string | number | boolean | undefined>;

/** A controller that does not answer within this time is said to be unreachable. */
const ANSWER_MS = 120_000;
const MAX_PAGES = 1000;
/** The newest bare-metal API that this program was written for. */
const BAREMETAL_VERSION = '1.110';

/** The HTTP APIs of a controller. Errors: `api_unreachable`, and what the controller answers (see answerError). */
export class Client {
  readonly #connection: Connection;

  constructor(options: GlobalOptions) {
    this.#connection = connectionOf(options);
  }

  get base(): string {
    return this.#connection.base;
  }

  get = <T = Json>(path: string, query: Query = {}): Promise<T> => this.#json<T>('GET', path, query);
  post = <T = Json>(path: string, body?: unknown): Promise<T> => this.#json<T>('POST', path, {}, body);
  put = <T = Json>(path: string, body?: unknown): Promise<T> => this.#json<T>('PUT', path, {}, body);
  patch = <T = Json>(path: string, body: unknown): Promise<T> => this.#json<T>('PATCH', path, {}, body);
  delete = <T = Json>(path: string): Promise<T> => this.#json<T>('DELETE', path, {});

  /** Every page of a collection; `member` is the name of its list. */
  async all<T>(path: string, member: string, query: Query = {}): Promise<T[]> {
    const items: T[] = [];
    let search: Query = query;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await this.get(path, search);
      const list = page[member];
      if (!Array.isArray(list)) throw notTheApi(this.base, `${path} has no ${member}`);
      items.push(...(list as T[]));
      if (typeof page.next !== 'string' || !URL.canParse(page.next)) return items;
      // Its query alone: the credentials go to the controller that was named, wherever the link points.
      search = Object.fromEntries(new URL(page.next).searchParams);
    }
    return items;
  }

  /** The answer as it comes; for streams. */
  async open(
    method: string,
    path: string,
    init: { query?: Query; headers?: Record<string, string>; body?: unknown; signal?: AbortSignal },
  ) {
    const url = new URL(`${this.base}${path}`);
    for (const [name, value] of Object.entries(init.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = new Headers(init.headers);
    headers.set('x-openstack-ironic-api-version', BAREMETAL_VERSION);
    if (this.#connection.authorization) headers.set('authorization', this.#connection.authorization);
    if (init.body !== undefined) headers.set('content-type', 'application/json');
    const body = init.body === undefined ? null : JSON.stringify(init.body);
    try {
      return await fetch(url, { method, headers, body, signal: init.signal ?? null, redirect: 'error' });
    } catch (cause) {
      if (init.signal?.aborted && init.signal.reason !== undefined && !isTimeout(init.signal.reason)) throw cause;
      throw unreachable(this.base, cause);
    }
  }

  async #json<T>(method: string, path: string, query: Query, body?: unknown): Promise<T> {
    const response = await this.open(method, path, { query, body, signal: AbortSignal.timeout(ANSWER_MS) });
    const text = await response.text().catch((cause) => {
      throw unreachable(this.base, cause);
    });
    if (!response.ok) throw answerError(response.status, text, this.base);
    if (text === '') return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch {
      throw notTheApi(
        this.base,
        `it answered ${method} ${path} with ${response.headers.get('content-type') ?? 'text'}`,
      );
    }
  }
}

const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError';

function notTheApi(base: string, why: string): FabricError {
  return new FabricError('api_answer_invalid', `${base} is not the API of Switchyard (${why}): check --url`);
}

export function unreachable(base: string, cause: unknown): FabricError {
  const inner = (cause as { cause?: unknown }).cause ?? cause;
  const words = messageOf(inner) || ((inner as NodeJS.ErrnoException).code ?? 'no answer');
  return new FabricError(
    'api_unreachable',
    `No controller answers at ${base} (${words}). Start one with \`switchyard serve\`, or say where it is with --url or SWITCHYARD_URL.`,
    { cause, retryable: true, context: { url: base } },
  );
}
