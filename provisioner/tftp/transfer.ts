import { createSocket, type Socket } from 'node:dgram';
import { messageOf } from '../../topology/error/fabric-error.ts';
import type { BlockSource } from './block-source.ts';
import type { TransferOptions } from './negotiate.ts';
import { ackedBlock, DATA_HEADER, decodeTftp, ERROR, encodeError, encodeOack, writeDataHeader } from './packet.ts';
import { RetransmissionTimer } from './retransmission.ts';

/** How a transfer ended. `declined`: the client only wanted the options (firmware asks for tsize that way). */
export type TransferEnd = 'sent' | 'declined' | 'aborted' | 'timed-out' | 'failed' | 'stopped';

export interface TransferResult {
  end: TransferEnd;
  /** Bytes acknowledged. */
  bytes: number;
  seconds: number;
  /** Windows sent again. */
  resent: number;
  /** The client's or the system's words, when it did not end well. */
  message: string | null;
}

/** Without any progress for this long the client is gone. */
const GIVE_UP_MS = 30_000;

/** Sends one file to one client from a socket of its own (RFC 1350 §4: a transfer identifier). */
export class Transfer {
  readonly done: Promise<TransferResult>;
  readonly #source: BlockSource;
  readonly #options: TransferOptions;
  readonly #giveUpMs: number;
  readonly #socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 256 * 1024 });
  readonly #timing: RetransmissionTimer;
  readonly #started = performance.now();
  /** Blocks are counted from 1 without wrapping; on the wire they are taken modulo 65536, past 65535 comes 0. */
  readonly #lastBlock: number;
  /** The window's packets, one slot a block: nothing is allocated while blocks go out. */
  #slots: Buffer[] = [];
  /** First block not acknowledged; 0 while the OACK is not. */
  #base: number;
  /** Next block to send. */
  #next: number;
  #windowSentAt = 0;
  #windowResent = false;
  #lastProgress = this.#started;
  #deadline = 0;
  #timer: NodeJS.Timeout | undefined;
  #reading = false;
  #resent = 0;
  #resolve!: (result: TransferResult) => void;
  #ended = false;

