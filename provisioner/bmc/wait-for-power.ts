import { setTimeout as sleep } from 'node:timers/promises';
import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { Bmc, PowerState } from './bmc.ts';

/**
 * Polls until the server is in `wanted`. Passing faults of the BMC (retryable errors) count as "not yet": many BMCs
 * drop a request while the chassis switches. Times in ms. Throws `bmc_power_timeout`.
 */
export async function waitForPower(
  bmc: Pick<Bmc, 'powerState'>,
  wanted: PowerState,
  options: { timeoutMs?: number; pollMs?: number; signal?: AbortSignal } = {},
): Promise<void> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const deadline = performance.now() + timeoutMs;
  let last = 'no answer';
  for (;;) {
    try {
      const state = await bmc.powerState();
      if (state === wanted) return;
      last = state;
    } catch (error) {
      if (!isFabricError(error) || !error.retryable) throw error;
      last = error.message;
    }
    if (performance.now() >= deadline) {
      throw new FabricError(
        'bmc_power_timeout',
        `The server did not reach "${wanted}" within ${Math.round(timeoutMs / 1000)} s (last seen: ${last}). ` +
          'Look at its console, or set the power by hand and try again.',
        { retryable: true, context: { wanted, last } },
      );
    }
    await sleep(options.pollMs ?? 1000, undefined, options.signal ? { signal: options.signal } : {});
  }
}
