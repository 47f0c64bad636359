import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { expect } from 'vitest';

export const NODE_UUID = '6b8a2b1c-53a4-4d2b-9f6e-0c5a7f1f2d11';
export const TOKEN = 'token-of-at-least-32-characters-0123456789';

export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Record<string, unknown>;
}

export interface FakeConductor {
  url: string;
  port: number;
  requests: Received[];
  files: Map<string, Buffer>;
  /** Bytes after which the next GET of a file is cut off, once each. */
  cuts: number[];
  token: string;
  /** The next request that fits, waiting for it. */
  next(fits: (request: Received) => boolean, timeoutMs?: number): Promise<Received>;
  close(): Promise<void>;
}

/** A conductor's ramdisk API and image server, as far as an agent sees them. */
export async function startFakeConductor(): Promise<FakeConductor> {
  const waiting: Array<() => void> = [];
  const server = http.createServer((request, response) => void answer(request, response));
  const fake: FakeConductor = {
    url: '',
    port: 0,
    requests: [],
    files: new Map(),
    cuts: [],
    token: TOKEN,
    async next(fits, timeoutMs = 15_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const index = fake.requests.findIndex(fits);
        if (index >= 0) return fake.requests.splice(0, index + 1).at(-1)!;
        if (Date.now() > deadline) throw new Error('the agent did not send the request in time');
        await new Promise<void>((wake) => {
          const timer = setTimeout(wake, 1000);
          waiting.push(() => {
            clearTimeout(timer);
            wake();
          });
        });
      }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const path = request.url ?? '';
    const file = fake.files.get(path);
    if (file) return serve(request, response, file);
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === null ? '' : JSON.stringify(body));
    };
    if (path === '/') send(200, { default_version: { id: 'v1', version: '1.82' } });
    else if (path.startsWith('/v1/lookup?')) {
      send(200, {
        node: { uuid: NODE_UUID, properties: {}, instance_info: {}, driver_internal_info: {}, links: [] },
        config: { heartbeat_timeout: 300, agent_token: fake.token, agent_token_required: true },
      });
    } else if (path === '/v1/continue_inspection') send(202, { uuid: NODE_UUID });
    else if (path === `/v1/heartbeat/${NODE_UUID}`) send(202, null);
    else send(404, { error_message: JSON.stringify({ faultcode: 'Client', faultstring: 'not found' }) });
    fake.requests.push({
      method: request.method ?? '',
      path,
      headers: request.headers,
      body: text ? JSON.parse(text) : {},
    });
    for (const wake of waiting.splice(0)) wake();
  }
  function serve(request: IncomingMessage, response: ServerResponse, file: Buffer): void {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const headers: Record<string, string> = { 'content-length': String(file.length - from) };
    if (from > 0) headers['content-range'] = `bytes ${from}-${file.length - 1}/${file.length}`;
    response.writeHead(from > 0 ? 206 : 200, headers);
    const cut = fake.cuts.shift();
    if (cut === undefined) response.end(file.subarray(from));
    else response.write(file.subarray(from, cut), () => response.destroy());
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  fake.port = (server.address() as AddressInfo).port;
  fake.url = `http://127.0.0.1:${fake.port}`;
  return fake;
}

export interface AgentReply {
  status: number;
  body: {
    id: string;
    command_status: string;
    command_error: { type: string; message: string } | null;
    command_result: Record<string, unknown> | null;
    commands: AgentReply['body'][];
    faultstring: string;
  };
}

/** A conductor's side of the command API: the certificate of the heartbeat is the only one trusted. */
export class CommandClient {
  readonly #url: URL;
  readonly #ca: string;
  readonly #port: number;
  readonly #host: string;

  /** `forwarded`: a port of 127.0.0.1 that leads to the agent. */
  constructor(heartbeat: Received, forwarded: number | null = null) {
    this.#url = new URL(String(heartbeat.body.callback_url));
    this.#ca = String(heartbeat.body.agent_verify_ca);
    this.#port = forwarded ?? Number(this.#url.port);
    this.#host = forwarded === null ? this.#url.hostname : '127.0.0.1';
  }

  request(method: string, path: string, body?: unknown): Promise<AgentReply> {
    return new Promise((resolve, reject) => {
      const request = https.request(
        {
          host: this.#host,
          port: this.#port,
          method,
          path,
          agent: false,
          ca: this.#ca,
          checkServerIdentity: (_host, certificate) => checkServerIdentity(this.#url.hostname, certificate),
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  command(name: string, params: unknown = {}, wait = true, token = TOKEN): Promise<AgentReply> {
    return this.request('POST', `/v1/commands/?wait=${wait}&agent_token=${token}`, { name, params });
  }

  /** Runs a command to its end and expects it to succeed. */
  async succeed(name: string, params: unknown = {}): Promise<Record<string, unknown>> {
    const { status, body } = await this.command(name, params);
    expect({ status, state: body.command_status, error: body.command_error }).toEqual({
      status: 200,
      state: 'SUCCEEDED',
      error: null,
    });
    return body.command_result ?? {};
  }
}
