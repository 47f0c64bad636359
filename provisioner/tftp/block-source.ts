import { constants, type FileHandle, open } from 'node:fs/promises';
import { FabricError } from '../../topology/error/fabric-error.ts';

/** Where a transfer takes its blocks from. */
export interface BlockSource {
  readonly size: number;
  /** The bytes from `offset` on, at most `length`; a promise only when they have to be read from disk first. */
  read(offset: number, length: number): Buffer | Promise<Buffer>;
  close(): Promise<void>;
}

export class BufferSource implements BlockSource {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  read(offset: number, length: number): Buffer {
    return this.#bytes.subarray(offset, offset + length);
  }

  async close(): Promise<void> {}
}

/** Read in pieces of this size: a transfer costs this much memory, twice, whatever the size of its file. */
const PIECE = 512 * 1024;

/** A file, with the next piece read ahead while the present one is being sent. */
export class FileSource implements BlockSource {
  readonly size: number;
  readonly #file: FileHandle;
  /** By index; at most the last two, so that a resent window still finds its blocks. */
  readonly #pieces = new Map<number, Buffer>();
  readonly #loading = new Map<number, Promise<void>>();

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** @throws FabricError tftp_not_a_file, or the system's error. */
  static async open(path: string): Promise<FileSource> {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile()) {
      await file.close();
      throw new FabricError('tftp_not_a_file', `${path} is not a regular file`, { context: { path } });
    }
    return new FileSource(file, stat.size);
  }

  read(offset: number, length: number): Buffer | Promise<Buffer> {
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return Buffer.alloc(0);
    const first = Math.floor(offset / PIECE);
    const last = Math.floor((end - 1) / PIECE);
    const ready = this.#slice(offset, end, first, last);
    if (!ready) return this.#load(first, last).then(() => this.read(offset, length));
    if ((last + 1) * PIECE < this.size && !this.#pieces.has(last + 1)) {
      // A failure shows when the piece is needed and read again.
      this.#load(last + 1, last + 1).catch(() => undefined);
    }
    return ready;
  }

  #slice(offset: number, end: number, first: number, last: number): Buffer | null {
    const head = this.#pieces.get(first);
    if (!head) return null;
    if (first === last) return head.subarray(offset - first * PIECE, end - first * PIECE);
    const tail = this.#pieces.get(last);
    return tail ? Buffer.concat([head.subarray(offset - first * PIECE), tail.subarray(0, end - last * PIECE)]) : null;
  }

  async #load(first: number, last: number): Promise<void> {
    for (let index = first; index <= last; index++) {
      if (this.#pieces.has(index)) continue;
      let loading = this.#loading.get(index);
      if (!loading) {
        loading = this.#readPiece(index).finally(() => this.#loading.delete(index));
        this.#loading.set(index, loading);
      }
      await loading;
    }
  }

  async #readPiece(index: number): Promise<void> {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, this.size - index * PIECE));
    for (let at = 0; at < piece.length; ) {
      const { bytesRead } = await this.#file.read(piece, at, piece.length - at, index * PIECE + at);
      if (bytesRead === 0) throw new FabricError('tftp_file_shrank', 'The file became shorter while it was being sent');
      at += bytesRead;
    }
    this.#pieces.set(index, piece);
    for (const old of this.#pieces.keys()) {
      if (old < index - 2) this.#pieces.delete(old);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#loading.values());
    await this.#file.close();
  }
}

/** RFC 764's netascii: a line ends with CR LF, a bare CR is CR NUL. */
export function toNetascii(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === 0x0a) out.push(0x0d, 0x0a);
    else if (byte === 0x0d) out.push(0x0d, 0);
    else out.push(byte);
  }
  return Buffer.from(out);
}
