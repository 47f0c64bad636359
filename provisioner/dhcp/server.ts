import type { RemoteInfo, Socket } from 'node:dgram';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { NO_ADDRESS, OPTION } from './constants.ts';
import type { LeaseStore } from './lease.ts';
import { decodeDhcp, encodeDhcp } from './packet.ts';
import { decodeRelayInfo } from './relay-agent.ts';
import { replyDestination } from './reply.ts';
import { compileScopes, type DhcpScope, findScope, type Scope } from './scope.ts';
import { type DhcpListen, openDhcpSocket } from './sockets.ts';
import { type DhcpBackend, type DhcpOutcome, transact } from './transaction.ts';

/** One message and what became of it, for the events page. */
export type DhcpEvent = Omit<DhcpOutcome, 'reply'> & { at: Date };

export interface DhcpServerOptions {
  listen: readonly DhcpListen[];
  scopes: readonly DhcpScope[];
  backend: DhcpBackend;
  leases: LeaseStore;
  onEvent?: (event: DhcpEvent) => void;
  log?: { warn(message: string, context: Record<string, unknown>): void };
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
}

export interface DhcpServer {
  /** Where each entry of `listen` ended up, in its order. */
  addresses: readonly { address: string; port: number }[];
  /** Answers the messages in work, then closes the sockets. */
  stop(): Promise<void>;
}

/** A flood must not pile up lookups: what comes beyond this is dropped, and clients ask again anyway. */
const MAX_IN_WORK = 512;

/**
 * Starts answering.
 *
 * @throws FabricError dhcp_scope_invalid, dhcp_listen_failed.
 */
export async function startDhcpServer(options: DhcpServerOptions): Promise<DhcpServer> {
  const scopes = compileScopes(options.scopes);
  for (const listen of options.listen) {
    const missing =
      'interface' in listen
        ? !scopes.some((scope) => scope.interface === listen.interface)
        : listen.scope !== undefined && !scopes.some((scope) => scope.name === listen.scope);
    if (missing) {
      throw new FabricError(
        'dhcp_scope_invalid',
        `No DHCP scope fits the listener ${JSON.stringify(listen)}: add one`,
        {
          context: { listen },
        },
      );
    }
  }
  const sockets: Socket[] = [];
  const inWork = new Set<Promise<void>>();
  const stop = async () => {
    const closing = sockets.splice(0);
    for (const socket of closing) socket.removeAllListeners('message');
    await Promise.all(inWork);
    await Promise.all(closing.map((socket) => new Promise<void>((done) => socket.close(() => done()))));
  };
  try {
    for (const listen of options.listen) {
      const socket = await openDhcpSocket(listen);
      sockets.push(socket);
      serve(socket, listen, scopes, options, inWork);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const addresses = sockets.map((socket) => {
    const { address, port } = socket.address();
    return { address, port };
  });
  return { addresses, stop };
}

function serve(
  socket: Socket,
  listen: DhcpListen,
  scopes: readonly Scope[],
  options: DhcpServerOptions,
  inWork: Set<Promise<void>>,
): void {
  const warn = (message: string, error: unknown, context: Record<string, unknown>) =>
    options.log?.warn(message, { ...context, error: messageOf(error) });
  socket.on('error', (error) => warn('DHCP socket error', error, { listen }));
  socket.on('message', (bytes, from) => {
    if (inWork.size >= MAX_IN_WORK) return;
    const work = handle(bytes, from, socket, listen, scopes, options)
      .catch((error: unknown) => warn('A DHCP message could not be answered', error, { from: from.address }))
      .finally(() => inWork.delete(work));
    inWork.add(work);
  });
}

async function handle(
  bytes: Buffer,
  from: RemoteInfo,
  socket: Socket,
  listen: DhcpListen,
  scopes: readonly Scope[],
  options: DhcpServerOptions,
): Promise<void> {
  const packet = decodeDhcp(bytes);
  if (packet?.op !== 'request') return;
  const relayed = packet.giaddr !== NO_ADDRESS;
  const relay = relayed ? decodeRelayInfo(packet.giaddr, packet.options.get(OPTION.RELAY_AGENT)) : null;
  if (relayed && !relay) return;
  const bound = 'interface' in listen;
  const scope = findScope(scopes, {
    relay,
    ciaddr: packet.ciaddr,
    interface: bound ? listen.interface : undefined,
    scope: bound ? undefined : listen.scope,
  });
  if (!scope) return;
  const now = options.now ?? Date.now;
  const { reply, ...outcome } = await transact(packet, scope, relay, {
    backend: options.backend,
    leases: options.leases,
    now,
  });
  if (reply && outcome.answer) {
    const to = replyDestination(packet, outcome.answer, relay, { address: from.address, port: from.port, bound });
    await new Promise<void>((resolve, reject) => {
      socket.send(encodeDhcp(reply), to.port, to.address, (error) => (error ? reject(error) : resolve()));
    });
  }
  options.onEvent?.({ at: new Date(now()), ...outcome });
}
