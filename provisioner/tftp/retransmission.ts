/**
 * When to send again: RFC 6298's estimator of the round trip, with a floor for a local network instead of its one second
 * for the Internet. A client that fixed the interval by the timeout option gets exactly that.
 */
export class RetransmissionTimer {
  readonly #fixedMs: number | null;
  #smoothedMs: number | null = null;
  #variationMs = 0;
  #backoff = 1;

  constructor(fixedMs: number | null) {
    this.#fixedMs = fixedMs;
  }

  /** Milliseconds to wait for an acknowledgement now. */
  get delayMs(): number {
    if (this.#fixedMs !== null) return this.#fixedMs;
    const base = this.#smoothedMs === null ? INITIAL_MS : this.#smoothedMs + 4 * this.#variationMs;
    return Math.min(MAX_MS, Math.max(MIN_MS, base) * this.#backoff);
  }

  /** A round trip was measured on something sent only once (Karn's rule is the caller's to keep). */
  measured(ms: number): void {
    if (this.#smoothedMs === null) {
      this.#smoothedMs = ms;
      this.#variationMs = ms / 2;
    } else {
      this.#variationMs = 0.75 * this.#variationMs + 0.25 * Math.abs(this.#smoothedMs - ms);
      this.#smoothedMs = 0.875 * this.#smoothedMs + 0.125 * ms;
    }
  }

  progressed(): void {
    this.#backoff = 1;
  }

  expired(): void {
    this.#backoff = Math.min(this.#backoff * 2, 64);
  }
}

const INITIAL_MS = 500;
const MIN_MS = 30;
const MAX_MS = 4000;
