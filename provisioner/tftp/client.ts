import { createSocket, type RemoteInfo } from 'node:dgram';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { decodeTftp, ERROR, encodeAck, encodeError, encodeRead } from './packet.ts';

export interface TftpGetOptions {
  host: string;
  port?: number;
  filename: string;
  mode?: 'octet' | 'netascii';
  /** Asked for only when given. */
  blockSize?: number;
  windowSize?: number;
  /** Ask for the size (RFC 2349). Default true when any other option is asked for. */
  tsize?: boolean;
  /** Local address to ask from. */
  localAddress?: string;
  /** Milliseconds until a request or acknowledgement is repeated. Default 1000. */
  retryMs?: number;
  /** Milliseconds without progress after which it fails. Default 15,000. */
  giveUpMs?: number;
  /** End after the OACK with error 8, as firmware does to learn the size: `data` is empty then. */
  sizeOnly?: boolean;
}

export interface TftpGot {
  data: Buffer;
  /** What the server accepted (OACK), by lower-case name. */
  options: ReadonlyMap<string, string>;
  /** Data packets received, repeated ones included. */
  packets: number;
}

/**
 * Fetches a file into memory.
 *
 * @throws FabricError tftp_refused (the server's words, its error code in context), tftp_timed_out (retryable).
 */
export function tftpGet(request: TftpGetOptions): Promise<TftpGot> {
  return new Promise((resolve, reject) => {
    // An address needs no resolving: this keeps Node from deferring every single send.
    const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) });
    const run = new Download(request, (packet, to) => socket.send(packet, to.port, to.address));
    const timer = setInterval(() => settle(run.tick()), Math.max(10, (request.retryMs ?? 1000) / 4));
    const settle = (result: TftpGot | FabricError | null) => {
      if (!result) return;
      clearInterval(timer);
      socket.close(() => (result instanceof FabricError ? reject(result) : resolve(result)));
    };
    socket.on('error', (error) =>
      settle(new FabricError('tftp_timed_out', `TFTP from ${request.host}: ${error.message}`, { retryable: true })),
    );
    socket.on('message', (bytes, from) => settle(run.receive(bytes, from)));
    socket.bind({ port: 0, address: request.localAddress }, () => run.start());
  });
}

type Peer = Pick<RemoteInfo, 'address' | 'port'>;

/** The receiving side, RFC 1350 with windows (RFC 7440). Methods return the result once there is one. */
class Download {
  readonly #request: TftpGetOptions;
  readonly #send: (packet: Buffer, to: Peer) => void;
  readonly #chunks: Buffer[] = [];
  readonly #first: Buffer;
  #peer: Peer | null = null;
  #options: ReadonlyMap<string, string> = new Map();
  #blockSize = 512;
  #windowSize = 1;
  #expected = 1;
  #inWindow = 0;
  #gapReported = false;
  #packets = 0;
  #last: Buffer;
  #lastSent = 0;
  #lastProgress = performance.now();
  #ended = false;

  constructor(request: TftpGetOptions, send: (packet: Buffer, to: Peer) => void) {
    this.#request = request;
    this.#send = send;
    const options = new Map<string, string>();
    if (request.blockSize !== undefined) options.set('blksize', String(request.blockSize));
    if (request.windowSize !== undefined) options.set('windowsize', String(request.windowSize));
    if (request.tsize ?? options.size > 0) options.set('tsize', '0');
    this.#first = encodeRead(request.filename, request.mode ?? 'octet', options);
    this.#last = this.#first;
  }

  start(): void {
    this.#say(this.#first);
  }

  #say(packet: Buffer): void {
    this.#last = packet;
    this.#lastSent = performance.now();
    this.#send(packet, this.#peer ?? { address: this.#request.host, port: this.#request.port ?? 69 });
  }

  tick(): FabricError | null {
    if (this.#ended) return null;
    const now = performance.now();
    if (now - this.#lastProgress > (this.#request.giveUpMs ?? 15_000)) {
      this.#ended = true;
      const { host, filename } = this.#request;
      return new FabricError('tftp_timed_out', `TFTP server ${host} did not answer for ${filename}`, {
        retryable: true,
      });
    }
    if (now - this.#lastSent >= (this.#request.retryMs ?? 1000)) this.#say(this.#last);
    return null;
  }

  receive(bytes: Buffer, from: Peer): TftpGot | FabricError | null {
    if (this.#ended || (this.#peer && from.port !== this.#peer.port)) return null;
    const packet = decodeTftp(bytes);
    if (packet?.kind === 'data') {
      this.#peer ??= { address: from.address, port: from.port };
      return this.#data(packet.block, packet.data);
    }
    if (packet?.kind === 'error') {
      this.#ended = true;
      const { host, filename } = this.#request;
      return new FabricError('tftp_refused', `TFTP server ${host} refused ${filename}: ${packet.message}`, {
        context: { code: packet.code },
      });
    }
    return packet?.kind === 'oack' ? this.#oack(packet.options, from) : null;
  }

  #oack(options: ReadonlyMap<string, string>, from: Peer): TftpGot | null {
    if (this.#expected > 1) return null;
    this.#peer ??= { address: from.address, port: from.port };
    this.#options = options;
    this.#lastProgress = performance.now();
    this.#blockSize = Number(options.get('blksize') ?? 512);
    this.#windowSize = Number(options.get('windowsize') ?? 1);
    if (this.#request.sizeOnly) {
      this.#ended = true;
      this.#say(encodeError(ERROR.OPTIONS, 'size learned'));
      return this.#got();
    }
    this.#say(encodeAck(0));
    return null;
  }

  #data(block: number, data: Buffer): TftpGot | null {
    this.#packets++;
    if (block !== (this.#expected & 0xffff)) {
      this.#outOfOrder(block);
      return null;
    }
    this.#chunks.push(data);
    this.#expected++;
    this.#inWindow++;
    this.#gapReported = false;
    const final = data.length < this.#blockSize;
    if (final || this.#inWindow >= this.#windowSize) {
      this.#inWindow = 0;
      this.#lastProgress = performance.now();
      this.#say(encodeAck(block));
    }
    if (!final) return null;
    this.#ended = true;
    return this.#got();
  }

  /** RFC 7440 §4: on a gap, name the last block that came in order; on a repeated window, its end again. */
  #outOfOrder(block: number): void {
    const ahead = (block - this.#expected) & 0xffff;
    const isGap = ahead < 0x8000;
    if (isGap ? this.#gapReported : ahead !== 0xffff) return;
    this.#gapReported = isGap;
    this.#inWindow = 0;
    this.#say(encodeAck(this.#expected - 1));
  }

  #got(): TftpGot {
    return { data: Buffer.concat(this.#chunks), options: this.#options, packets: this.#packets };
  }
}
