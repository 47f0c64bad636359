import { constants, type FileHandle, open } from 'node:fs/promises';
import { FabricError } from '../../topology/error/fabric-error.ts';

/** Where a transfer takes its blocks from. */
export interface BlockSource {
  readonly size: number;
  /**
   * Copies the bytes `offset` to `end` (not beyond `size`) into `target` at `at`; false when they have to be read from
   * disk first: then load() them.
   */
  copy(target: Buffer, at: number, offset: number, end: number): boolean;
  load(offset: number, end: number): Promise<void>;
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

  copy(target: Buffer, at: number, offset: number, end: number): boolean {
    this.#bytes.copy(target, at, offset, end);
    return true;
  }

  async load(): Promise<void> {}

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

  copy(target: Buffer, at: number, offset: number, end: number): boolean {
    if (offset === end) return true;
    const first = Math.floor(offset / PIECE);
    const last = Math.floor((end - 1) / PIECE);
    const head = this.#pieces.get(first);
    const tail = this.#pieces.get(last);
    if (!head || !tail) return false;
    const copied = head.copy(target, at, offset - first * PIECE, Math.min(end - first * PIECE, PIECE));
    if (tail !== head) tail.copy(target, at + copied, 0, end - last * PIECE);
    if ((last + 1) * PIECE < this.size && !this.#pieces.has(last + 1) && !this.#loading.has(last + 1)) {
      // A failure shows when the piece is needed and read again.
      this.#loadPiece(last + 1).catch(() => undefined);
    }
    return true;
  }

  async load(offset: number, end: number): Promise<void> {
    for (let index = Math.floor(offset / PIECE); index * PIECE < end; index++) await this.#loadPiece(index);
  }

  #loadPiece(index: number): Promise<void> {
    let loading = this.#loading.get(index);
    if (!loading && !this.#pieces.has(index)) {
      loading = this.#readPiece(index).finally(() => this.#loading.delete(index));
      this.#loading.set(index, loading);
    }
    return loading ?? Promise.resolve();
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
