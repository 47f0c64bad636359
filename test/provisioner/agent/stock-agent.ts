import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export interface StockAgent extends AsyncDisposable {
  url: string;
  requests: {
    method: string;
    path: string;
    query: URLSearchParams;
    body: { name: string; params: Record<string, unknown> } | null;
  }[];
  commands: Record<string, unknown>[];
  /** Break the connection of the next POST: before it is taken, or after. */
  breakNext: 'before' | 'after' | null;
}

const asynchronous = new Set(['execute_deploy_step', 'execute_clean_step', 'install_bootloader', 'power_off']);

/**
 * The agent's command API. `answers`: command name -> the fields of its result. An asynchronous command is RUNNING
 * until it was listed once. `tokenOnGet`: today's agents demand the token there, older ones do not look.
 */
export async function startAgent(options: {
  token: string;
  tls?: { key: string; cert: string };
  tokenOnGet?: boolean;
  answers?: Record<string, Record<string, unknown>>;
}): Promise<StockAgent> {
  const state = {
    requests: [] as StockAgent['requests'],
    commands: [] as Record<string, unknown>[],
    breakNext: null as StockAgent['breakNext'],
  };
  const finishing = new Map<Record<string, unknown>, Record<string, unknown>>();
  const answer = (req: http.IncomingMessage, res: http.ServerResponse, text: string): unknown => {
    const url = new URL(req.url ?? '/', 'http://agent');
    const body = text === '' ? null : JSON.parse(text);
    const send = (status: number, value: unknown): void => {
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const refuse = (status: number, faultstring: string): void => send(status, { faultcode: 'Client', faultstring });
    state.requests.push({ method: req.method ?? '', path: url.pathname, query: url.searchParams, body });
    if (req.method === 'POST' && state.breakNext === 'before') {
      state.breakNext = null;
      res.destroy();
      return;
    }
    const tokenNeeded = req.method === 'POST' || options.tokenOnGet;
    if (tokenNeeded && url.searchParams.get('agent_token') !== options.token) return refuse(401, 'Token invalid.');
    if (url.pathname !== '/v1/commands/') return refuse(404, 'Not found');
    if (req.method === 'GET') {
      send(200, { commands: state.commands });
      for (const [command, final] of finishing) Object.assign(command, final);
      finishing.clear();
      return;
    }
    if (finishing.size > 0) return refuse(409, 'Agent is busy: executing command.');
    const name = String(body.name).split('.')[1] ?? '';
    const final = options.answers?.[name];
    if (!final) return refuse(404, `Unknown command: ${name}`);
    const command: Record<string, unknown> = {
      id: `command-${state.commands.length}`,
      command_name: name,
      command_status: 'SUCCEEDED',
      command_error: null,
      command_result: null,
      ...final,
    };
    if (asynchronous.has(name)) {
      finishing.set(command, { command_status: command.command_status, command_error: command.command_error });
      Object.assign(command, { command_status: 'RUNNING', command_error: null });
    }
    state.commands.push(command);
    if (state.breakNext === 'after') {
      state.breakNext = null;
      res.destroy();
      return;
    }
    send(200, command);
  };
  const listener = (req: http.IncomingMessage, res: http.ServerResponse): void => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => answer(req, res, Buffer.concat(chunks).toString()));
  };
  const server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
