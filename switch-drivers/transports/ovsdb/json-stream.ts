import { isUtf8 } from 'node:buffer';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { JsonObject } from './json.ts';

export interface JsonStreamLimits {
  /** Largest single message in bytes; a peer that sends more is cut off. Default 64 MiB. */
  maxMessageBytes?: number;
  /** Deepest nesting of arrays and objects. Default 128; OVSDB itself needs about ten. */
  maxDepth?: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Cuts a byte stream into the JSON objects it is made of (RFC 7047 section 4: JSON-RPC over a stream, with neither a
 * separator nor a length). Objects may be back to back, several in a chunk or one over many chunks.
 *
 * The scan works on bytes: every byte of a multi-byte UTF-8 sequence is >= 0x80 and so is never taken for a quote or a
 * bracket, and a chunk may end inside such a sequence.
 */
export class JsonStream {
  readonly #maxMessageBytes: number;
  readonly #maxDepth: number;
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #failure: FabricError | null = null;

  constructor(limits: JsonStreamLimits = {}) {
    this.#maxMessageBytes = limits.maxMessageBytes ?? 64 * 1024 * 1024;
    this.#maxDepth = limits.maxDepth ?? 128;
  }

  /** Bytes of an unfinished object held back. */
  get pendingBytes(): number {
    return this.#partBytes;
  }

  /**
   * Takes the next chunk and hands over each object it completes, in order.
   * Throws FabricError `ovsdb_malformed` (not JSON objects in UTF-8) or `ovsdb_too_large`; the place in the stream is
   * lost then, so every later call throws the same error.
   */
  push(chunk: Uint8Array, onObject: (object: JsonObject) => void): void {
    if (this.#failure) throw this.#failure;
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index]!;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      switch (byte) {
        case QUOTE:
          if (this.#depth === 0) this.#stray(byte);
          this.#inString = true;
          break;
        case 0x7b: // {
        case 0x5b: // [
          if (this.#depth === 0) {
            if (byte === 0x5b) this.#stray(byte);
            start = index;
          }
          this.#depth += 1;
          if (this.#depth > this.#maxDepth) {
            this.#fail('ovsdb_malformed', `a message is nested more than ${this.#maxDepth} levels deep`);
          }
          break;
        case 0x7d: // }
        case 0x5d: // ]
          if (this.#depth === 0) this.#stray(byte);
          this.#depth -= 1;
          if (this.#depth === 0) {
            this.#hold(chunk.subarray(start, index + 1));
            onObject(this.#finish());
          }
          break;
        case 0x20:
        case 0x09:
        case 0x0a:
        case 0x0d:
          break;
        default:
          if (this.#depth === 0) this.#stray(byte);
      }
    }
    if (this.#depth > 0) this.#hold(chunk.subarray(start));
  }

  #hold(part: Uint8Array): void {
    if (this.#partBytes + part.length > this.#maxMessageBytes) {
      this.#fail('ovsdb_too_large', `a message is larger than ${this.#maxMessageBytes} bytes`);
    }
    this.#parts.push(part);
    this.#partBytes += part.length;
  }

  #finish(): JsonObject {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts, this.#partBytes);
    this.#parts = [];
    this.#partBytes = 0;
    if (!isUtf8(bytes)) this.#fail('ovsdb_malformed', 'a message is not UTF-8');
    try {
      // Starts with "{" and ends where its bracket closes: what parses is an object.
      return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as JsonObject;
    } catch (cause) {
      this.#fail('ovsdb_malformed', 'a message is not valid JSON', cause);
    }
  }

  #stray(byte: number): never {
    this.#fail('ovsdb_malformed', `byte 0x${byte.toString(16).padStart(2, '0')} between messages`);
  }

  #fail(code: string, what: string, cause?: unknown): never {
    this.#parts = [];
    this.#partBytes = 0;
    this.#failure = new FabricError(
      code,
      `The OVSDB peer sent something else than JSON-RPC: ${what}. Check the address.`,
      {
        cause,
      },
    );
    throw this.#failure;
  }
}
