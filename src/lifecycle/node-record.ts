import { randomUUID } from 'node:crypto';
import type { Selectable, Updateable } from 'kysely';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Database } from '../store/schema.ts';
import type { Db, Trx } from '../store/store.ts';

export type NodeRow = Selectable<Database['node']>;
export type NodeUpdate = Updateable<Database['node']>;

/**
 * Where a node's worker stands. `id` is renewed when a verb starts a flow: whoever holds an older id has been overtaken
 * and may write nothing more. `step` is the step to run next (a crash runs it again); `data` is the flow's own memory.
 */
export interface Cursor {
  id: string;
  step: string | null;
  since: string;
  /** Time by which the state must be left; null = none. */
  deadline: string | null;
  data: Record<string, unknown>;
}

export function newCursor(step: string | null, data: Record<string, unknown> = {}): Cursor {
  return { id: randomUUID(), step, since: new Date().toISOString(), deadline: null, data };
}

export function cursorOf(node: NodeRow): Cursor {
  const stored = node.cursor as Partial<Cursor>;
  return {
    id: stored.id ?? '',
    step: stored.step ?? null,
    since: stored.since ?? new Date(0).toISOString(),
    deadline: stored.deadline ?? null,
    data: stored.data ?? {},
  };
}

export async function findNode(db: Db, uuid: string): Promise<NodeRow> {
  const node = await db.selectFrom('node').selectAll().where('uuid', '=', uuid).executeTakeFirst();
  if (!node) throw nodeNotFound(uuid);
  return node;
}

/** The row, locked until the transaction ends. */
export async function lockNode(trx: Trx, uuid: string): Promise<NodeRow> {
  const node = await trx.selectFrom('node').selectAll().where('uuid', '=', uuid).forUpdate().executeTakeFirst();
  if (!node) throw nodeNotFound(uuid);
  return node;
}

function nodeNotFound(uuid: string): FabricError {
  return new FabricError('node_not_found', `Node ${uuid} could not be found.`, { context: { node: uuid } });
}

/** The name a person knows the node by. */
export function labelOf(node: Pick<NodeRow, 'name' | 'uuid'>): string {
  return node.name ?? node.uuid;
}
