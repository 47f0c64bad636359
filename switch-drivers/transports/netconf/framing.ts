import { isUtf8 } from 'node:buffer';
import type { FabricError } from '../../../topology/error/fabric-error.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { malformed, tooLarge } from './errors.ts';

/** RFC 6242 section 4.3 (base:1.0) and 4.2 (base:1.1). */
export type Framing = 'end-of-message' | 'chunked';

export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

const END_OF_MESSAGE = Buffer.from(']]>]]>');
/** Length of the longest proper prefix of the mark that ends at each of its bytes (Knuth, Morris, Pratt). */
const FALL_BACK = [0, 1, 0, 1, 2, 3];
const END_OF_CHUNKS = '\n##\n';
/** LF HASH, no leading zero, LF; ten digits reach 4294967295, the largest chunk of RFC 6242 section 4.2. */
const CHUNK_HEADER = /^\n#([1-9][0-9]{0,9})\n$/;
const HEADER_SO_FAR = /^\n?$|^\n#(?:#|[1-9][0-9]{0,9})?$/;
const MAX_CHUNK = 4_294_967_295;
const LF = 0x0a;

/** Cuts a NETCONF stream, however it arrives in pieces, into messages. */
export class FrameDecoder {
  readonly #maxBytes: number;
  readonly #message = new ByteBuffer();
  #framing: Framing = 'end-of-message';
  #failure: FabricError | null = null;
  /** Bytes of the end-of-message mark seen so far. */
  #matched = 0;
  /** Chunked: the header so far, and what is missing of the current chunk. */
  #header = '';
  #missing = 0;

  constructor(maxMessageBytes = MAX_MESSAGE_BYTES) {
    this.#maxBytes = maxMessageBytes;
  }

  /** Bytes held back of an unfinished message. */
  get pendingBytes(): number {
    return this.#message.length;
  }

  /** From the next message on; may be called by `onMessage`, for the hello that decides it (RFC 6242 section 4.1). */
  useChunked(): void {
    this.#framing = 'chunked';
  }

  /**
   * Takes the next piece and hands over each message it completes, in order. Throws FabricError `netconf_malformed` or
   * `netconf_too_large`, and the same error from then on.
   */
  push(piece: Uint8Array, onMessage: (text: string) => void): void {
    if (this.#failure) throw this.#failure;
    let at = 0;
    while (at < piece.length) {
      at = this.#framing === 'chunked' ? this.#chunked(piece, at, onMessage) : this.#marked(piece, at, onMessage);
    }
  }

  #marked(piece: Uint8Array, start: number, onMessage: (text: string) => void): number {
    for (let index = start; index < piece.length; index += 1) {
      const byte = piece[index]!;
      while (this.#matched > 0 && END_OF_MESSAGE[this.#matched] !== byte) this.#matched = FALL_BACK[this.#matched - 1]!;
      if (END_OF_MESSAGE[this.#matched] === byte) this.#matched += 1;
      if (this.#matched === END_OF_MESSAGE.length) {
        this.#matched = 0;
        this.#hold(piece.subarray(start, index + 1));
        onMessage(this.#finish(END_OF_MESSAGE.length));
        return index + 1;
      }
    }
    this.#hold(piece.subarray(start));
    return piece.length;
  }

  #chunked(piece: Uint8Array, start: number, onMessage: (text: string) => void): number {
    if (this.#missing > 0) {
      const end = Math.min(piece.length, start + this.#missing);
      this.#hold(piece.subarray(start, end));
      this.#missing -= end - start;
      return end;
    }
    const byte = piece[start]!;
    this.#header += String.fromCharCode(byte);
    if (byte !== LF || this.#header.length === 1) {
      if (!HEADER_SO_FAR.test(this.#header)) this.#badHeader();
    } else if (this.#header === END_OF_CHUNKS) {
      // At least one chunk makes a message, and no chunk is empty.
      if (this.#message.length === 0) this.#fail(malformed('a message without a chunk'));
      this.#header = '';
      onMessage(this.#finish(0));
    } else {
      const size = Number(CHUNK_HEADER.exec(this.#header)?.[1] ?? Number.NaN);
      if (!(size <= MAX_CHUNK)) this.#badHeader();
      if (this.#message.length + size > this.#maxBytes) this.#tooLarge();
      this.#header = '';
      this.#missing = size;
    }
    return start + 1;
  }

  #hold(bytes: Uint8Array): void {
    if (this.#message.length + bytes.length > this.#maxBytes + END_OF_MESSAGE.length) this.#tooLarge();
    this.#message.append(bytes);
  }

  #finish(cut: number): string {
    const bytes = this.#message.take(cut);
    if (!isUtf8(bytes)) this.#fail(malformed('a message that is not UTF-8'));
    return bytes.toString('utf8');
  }

  #badHeader(): never {
    this.#fail(malformed(`${JSON.stringify(this.#header)} where a chunk begins`));
  }

  #tooLarge(): never {
    this.#fail(tooLarge(`a message is larger than ${this.#maxBytes} bytes`));
  }

  #fail(error: FabricError): never {
    this.#failure = error;
    this.#message.take();
    throw error;
  }
}

/** The bytes of one message. The text comes from `writeXml`, which escapes every `>`: it cannot hold the end mark. */
export function encodeFrame(text: string, framing: Framing): Buffer {
  const body = Buffer.from(text, 'utf8');
  if (framing === 'end-of-message') return Buffer.concat([body, END_OF_MESSAGE]);
  return Buffer.concat([Buffer.from(`\n#${body.length}\n`), body, Buffer.from(END_OF_CHUNKS)]);
}
