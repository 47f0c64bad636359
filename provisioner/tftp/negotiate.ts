/** What a transfer runs with after option negotiation (RFC 2347). */
export interface TransferOptions {
  /** Bytes a block, RFC 2348. */
  blockSize: number;
  /** Blocks a window, RFC 7440. */
  windowSize: number;
  /** Milliseconds before a window is sent again, when the client fixed it (RFC 2349); null: adapt to the round trip. */
  timeoutMs: number | null;
  /** The options accepted, to send as OACK; empty: start with the first block instead. */
  accepted: ReadonlyMap<string, string>;
}

/** Beyond this the socket buffers of small firmware overflow and every window is lost. */
const MAX_WINDOW = 64;
/** A Linux receiver's buffer takes 208 KiB, its own overhead included. */
const MAX_WINDOW_BYTES = 128 * 1024;
const DEFAULT_BLOCK = 512;

/** Accepts of `requested` what is known and valid; the rest is left out, as RFC 2347 says. `size` is the file's. */
export function negotiate(requested: ReadonlyMap<string, string>, size: number): TransferOptions {
  const accepted = new Map<string, string>();
  const number = (name: string, min: number, max: number): number | null => {
    const text = requested.get(name);
    if (text === undefined || !/^\d{1,10}$/.test(text)) return null;
    const value = Number(text);
    return value >= min && value <= max ? value : null;
  };

  const blockSize = number('blksize', 8, 65464);
  if (blockSize !== null) accepted.set('blksize', String(blockSize));
  const timeout = number('timeout', 1, 255);
  if (timeout !== null) accepted.set('timeout', String(timeout));
  // A read request carries tsize 0; the answer is the size (RFC 2349).
  if (requested.has('tsize')) accepted.set('tsize', String(size));
  const wanted = number('windowsize', 1, 65535);
  // RFC 7440 §3: the server may answer with less.
  const fits = Math.max(1, Math.floor(MAX_WINDOW_BYTES / (blockSize ?? DEFAULT_BLOCK)));
  const windowSize = wanted === null ? 1 : Math.min(wanted, MAX_WINDOW, fits);
  if (wanted !== null) accepted.set('windowsize', String(windowSize));

  return {
    blockSize: blockSize ?? DEFAULT_BLOCK,
    windowSize,
    timeoutMs: timeout === null ? null : timeout * 1000,
    accepted,
  };
}
