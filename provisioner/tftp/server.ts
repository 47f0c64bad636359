import { createSocket, type RemoteInfo } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { type BlockSource, BufferSource, FileSource, toNetascii } from './block-source.ts';
import { negotiate } from './negotiate.ts';
import { decodeTftp, ERROR, encodeError, type TftpPacket } from './packet.ts';
import type { TftpClientAddress, TftpResolver } from './resolver.ts';
import { Transfer, type TransferEnd, type TransferResult } from './transfer.ts';

/** One request and how it ended, for the events page. */
export interface TftpEvent {
  at: Date;
  client: TftpClientAddress;
  filename: string;
  end: TransferEnd | 'refused';
  bytes: number;
  seconds: number;
  resent: number;
  message: string | null;
}

export interface TftpServerOptions {
  /** Default 0.0.0.0. */
  address?: string;
  /** Default 69; 0 picks one. */
  port?: number;
  resolve: TftpResolver;
  /** Transfers at one time, in all and to one address. Defaults 512 and 16. */
  maxTransfers?: number;
  maxTransfersPerClient?: number;
  /** Milliseconds without progress after which a client is given up. Default 30,000. */
  giveUpMs?: number;
  onEvent?: (event: TftpEvent) => void;
  log?: { warn(message: string, context: Record<string, unknown>): void };
}

export interface TftpServer {
  address: { address: string; port: number };
  /** Ends running transfers and closes every socket. */
  stop(): Promise<void>;
}

type Request = Extract<TftpPacket, { kind: 'read' | 'write' }>;

/** Netascii changes the length, so such a file is converted in memory; boot files that use it are scripts. */
const NETASCII_LIMIT = 8 * 1024 * 1024;

/** A refusal the client is told about. */
class Refusal {
  readonly code: number;
  readonly message: string;
  constructor(code: number, message: string) {
    this.code = code;
    this.message = message;
  }
}

/**
 * A read-only TFTP server: RFC 1350 with the options of RFC 2348, 2349 and 7440.
 *
 * @throws FabricError tftp_listen_failed.
 */
export async function startTftpServer(options: TftpServerOptions): Promise<TftpServer> {
  const { address = '0.0.0.0', port = 69, maxTransfers = 512, maxTransfersPerClient = 16 } = options;
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(listenFailed(address, port, error));
    });
    socket.bind({ address, port, exclusive: true }, resolve);
  });
  socket.removeAllListeners('error');
  socket.on('error', (error) => options.log?.warn('TFTP socket error', { error: messageOf(error) }));

  /** By the client's address and port, from the request on: a repeated request must not start a second transfer. */
  const active = new Map<string, Transfer | null>();
  const works = new Set<Promise<void>>();
  let stopping = false;

  const serve = async (request: Request, client: TftpClientAddress): Promise<void> => {
    const key = `${client.address}:${client.port}`;
    if (active.has(key)) return;
    const ofClient = [...active.keys()].filter((other) => other.startsWith(`${client.address}:`)).length;
    const full = active.size >= maxTransfers || ofClient >= maxTransfersPerClient;
    active.set(key, null);
    try {
      const source = full
        ? new Refusal(ERROR.UNDEFINED, 'too many transfers, try again')
        : await openSource(request, client, options);
      if (source instanceof Refusal) {
        await refuse(client, source);
        report(request, client, { end: 'refused', bytes: 0, seconds: 0, resent: 0, message: source.message });
        return;
      }
      const transfer = new Transfer(source, negotiate(request.options, source.size), client, address, options.giveUpMs);
      active.set(key, transfer);
      if (stopping) transfer.stop();
      report(request, client, await transfer.done);
    } finally {
      active.delete(key);
    }
  };
  const refuse = (client: TftpClientAddress, { code, message }: Refusal) =>
    new Promise<void>((resolve) => {
      // If it cannot be sent the client times out, which is all it could do anyway.
      socket.send(encodeError(code, message), client.port, client.address, () => resolve());
    });
  const report = (
    request: Request,
    client: TftpClientAddress,
    result: Omit<TransferResult, 'end'> & { end: TftpEvent['end'] },
  ) => options.onEvent?.({ at: new Date(), client, filename: request.filename, ...result });

  socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
    const packet = decodeTftp(bytes);
    if (stopping || (packet?.kind !== 'read' && packet?.kind !== 'write')) return;
    const work = serve(packet, { address: from.address, port: from.port })
      .catch((error: unknown) =>
        options.log?.warn('TFTP request failed', { file: packet.filename, error: messageOf(error) }),
      )
      .finally(() => works.delete(work));
    works.add(work);
  });

  const bound = socket.address();
  return {
    address: { address: bound.address, port: bound.port },
    async stop() {
      stopping = true;
      for (const transfer of active.values()) transfer?.stop();
      await Promise.all(works);
      await new Promise<void>((done) => socket.close(() => done()));
    },
  };
}

async function openSource(
  request: Request,
  client: TftpClientAddress,
  options: TftpServerOptions,
): Promise<BlockSource | Refusal> {
  if (request.kind === 'write') return new Refusal(ERROR.ACCESS, 'this server is read-only');
  if (request.mode !== 'octet' && request.mode !== 'netascii') {
    return new Refusal(ERROR.ILLEGAL, 'mode must be octet or netascii');
  }
  try {
    const file = await options.resolve(request.filename, client);
    if (file === null) return new Refusal(ERROR.NOT_FOUND, 'file not found');
    if (request.mode === 'octet')
      return Buffer.isBuffer(file) ? new BufferSource(file) : await FileSource.open(file.path);
    return await netasciiSource(file);
  } catch (error) {
    options.log?.warn('TFTP cannot read a file', { file: request.filename, error: messageOf(error) });
    return new Refusal(ERROR.ACCESS, 'the file cannot be read');
  }
}

async function netasciiSource(file: Buffer | { path: string }): Promise<BlockSource | Refusal> {
  if (Buffer.isBuffer(file)) return new BufferSource(toNetascii(file));
  const source = await FileSource.open(file.path);
  await source.close();
  if (source.size > NETASCII_LIMIT) return new Refusal(ERROR.UNDEFINED, 'too large for netascii, use octet');
  return new BufferSource(toNetascii(await readFile(file.path)));
}

function listenFailed(address: string, port: number, error: Error): FabricError {
  const code = (error as NodeJS.ErrnoException).code;
  const next =
    code === 'EADDRINUSE'
      ? `another TFTP server has the port, \`ss -lunp sport = :${port}\` names it`
      : 'run as root or with CAP_NET_BIND_SERVICE, or choose a port above 1023';
  return new FabricError('tftp_listen_failed', `Cannot serve TFTP on ${address}:${port} (${error.message}): ${next}`, {
    context: { address, port },
    cause: error,
  });
}
