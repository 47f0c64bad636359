import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../topology/error/fabric-error.ts';
import { withGrace } from '../grace.ts';
import type { LifecycleDeps } from './deps.ts';
import { syncPower } from './power-sync.ts';
import { UNSTABLE_STATES } from './states.ts';

/** Time a look is given to end by itself when the controller stops. */
const GRACE_MS = 1_000;

/** Jobs carry no state, so a node that has work to do can be looked at once more at any time. */
async function wakeUnfinished(deps: LifecycleDeps): Promise<void> {
  const nodes = await deps.store.db
    .selectFrom('node')
    .select('uuid')
    .where((eb) =>
      eb.or([
        eb('provision_state', 'in', [...UNSTABLE_STATES]).and(
          eb.or([
            eb('provision_state', 'not in', ['inspect wait', 'clean wait', 'wait call-back']),
            eb(eb.ref('cursor', '->>').key('deadline'), '<', new Date().toISOString()),
          ]),
        ),
        eb(eb.ref('cursor', '->>').key('step'), 'is not', null).and('provision_state', 'in', [
          'inspect failed',
          'clean failed',
          'deploy failed',
          'error',
        ]),
        eb('target_power_state', 'is not', null),
      ]),
    )
    .execute();
  for (const { uuid } of nodes) await deps.store.enqueue(deps.store.db, { kind: 'node', id: uuid });
}

export interface SweeperOptions {
  /** Milliseconds between looks for unfinished nodes. */
  sweepMs: number;
  /** Milliseconds between readings of every node's power; 0 = never. */
  powerSyncMs: number;
}

/**
 * Two loops beside the jobs: one finds nodes whose time is up or whose job was lost (a crash between two writes), one
 * keeps the recorded power true. Returns a function that ends both.
 */
export function startSweeper(deps: LifecycleDeps, options: SweeperOptions): () => Promise<void> {
  const stop = new AbortController();
  const every = async (periodMs: number, what: string, look: () => Promise<void>) => {
    while (!stop.signal.aborted) {
      try {
        await withGrace(look(), stop.signal, GRACE_MS);
      } catch (error) {
        if (stop.signal.aborted) return;
        deps.log.warn(`${what} failed`, { error: messageOf(error) });
      }
      await sleep(periodMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const loops = [every(options.sweepMs, 'looking for unfinished nodes', () => wakeUnfinished(deps))];
  if (options.powerSyncMs > 0) {
    loops.push(every(options.powerSyncMs, 'reading the power of the nodes', () => syncPower(deps, stop.signal)));
  }
  return async () => {
    stop.abort();
    await Promise.all(loops);
  };
}
