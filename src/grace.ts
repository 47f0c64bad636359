import { setTimeout as sleep } from 'node:timers/promises';

/**
 * As `work`, until `stop` is aborted: from then on it gets `graceMs` to end, after which this rejects with the reason of
 * the abort and `work` is left to itself. Only for work that may be broken off anywhere, as a crash would.
 */
export async function withGrace<T>(work: Promise<T>, stop: AbortSignal, graceMs: number): Promise<T> {
  const settled = new AbortController();
  // Whoever was left to itself has nobody to tell how it ended.
  work.then(
    () => settled.abort(),
    () => settled.abort(),
  );
  const abandoned = async (): Promise<never> => {
    await aborted(stop, settled.signal);
    await sleep(graceMs, undefined, { signal: settled.signal }).catch(() => {});
    // What settled in the meantime wins the race below.
    if (settled.signal.aborted) await work;
    throw stop.reason;
  };
  return Promise.race([work, abandoned()]);
}

/** Resolves when `signal` is aborted; waits for ever, without a trace, once `unless` is. */
function aborted(signal: AbortSignal, unless: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, signal: unless });
  });
}
