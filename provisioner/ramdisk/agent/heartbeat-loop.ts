import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../../topology/error/fabric-error.ts';

/** Tells the conductor again and again that the agent is there, early when something happened. */
export class HeartbeatLoop {
  readonly #send: () => Promise<void>;
  readonly #timeoutMs: number;
  readonly #log: (line: string) => void;
  #wanted = false;
  #wake = new AbortController();

  /** `timeoutMs`: after this long without a heartbeat the conductor gives the agent up. */
  constructor(send: () => Promise<void>, timeoutMs: number, log: (line: string) => void) {
    this.#send = send;
    this.#timeoutMs = timeoutMs;
    this.#log = log;
  }

  beatNow(): void {
    this.#wanted = true;
    this.#wake.abort();
  }

  /** Runs until `signal`. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#wanted = false;
      this.#wake = new AbortController();
      const wait = await this.#beat(signal);
      if (this.#wanted) continue;
      await delay(wait, undefined, { signal: AbortSignal.any([signal, this.#wake.signal]) }).catch((error) => {
        if (error?.name !== 'AbortError') throw error;
      });
    }
  }

  /** Returns the ms to wait; spread so that a rack that booted together does not call together. */
  async #beat(signal: AbortSignal): Promise<number> {
    try {
      await this.#send();
      return this.#timeoutMs * (0.3 + 0.3 * Math.random());
    } catch (error) {
      if (!signal.aborted) this.#log(`heartbeat: ${messageOf(error)}`);
      const longest = this.#timeoutMs * 0.3;
      return Math.min(longest, 5000 * (1 + Math.random()));
    }
  }
}
