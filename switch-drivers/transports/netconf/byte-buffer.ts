/**
 * Bytes of an unfinished message. One growing block: a list of the received pieces would let a peer that sends single
 * bytes use a hundred times the memory of what it sends.
 */
export class ByteBuffer {
  #bytes: Buffer = Buffer.alloc(4096);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = needed;
  }

  /** A view of all bytes but the last `cut`, valid until the next append; the buffer is empty afterwards. */
  take(cut = 0): Buffer {
    const taken = this.#bytes.subarray(0, this.#length - cut);
    // A block that once held a whole configuration is not kept for replies of some hundred bytes.
    if (this.#bytes.length > 1 << 20) this.#bytes = Buffer.alloc(4096);
    this.#length = 0;
    return taken;
  }
}
