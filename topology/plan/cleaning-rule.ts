import type { Placement } from '../networks/network.ts';
import type { Violation } from './model.ts';

/** One stay of a node, oldest first in a history. */
export interface PlacementRecord {
  placement: Placement;
  /** The tenant, for placement `tenant`. */
  projectId: string | null;
  /** For `cleaning`: it ran to its end and succeeded. Ignored for others. */
  completed: boolean;
}

/** Rule 5: a tenant gets the node only if since the last other tenant a cleaning was completed. */
export function checkCleaned(
  history: readonly PlacementRecord[],
  next: Pick<PlacementRecord, 'placement' | 'projectId'>,
): Violation[] {
  if (next.placement !== 'tenant') return [];
  for (const stay of [...history].reverse()) {
    if (stay.placement === 'cleaning' && stay.completed) return [];
    const foreign = stay.projectId === null || stay.projectId !== next.projectId;
    if (stay.placement === 'tenant' && foreign) {
      const message = `the node comes from tenant ${stay.projectId} and was not cleaned since; clean it first`;
      return [{ rule: 5, portId: null, message }];
    }
  }
  return [];
}
