import http from 'node:http';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { normaliseFingerprint, type Trust } from './trust.ts';

export interface BoundedRequest {
  method: string;
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  trust: Trust;
  /** ms for the whole exchange, connecting included. */
  timeoutMs: number;
  /** Bytes of body accepted; more ends the exchange. */
  maxBytes: number;
  signal?: AbortSignal;
}

export interface BoundedResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/**
 * What went wrong below HTTP. `sent` false: the request certainly never reached the far end, so it may be repeated
 * whatever it does. Callers turn it into their own layer's FabricError.
 */
export class TransportFault extends Error {
  readonly reason: 'unreachable' | 'timeout' | 'untrusted' | 'too_large' | 'aborted';
  readonly sent: boolean;
  constructor(reason: TransportFault['reason'], message: string, sent: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'TransportFault';
    this.reason = reason;
    this.sent = sent;
  }
}

/**
 * One HTTP(S) exchange on its own connection: no redirects, bounded body and time. The certificate is checked before
 * the first byte of the request leaves, so that a stranger never sees credentials. Built on node:http because the
 * built-in fetch cannot pin a certificate.
 */
export async function boundedRequest(request: BoundedRequest): Promise<BoundedResponse> {
  const { url } = request;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FabricError('url_invalid', `${url.protocol}// is not spoken here: give an http or https address.`);
  }
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  let sent = false;
  const asFault = (error: unknown): TransportFault => {
    if (error instanceof TransportFault) return error;
    if (timeout.aborted) return new TransportFault('timeout', `no answer within ${request.timeoutMs} ms`, sent, error);
    if (signal.aborted) return new TransportFault('aborted', 'the request was cancelled', sent, error);
    return new TransportFault('unreachable', messageOf(error), sent, error);
  };
  let socket: Duplex | undefined;
  try {
    if (url.protocol === 'https:') socket = await connectTls(url, request.trust, signal);
    return await exchange(request, socket, signal, () => {
      sent = true;
    });
  } catch (error) {
    throw asFault(error);
  } finally {
    socket?.destroy();
  }
}

function exchange(
  request: BoundedRequest,
  socket: Duplex | undefined,
  signal: AbortSignal,
  onConnected: () => void,
): Promise<BoundedResponse> {
  const { url } = request;
  return new Promise((resolve, reject) => {
    const body = request.body === undefined ? undefined : Buffer.from(request.body);
    const headers: Record<string, string> = { accept: 'application/json', host: url.host, ...request.headers };
    if (body) headers['content-length'] = String(body.length);
    const outgoing = http.request({
      method: request.method,
      host: hostOf(url),
      port: portOf(url),
      path: url.pathname + url.search,
      headers,
      signal,
      ...(socket ? { createConnection: () => socket } : { agent: false }),
    });
    if (socket) onConnected();
    else outgoing.on('socket', (plain) => plain.once('connect', onConnected));
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > request.maxBytes) {
          reject(new TransportFault('too_large', `the answer is larger than ${request.maxBytes} bytes`, true));
          outgoing.destroy();
          return;
        }
        chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.end(body);
  });
}

function connectTls(url: URL, trust: Trust, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = hostOf(url);
    const socket = tls.connect({
      host,
      port: portOf(url),
      // RFC 6066 3: no server name indication for an address.
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      // Judged below instead, where the certificate can still be named.
      rejectUnauthorized: false,
      ...(trust.kind === 'ca' ? { ca: trust.pem } : {}),
    });
    const fail = (error: unknown): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      const distrust = distrustOf(socket, trust);
      if (distrust) {
        fail(new TransportFault('untrusted', distrust, false));
        return;
      }
      signal.removeEventListener('abort', onAbort);
      resolve(socket);
    });
    if (signal.aborted) onAbort();
  });
}

/** Why the far end's certificate is not accepted; null where it is. */
function distrustOf(socket: tls.TLSSocket, trust: Trust): string | null {
  if (trust.kind === 'unverified') return null;
  const seen = normaliseFingerprint(socket.getPeerCertificate()?.fingerprint256 ?? '');
  if (trust.kind === 'pinned') {
    return seen === normaliseFingerprint(trust.sha256)
      ? null
      : `its certificate has SHA-256 ${seen}, not the pinned ${trust.sha256}`;
  }
  return socket.authorized ? null : `${socket.authorizationError} (its SHA-256 is ${seen})`;
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));
