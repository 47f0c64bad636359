import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedDevice } from './device.ts';

/** What became of a line that a device received. */
export type Fate<T> =
  /** The connection is to be cut; whether the line was executed is for the client to find out. */
  | { kind: 'cut' }
  /** Taken without a word, and without effect. */
  | { kind: 'ignored' }
  | { kind: 'refused'; text: string }
  | { kind: 'done'; result: T };

/**
 * Executes a line under the device's latency and faults. `waiting` is called before each wait, so that what was written so
 * far can go out.
 */
export async function underFaults<T>(
  device: SimulatedDevice,
  line: string,
  execute: () => T | Promise<T>,
  waiting: () => void = () => {},
): Promise<Fate<T>> {
  const { faults, knobs } = device;
  if (knobs.lineLatencyMs > 0) {
    waiting();
    await sleep(knobs.lineLatencyMs);
  }
  const dropped = faults.drop?.line.test(line) === true ? faults.drop : null;
  if (dropped?.when === 'before' || countedDown(device)) return { kind: 'cut' };
  if (faults.ignore?.test(line)) return { kind: 'ignored' };
  if (faults.reject?.line.test(line)) return { kind: 'refused', text: faults.reject.text };
  if (faults.editOn?.line.test(line)) faults.editOn.edit(device.model);
  const result = await execute();
  if (dropped) return { kind: 'cut' };
  if (faults.stall?.line.test(line)) {
    waiting();
    await sleep(faults.stall.ms);
  }
  return { kind: 'done', result };
}

function countedDown({ faults }: SimulatedDevice): boolean {
  if (faults.dropAfterLines === null) return false;
  faults.dropAfterLines -= 1;
  if (faults.dropAfterLines > 0) return false;
  faults.dropAfterLines = null;
  return true;
}
