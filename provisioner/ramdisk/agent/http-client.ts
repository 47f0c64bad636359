import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Silence on the connection for this long is a failure. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
}

/** How the agent reaches the conductor and the image server; a simulated server brings its own. */
export type HttpClient = (request: HttpRequest) => Promise<HttpResponse>;

export interface HttpClientOptions {
  /** Source address of the connections. */
  localAddress?: string;
  /** PEM of the authority to trust for https, besides none other. */
  ca?: string;
  /** Accept any certificate (kernel parameter ipa-insecure=1). */
  insecure?: boolean;
}

const REDIRECTS = 5;

/**
 * A client over node:http(s) that opens a fresh connection for every request: a kept one that went stale during a long
 * disk write would lose the next request.
 */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  return async (request) => {
    let url = request.url;
    for (let hop = 0; hop <= REDIRECTS; hop++) {
      const response = await send(url, request, options);
      const location = response.headers.location;
      if (request.method !== 'GET' || response.status < 301 || response.status > 308 || !location) return response;
      response.body.resume();
      url = new URL(location, url).href;
    }
    throw new FabricError(
      'http_redirects',
      `${request.url} redirects more than ${REDIRECTS} times; name the final URL`,
    );
  };
}

function send(url: string, request: HttpRequest, options: HttpClientOptions): Promise<HttpResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>();
  const fail = (cause: unknown) =>
    reject(
      new FabricError('http_failed', `${request.method} ${url} failed: ${messageOf(cause)}`, {
        retryable: true,
        cause,
      }),
    );
  try {
    const secure = url.startsWith('https:');
    const outgoing = (secure ? https : http).request(url, {
      method: request.method,
      agent: false,
      localAddress: options.localAddress,
      signal: request.signal,
      timeout: request.timeoutMs ?? 30_000,
      headers: {
        connection: 'close',
        ...request.headers,
        ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
      ...(secure ? { ca: options.ca, rejectUnauthorized: !options.insecure } : {}),
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', fail);
    outgoing.on('response', (response) =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response }),
    );
    outgoing.end(request.body);
  } catch (cause) {
    fail(cause);
  }
  return promise;
}

/** Reads a body as text; more than `limit` bytes is a FabricError. */
export async function readText(body: Readable, limit = 16 * 1024 * 1024): Promise<string> {
  return (await readBytes(body, limit)).toString('utf8');
}

/** Reads a body; more than `limit` bytes is a FabricError `http_too_large`. */
export async function readBytes(body: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      body.destroy();
      throw new FabricError('http_too_large', `the body is larger than ${limit} bytes; send less`, {
        context: { limit },
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
