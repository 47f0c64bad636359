import { recordEvent } from '../store/events.ts';
import type { Trx } from '../store/store.ts';
import { assign, lockManagedPorts, type Wanted } from './assign.ts';
import type { ChangeRequest, Operation } from './fabric.ts';
import { intendedPorts } from './view.ts';

/** Fabric.settle, for several switches: only ports whose intent changes, or failed, are moved. */
export async function settle(trx: Trx, switchIds: readonly string[], request: ChangeRequest): Promise<Operation> {
  // Locked before the intents are computed: what is computed first and written later would undo a move that came between.
  await lockManagedPorts(trx, switchIds);
  const { drafts, problems } = await intendedPorts(trx, switchIds);
  for (const { switchId, portId, error } of problems) {
    await recordEvent(trx, {
      kind: 'port.idle',
      switchId,
      message: `port ${portId} rests in idle: ${error.message}`,
      data: { portId },
    });
  }
  const wanted = [...drafts].flatMap(([switchId, list]) => list.map((draft): Wanted => ({ ...draft, switchId })));
  return assign(trx, wanted, { kind: 'settle', request, nodeUuid: null }, { always: false });
}
