import type { Bmc } from '../../provisioner/bmc/bmc.ts';
import type { LifecycleDeps } from './deps.ts';
import type { Cursor, NodeRow, NodeUpdate } from './node-record.ts';

export interface StepContext {
  deps: LifecycleDeps;
  /** As read when the step began. */
  node: NodeRow;
  cursor: Cursor;
  bmc: Bmc;
  /** Aborted when the controller stops or the node was taken over by a verb. */
  signal: AbortSignal;
  /** Writes to the node as long as this flow still owns it, else throws Superseded. Renews `node`. */
  save(update: NodeUpdate): Promise<void>;
  /** Merges into cursor.data, same rule. */
  remember(data: Record<string, unknown>): Promise<void>;
  report(kind: string, message: string, data?: Record<string, unknown>): Promise<void>;
}

/**
 * One idempotent piece of a node's life: killed anywhere, it is simply run again. `suspend` ends the worker's turn: the
 * node now waits, and what it waits for (a heartbeat, a report, the deadline) wakes the flow at the next step.
 */
export interface Step {
  name: string;
  /** For people: what is being done. */
  title: string;
  run(context: StepContext): Promise<'next' | 'suspend'>;
}

/** A verb took the node over while the worker was busy with it; the worker lets go silently. */
export class Superseded extends Error {
  constructor() {
    super('superseded');
    this.name = 'Superseded';
  }
}
