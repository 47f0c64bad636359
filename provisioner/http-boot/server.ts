import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FabricError, isFabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { IPXE_SCRIPT_PATH, LOADER_PATH } from '../boot/architectures.ts';
import { findBootLoader, isBootLoader } from '../boot/loaders.ts';
import { type BootScript, renderGrub, renderIpxe } from '../boot/script.ts';
import { formatScriptQuery, macOfGrubName, parseScriptQuery, type ScriptQuery } from './request.ts';
import { type BootFile, sendFile, sendText } from './send-file.ts';

/** What is to be booted, and which files there are: both are the lifecycle's to say. */
export interface BootBackend {
  /** Null: nothing for this machine; it gets 404 and goes on to its next boot device. */
  scriptFor(query: ScriptQuery): Promise<BootScript | null>;
  /** Kernels, ramdisks, images: what comes after `/files/`, percent-decoded. Null: 404. */
  fileFor(name: string, remoteAddress: string): Promise<BootFile | null>;
}

/** One request and how it ended, for the events page. */
export interface HttpBootEvent {
  at: Date;
  remoteAddress: string;
  method: string;
  path: string;
  status: number;
  /** Of the body. */
  bytes: number;
  seconds: number;
  /** Set for script requests. */
  query: ScriptQuery | null;
}

export interface HttpBootOptions {
  backend: BootBackend;
  address?: string;
  /** Default 8080; 0 picks one. */
  port?: number;
  /** Where boot loaders are looked for. */
  loaderDirectories?: readonly string[];
  /** Default 1024. */
  maxConnections?: number;
  onEvent?: (event: HttpBootEvent) => void;
  log?: { warn(message: string, context: Record<string, unknown>): void };
  /**
   * Takes what is not of this server: what a booted ramdisk says to its conductor goes to the address it was booted
   * from. Returns false for a request that is not its own either.
   */
  delegate?: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
}

export interface HttpBootServer {
  address: { address: string; port: number };
  /** Ends open connections too. */
  stop(): Promise<void>;
}

const FILES_PATH = '/files/';
const GRUB_PATH = '/grub/';
/** Firmware that stops reading, or a cut cable, must not hold a connection for ever. */
const IDLE_MS = 60_000;

/**
 * `/boot.ipxe`, `/grub/grub.cfg` (with `?mac=&uuid=&arch=`), `/grub/grub.cfg-01-<mac>`, `/loaders/<name>`,
 * `/files/<name>`. GET and HEAD only.
 *
 * Plain node:http: there is no body to parse and no schema, and files want the response stream itself.
 *
 * @throws FabricError http_boot_listen_failed.
 */
export async function startHttpBootServer(options: HttpBootOptions): Promise<HttpBootServer> {
  const { address = '0.0.0.0', port = 8080 } = options;
  const server = createServer({ maxHeaderSize: 8192, headersTimeout: 10_000, requestTimeout: 30_000 });
  server.maxConnections = options.maxConnections ?? 1024;
  server.setTimeout(IDLE_MS);
  server.on('request', (request, response) => {
    serve(request, response, options).catch((error: unknown) => {
      options.log?.warn('HTTP boot request failed', { url: request.url, error: messageOf(error) });
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'internal error');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new FabricError(
          'http_boot_listen_failed',
          `Cannot serve HTTP boot on ${address}:${port} (${error.message}): choose another address or port`,
          { context: { address, port }, cause: error },
        ),
      );
    });
    server.listen({ host: address, port, exclusive: true }, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    address: { address: bound.address, port: bound.port },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, options: HttpBootOptions): Promise<void> {
  const started = performance.now();
  const remoteAddress = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const method = request.method ?? '';
  const url = parseTarget(request.url);
  let query: ScriptQuery | null = null;
  let bytes = 0;
  if (url && options.delegate?.(request, response, url.pathname)) return;
  try {
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      bytes = sendText(response, 405, 'only GET and HEAD');
    } else if (!url) {
      bytes = sendText(response, 400, 'malformed URL');
    } else if (url.pathname === IPXE_SCRIPT_PATH || url.pathname.startsWith(GRUB_PATH)) {
      query = scriptQuery(url, remoteAddress);
      bytes = await sendScript(request, response, url, query, options);
    } else {
      bytes = await sendNamed(request, response, url.pathname, remoteAddress, options);
    }
  } finally {
    options.onEvent?.({
      at: new Date(),
      remoteAddress,
      method,
      path: url?.pathname ?? '',
      status: response.statusCode,
      bytes,
      seconds: (performance.now() - started) / 1000,
      query,
    });
  }
}

/** Only the path and query count: the host comes from the socket, so an absolute-form target changes nothing. */
function parseTarget(target: string | undefined): URL | null {
  const text = `http://boot${target ?? ''}`;
  return target?.startsWith('/') && URL.canParse(text) ? new URL(text) : null;
}

function scriptQuery(url: URL, remoteAddress: string): ScriptQuery | null {
  const query = new URLSearchParams(url.searchParams);
  const mac = macOfGrubName(url.pathname.slice(GRUB_PATH.length));
  if (mac !== null) query.set('mac', mac);
  return parseScriptQuery(query, remoteAddress);
}

async function sendScript(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  query: ScriptQuery | null,
  { backend }: HttpBootOptions,
): Promise<number> {
  const isGrub = url.pathname !== IPXE_SCRIPT_PATH;
  const grubName = url.pathname.slice(GRUB_PATH.length);
  if (isGrub && grubName !== 'grub.cfg' && macOfGrubName(grubName) === null)
    return sendText(response, 404, 'not found');
  if (!query) return sendText(response, 400, 'malformed mac, uuid or arch');
  const script = await backend.scriptFor(query);
  if (!script) return sendText(response, 404, 'nothing to boot for this machine');
  // As the client reached us: correct behind a relay or a second address too, and written by nobody but the kernel.
  const self = `http://${localHost(request)}${url.pathname}${formatScriptQuery(query)}`;
  return sendText(response, 200, isGrub ? renderGrub(script, self) : renderIpxe(script, self));
}

function localHost(request: IncomingMessage): string {
  const address = (request.socket.localAddress ?? '').replace(/^::ffff:/, '');
  return `${address.includes(':') ? `[${address}]` : address}:${request.socket.localPort}`;
}

async function sendNamed(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  remoteAddress: string,
  { backend, loaderDirectories, log }: HttpBootOptions,
): Promise<number> {
  const name = decodePath(pathname);
  let file: BootFile | null = null;
  if (name?.startsWith(`${LOADER_PATH}/`) && isBootLoader(name.slice(LOADER_PATH.length + 1))) {
    file = { path: await findBootLoader(name.slice(LOADER_PATH.length + 1), loaderDirectories) };
  } else if (name?.startsWith(FILES_PATH)) {
    file = await backend.fileFor(name.slice(FILES_PATH.length), remoteAddress);
  }
  if (!file) return sendText(response, 404, 'not found');
  try {
    return await sendFile(request, response, file.path, file);
  } catch (error) {
    // A client that goes away in the middle is no fault of ours; firmware does it to skip what it knows.
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return 0;
    if (!isFabricError(error) && (error as NodeJS.ErrnoException).code === 'ENOENT' && !response.headersSent) {
      log?.warn('A boot file is missing', { path: file.path });
      return sendText(response, 404, 'not found');
    }
    throw error;
  }
}

/** Percent-decoded; null for what is malformed or climbs. */
function decodePath(pathname: string): string | null {
  try {
    const decoded = decodeURIComponent(pathname);
    return decoded.includes('\0') || decoded.split('/').includes('..') ? null : decoded;
  } catch {
    return null;
  }
}
