import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { type HttpClient, type HttpRequest, readText } from './http-client.ts';

/** What lookup says of the node; only what the agent uses is checked. */
export interface AgentNode {
  uuid: string;
  properties: Record<string, unknown>;
  [field: string]: unknown;
}

export interface LookupResult {
  node: AgentNode;
  heartbeatTimeoutS: number;
  /** null: the conductor sent none that can be used. `masked`: it gave the token away already and will not again. */
  token: string | null | 'masked';
}

export interface Heartbeat {
  callback_url: string;
  agent_token: string;
  agent_version: string;
  agent_verify_ca: string;
}

const MASKED = '******';
const TOKEN_LENGTH = 32;
/** 1.68: the first version whose heartbeat takes agent_verify_ca. */
const TLS_VERSION = 68;

/** The conductor's ramdisk API: `GET /`, lookup, heartbeat, continue_inspection. One attempt per call. */
export class ConductorClient {
  readonly #http: HttpClient;
  readonly #urls: string[];
  #minor: number | null = null;

  constructor(http: HttpClient, urls: string[]) {
    this.#http = http;
    this.#urls = urls.map((url) => url.replace(/\/+$/, ''));
  }

  async lookup(addresses: string[], nodeUuid: string | null, signal: AbortSignal): Promise<LookupResult> {
    const query = new URLSearchParams({ addresses: addresses.join(',') });
    if (nodeUuid) query.set('node_uuid', nodeUuid);
    const minor = await this.#discover(signal);
    const path = `/v1/lookup?${query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
    return parseLookup(await this.#api('GET', path, Math.min(minor, 62), signal));
  }

  async heartbeat(uuid: string, body: Heartbeat, signal: AbortSignal): Promise<void> {
    const minor = await this.#discover(signal);
    const path = `/v1/heartbeat/${encodeURIComponent(uuid)}`;
    await this.#api('POST', path, Math.min(minor, TLS_VERSION), signal, JSON.stringify(body));
  }

  /** Returns the node's uuid when the conductor tells it. */
  async continueInspection(url: string, body: unknown, signal: AbortSignal): Promise<string | null> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await call(this.#http, { method: 'POST', url, headers, body: JSON.stringify(body), signal });
    const uuid = (answer as { uuid?: unknown } | null)?.uuid;
    return typeof uuid === 'string' ? uuid : null;
  }

  async #discover(signal: AbortSignal): Promise<number> {
    if (this.#minor !== null) return this.#minor;
    const root = (await this.#send('GET', '/', {}, signal)) as { default_version?: { version?: unknown } } | null;
    const minor = /^1\.(\d{1,4})$/.exec(String(root?.default_version?.version))?.[1];
    if (minor === undefined || Number(minor) < TLS_VERSION) {
      throw new FabricError(
        'conductor_unsupported',
        `${this.#urls[0]} is not an Ironic API of version 1.${TLS_VERSION} or newer; correct ipa-api-url`,
        { context: { version: root?.default_version?.version } },
      );
    }
    this.#minor = Number(minor);
    return this.#minor;
  }

  #api(method: 'GET' | 'POST', path: string, minor: number, signal: AbortSignal, body?: string): Promise<unknown> {
    const version = { 'x-openstack-ironic-api-version': `1.${minor}` };
    return this.#send(method, path, version, signal, body);
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    version: Record<string, string>,
    signal: AbortSignal,
    body?: string,
  ): Promise<unknown> {
    const headers = { accept: 'application/json', 'content-type': 'application/json', ...version };
    try {
      return await call(this.#http, { method, url: `${this.#urls[0]}${path}`, headers, body, signal });
    } catch (error) {
      // The next attempt goes to the next conductor of the list.
      const first = this.#urls.shift();
      if (first !== undefined) this.#urls.push(first);
      throw error;
    }
  }
}

/** FabricError `conductor_refused` with the status in its context, retryable for 409 and 5xx; `http_failed` without one. */
async function call(http: HttpClient, request: HttpRequest): Promise<unknown> {
  const response = await http(request);
  const text = await readText(response.body).catch((cause) => {
    throw new FabricError('http_failed', `${request.url} broke off: ${messageOf(cause)}`, { retryable: true, cause });
  });
  let body: unknown = null;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    // An error page of a proxy: the status below says what there is to say.
  }
  if (response.status >= 200 && response.status < 300) return body;
  const { status } = response;
  throw new FabricError(
    'conductor_refused',
    `${request.method} ${request.url.split('?')[0]} was answered ${status}: ${faultOf(body) ?? 'no reason given'}`,
    { retryable: status === 409 || status >= 500, context: { status } },
  );
}

/** Ironic encodes the fault as JSON in a JSON string. */
function faultOf(body: unknown): string | null {
  const message = (body as { error_message?: unknown } | null)?.error_message;
  if (typeof message !== 'string') return null;
  try {
    const fault = JSON.parse(message) as { faultstring?: unknown; description?: unknown };
    return String(fault.faultstring ?? fault.description ?? message);
  } catch {
    return message;
  }
}

function parseLookup(value: unknown): LookupResult {
  const { node, config } = (value ?? {}) as { node?: Partial<AgentNode>; config?: Record<string, unknown> };
  if (typeof node?.uuid !== 'string') {
    throw new FabricError('conductor_refused', 'the answer to lookup names no node; correct ipa-api-url', {
      context: { status: 200 },
    });
  }
  const properties = typeof node.properties === 'object' && node.properties !== null ? node.properties : {};
  const timeout = Number(config?.heartbeat_timeout);
  const token = config?.agent_token;
  return {
    node: { ...node, uuid: node.uuid, properties },
    heartbeatTimeoutS: Number.isFinite(timeout) && timeout > 0 ? timeout : 300,
    token: token === MASKED ? 'masked' : typeof token === 'string' && token.length >= TOKEN_LENGTH ? token : null,
  };
}
