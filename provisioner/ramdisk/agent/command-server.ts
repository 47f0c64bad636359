import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { ServerCertificate } from './certificate.ts';
import type { CommandParams, CommandTable, Execution } from './command-table.ts';
import { readText } from './http-client.ts';

export interface CommandServerOptions {
  address: string;
  /** 0: any free one. */
  port: number;
  certificate: ServerCertificate;
  token: string;
  version: string;
  table: CommandTable;
  log: (line: string) => void;
}

export interface CommandServer {
  port: number;
  close(): Promise<void>;
}

/** A config drive of 64 MiB in base64, and the node around it. */
const BODY_LIMIT = 96 * 1024 * 1024;

const STATUS: Record<string, number> = {
  command_invalid: 400,
  http_too_large: 413,
  agent_token_invalid: 401,
  command_unknown: 404,
  agent_no_such_path: 404,
  command_busy: 409,
};

/** The agent's command API over TLS. Everything but the status wants the token. */
export async function startCommandServer(options: CommandServerOptions): Promise<CommandServer> {
  const started = Date.now() / 1000;
  const server = https.createServer(
    { key: options.certificate.key, cert: options.certificate.cert, minVersion: 'TLSv1.2' },
    (request, response) => {
      handle(request, response, options, started).catch((error) => {
        const status = isFabricError(error) ? (STATUS[error.code] ?? 500) : 500;
        if (status === 500) options.log(`command API: ${messageOf(error)}`);
        send(response, status, { faultcode: status < 500 ? 'Client' : 'Server', faultstring: messageOf(error) });
      });
    },
  );
  server.on('tlsClientError', (error) => options.log(`command API: TLS: ${error.message}`));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port, options.address, resolve);
  try {
    await promise;
  } catch (cause) {
    throw new FabricError(
      'agent_listen_failed',
      `the agent cannot listen on ${options.address} port ${options.port}: ${messageOf(cause)}; free the port or set ipa-listen-port`,
      { cause },
    );
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: CommandServerOptions,
  started: number,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://agent');
  const [api, resource, id] = url.pathname.split('/').filter((part) => part !== '');
  if (request.method === 'GET' && api === 'v1' && resource === 'status' && id === undefined) {
    return send(response, 200, { started_at: started, version: options.version });
  }
  if (api !== 'v1' || resource !== 'commands') {
    throw new FabricError(
      'agent_no_such_path',
      `there is no ${url.pathname}; the agent serves /v1/status and /v1/commands`,
    );
  }
  requireToken(url.searchParams.get('agent_token'), options.token);
  if (request.method === 'POST' && id === undefined) {
    return execute(request, response, url.searchParams.get('wait') === 'true', options);
  }
  if (request.method !== 'GET') {
    throw new FabricError('command_invalid', `${request.method} is not understood here; use GET or POST`);
  }
  if (id === undefined) return send(response, 200, { commands: options.table.list() });
  const execution = options.table.find(id);
  if (!execution) throw new FabricError('command_unknown', `there is no command with id ${id}; list /v1/commands/`);
  if (url.searchParams.get('wait') === 'true') await execution.done;
  send(response, 200, execution.record);
}

async function execute(
  request: IncomingMessage,
  response: ServerResponse,
  wait: boolean,
  options: CommandServerOptions,
): Promise<void> {
  const { name, params } = parseCommand(await readText(request, BODY_LIMIT));
  const execution: Execution = options.table.start(name, params);
  response.once('close', execution.answered);
  if (wait || !execution.async) await execution.done;
  send(response, 200, execution.record);
}

function parseCommand(text: string): { name: string; params: CommandParams } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new FabricError('command_invalid', `the command is not JSON: ${messageOf(cause)}; send {"name","params"}`, {
      cause,
    });
  }
  const { name, params } = (body ?? {}) as { name?: unknown; params?: unknown };
  const isObject = typeof params === 'object' && params !== null && !Array.isArray(params);
  if (typeof name !== 'string' || (params !== undefined && params !== null && !isObject)) {
    throw new FabricError('command_invalid', 'the command needs a name (string) and params (object)');
  }
  return { name, params: isObject ? (params as CommandParams) : {} };
}

function requireToken(given: string | null, token: string): void {
  const left = Buffer.from(given ?? '');
  const right = Buffer.from(token);
  if (left.length !== right.length || !timingSafeEqual(left, right)) {
    throw new FabricError(
      'agent_token_invalid',
      'the agent token is missing or wrong; send ?agent_token= with the token of this boot',
    );
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
