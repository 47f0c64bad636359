import { notify } from './notify.ts';
import type { JsonObject } from './schema.ts';
import type { Db } from './store.ts';

export interface NewEvent {
  /** `subject.verb`, e.g. `port.applied`, `node.state`. */
  kind: string;
  message: string;
  nodeUuid?: string | null;
  switchId?: string | null;
  data?: JsonObject;
}

/** Records an event and tells `switchyard_event` its id; inside a transaction both happen at its commit. */
export async function recordEvent(db: Db, event: NewEvent): Promise<string> {
  const { id } = await db
    .insertInto('event')
    .values({
      kind: event.kind,
      message: event.message,
      node_uuid: event.nodeUuid ?? null,
      switch_id: event.switchId ?? null,
      data: JSON.stringify(event.data ?? {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await notify(db, 'switchyard_event', id);
  return id;
}
