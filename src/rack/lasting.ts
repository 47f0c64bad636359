import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 50;

/** Waits as long as `durationMs` says, which may change its mind meanwhile. */
export async function lasting(durationMs: () => number, signal?: AbortSignal): Promise<void> {
  const from = performance.now();
  for (;;) {
    const left = from + durationMs() - performance.now();
    if (left <= 0) return;
    await sleep(Math.min(STEP_MS, left), undefined, signal ? { signal } : {});
  }
}