  constructor(
    source: BlockSource,
    options: TransferOptions,
    client: { address: string; port: number },
    localAddress: string,
    giveUpMs: number = GIVE_UP_MS,
  ) {
    this.#source = source;
    this.#options = options;
    this.#giveUpMs = Math.max(giveUpMs, 5 * (options.timeoutMs ?? 0));
    this.#timing = new RetransmissionTimer(options.timeoutMs);
    this.#lastBlock = Math.floor(source.size / options.blockSize) + 1;
    this.#base = options.accepted.size > 0 ? 0 : 1;
    this.#next = this.#base;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#socket.on('message', (bytes) => this.#receive(bytes));
    // On a connected socket the kernel turns strangers away (RFC 1350 §4's error 5) and reports a client that is gone.
    this.#socket.on('error', (error) => this.#unreachable(error.message));
    this.#socket.bind({ port: 0, address: localAddress }, () => {
      if (!this.#ended) this.#socket.connect(client.port, client.address, () => this.#send());
    });
  }

  stop(): void {
    this.#finish('stopped', 'the server was stopped', encodeError(ERROR.UNDEFINED, 'server stopped'));
  }

  /**
   * The kernel tells that the client's port is closed before it hands over what the client sent last: its final
   * acknowledgement may still wait in the socket, and one more turn of the event loop reads it.
   */
  #unreachable(message: string): void {
    setImmediate(() => setImmediate(() => this.#finish('failed', message)));
  }

  #receive(bytes: Buffer): void {
    if (this.#ended) return;
    const acked = ackedBlock(bytes);
    if (acked !== null) {
      // Counted from the last acknowledged block: 0 is a duplicate, and answering those is what makes every later block
      // go out twice (RFC 1123 §4.2.3.1, the Sorcerer's Apprentice Syndrome).
      const advance = (acked - (this.#base - 1)) & 0xffff;
      const inFlight = this.#base === 0 ? 1 : this.#next - this.#base;
      if (advance >= 1 && advance <= inFlight) this.#acknowledged(advance, advance === inFlight);
      return;
    }
    const packet = decodeTftp(bytes);
    if (packet?.kind === 'error') {
      const end = this.#base === 0 || packet.code === ERROR.OPTIONS ? 'declined' : 'aborted';
      this.#finish(end, packet.message || `error ${packet.code}`);
    }
  }

  #acknowledged(advance: number, whole: boolean): void {
    const now = performance.now();
    if (whole && !this.#windowResent) this.#timing.measured(now - this.#windowSentAt);
    this.#timing.progressed();
    this.#lastProgress = now;
    this.#windowResent = !whole;
    this.#base += advance;
    if (this.#base > this.#lastBlock) {
      this.#finish('sent', null);
      return;
    }
    // Part of a window acknowledged: what came after it was lost, go back (RFC 7440 §4).
    this.#next = this.#base;
    this.#send();
  }

  /** Sends the OACK, or what is left of the window. */
  #send(): void {
    if (this.#ended || this.#reading) return;
    if (this.#base === 0) {
      this.#socket.send(encodeOack(this.#options.accepted));
      this.#sentWindow();
      return;
    }
    const { blockSize, windowSize } = this.#options;
    const windowEnd = Math.min(this.#base + windowSize, this.#lastBlock + 1);
    if (this.#next === this.#base) this.#freeSlots();
    while (this.#next < windowEnd) {
      const offset = (this.#next - 1) * blockSize;
      const end = Math.min(offset + blockSize, this.#source.size);
      const slot = this.#slots[this.#next - this.#base]!;
      if (!this.#source.copy(slot, DATA_HEADER, offset, end)) {
        this.#load(offset, end);
        return;
      }
      writeDataHeader(slot, this.#next);
      const length = DATA_HEADER + end - offset;
      this.#socket.send(length === slot.length ? slot : slot.subarray(0, length));
      this.#next++;
    }
    this.#sentWindow();
  }

  /** The slots may be written again unless the kernel took too little and packets wait in the socket's own queue. */
  #freeSlots(): void {
    if (this.#slots.length > 0 && this.#socket.getSendQueueCount() === 0) return;
    const { blockSize, windowSize } = this.#options;
    const length = DATA_HEADER + blockSize;
    const slab = Buffer.allocUnsafeSlow(length * windowSize);
    this.#slots = Array.from({ length: windowSize }, (_, index) => slab.subarray(index * length, (index + 1) * length));
  }

  #load(offset: number, end: number): void {
    this.#reading = true;
    this.#source.load(offset, end).then(
      () => {
        this.#reading = false;
        this.#send();
      },
      (error: unknown) => this.#finish('failed', messageOf(error), encodeError(ERROR.UNDEFINED, 'read error')),
    );
  }

  #sentWindow(): void {
    this.#windowSentAt = performance.now();
    this.#deadline = this.#windowSentAt + this.#timing.delayMs;
    this.#timer ??= setTimeout(() => this.#tick(), this.#timing.delayMs);
  }

  /** One timer that looks at the deadline, instead of a new one for each of tens of thousands of windows. */
  #tick(): void {
    this.#timer = undefined;
    if (this.#ended) return;
    const now = performance.now();
    if (this.#reading) {
      this.#timer = setTimeout(() => this.#tick(), this.#timing.delayMs);
    } else if (now < this.#deadline) {
      this.#timer = setTimeout(() => this.#tick(), Math.ceil(this.#deadline - now));
    } else if (now - this.#lastProgress >= this.#giveUpMs) {
      const words = `no acknowledgement for ${Math.round(this.#giveUpMs / 1000)} s`;
      this.#finish('timed-out', words, encodeError(ERROR.UNDEFINED, 'timed out'));
    } else {
      this.#timing.expired();
      this.#windowResent = true;
      this.#resent++;
      this.#next = this.#base;
      this.#send();
    }
  }

  #finish(end: TransferEnd, message: string | null, farewell?: Buffer): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    const bytes = Math.min(this.#source.size, Math.max(0, this.#base - 1) * this.#options.blockSize);
    const seconds = (performance.now() - this.#started) / 1000;
    const close = () =>
      this.#socket.close(() => {
        // A read error at closing changes nothing for the client: the outcome is already known.
        const settle = () => this.#resolve({ end, bytes, seconds, resent: this.#resent, message });
        this.#source.close().then(settle, settle);
      });
    if (!farewell) close();
    else this.#sayFarewell(farewell, close);
  }

  #sayFarewell(packet: Buffer, then: () => void): void {
    try {
      this.#socket.send(packet, then);
    } catch {
      // Not connected yet: then there is nobody to tell.
      then();
    }
  }
}
