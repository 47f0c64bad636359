import type { SwitchState } from '../../../topology/plan/model.ts';
import { settingsOf } from '../../../topology/plan/settings.ts';
import { recordEvent } from '../../store/events.ts';
import { enqueue } from '../../store/jobs/enqueue.ts';
import { notify } from '../../store/notify.ts';
import type { OperationLeg } from '../../store/schema.ts';
import { lockOpenOperations, lockPorts, portKey } from '../assign.ts';
import type { SwitchPortRow, SwitchRow } from '../view.ts';
import type { LookDeps } from './look.ts';

/**
 * The last look before something is sent: false when an intent is newer than what the plan was made from (or its port went).
 * Its operations are running from here on.
 */
export async function markRunning(deps: LookDeps, switchId: string, ports: readonly SwitchPortRow[]): Promise<boolean> {
  return deps.store.db.transaction().execute(async (trx) => {
    const rows = await lockPorts(
      trx,
      ports.map((port) => ({ switchId, portId: port.port_id })),
    );
    for (const port of ports) {
      const now = rows.get(portKey(switchId, port.port_id));
      if (!now?.managed || now.generation !== port.generation) return false;
    }
    const moving = new Set(ports.map((port) => port.port_id));
    for (const operation of await lockOpenOperations(trx, [switchId])) {
      if (operation.state !== 'pending') continue;
      if (!operation.legs.some((leg) => leg.switch === switchId && moving.has(leg.portId))) continue;
      await trx.updateTable('operation').set({ state: 'running' }).where('id', '=', operation.id).execute();
      await notify(trx, 'switchyard_operation', operation.id);
    }
    return true;
  });
}

/** Records what was read back as applied, and ends the operations that have no open leg left. */
export async function markApplied(
  deps: LookDeps,
  row: SwitchRow,
  ports: readonly SwitchPortRow[],
  readBack: SwitchState,
  mustSave: boolean,
): Promise<void> {
  if (ports.length === 0) return;
  await deps.store.db.transaction().execute(async (trx) => {
    const rows = await lockPorts(
      trx,
      ports.map((port) => ({ switchId: row.id, portId: port.port_id })),
    );
    const now = new Date();
    for (const port of ports) {
      const current = rows.get(portKey(row.id, port.port_id));
      const state = readBack.ports.get(port.port_id);
      if (!current || !state) continue;
      await trx
        .updateTable('switch_port')
        .set({
          observed: JSON.stringify(state),
          observed_at: now,
          applied_generation: port.generation,
          applied_owner: JSON.stringify(port.owner),
          state: current.generation === port.generation ? 'applied' : 'pending',
          last_error: null,
        })
        .where('switch_id', '=', row.id)
        .where('port_id', '=', port.port_id)
        .execute();
    }
    const done = new Map(ports.map((port) => [port.port_id, port]));
    for (const operation of await lockOpenOperations(trx, [row.id])) {
      const legs = operation.legs.map((leg): OperationLeg => {
        const port = leg.switch === row.id ? done.get(leg.portId) : undefined;
        if (!port || leg.state !== 'pending' || leg.generation > Number(port.generation)) return leg;
        const state = readBack.ports.get(leg.portId);
        return { ...leg, state: 'applied', readBack: state ? settingsOf(state) : null, readBackAt: now.toISOString() };
      });
      if (legs.every((leg, index) => leg === operation.legs[index])) continue;
      const ended = legs.every((leg) => leg.state === 'applied');
      await trx
        .updateTable('operation')
        .set({ legs: JSON.stringify(legs), state: ended ? 'succeeded' : 'running', finished_at: ended ? now : null })
        .where('id', '=', operation.id)
        .execute();
      await notify(trx, 'switchyard_operation', operation.id);
      if (!ended) continue;
      await recordEvent(trx, {
        kind: 'operation.succeeded',
        nodeUuid: operation.node_uuid,
        switchId: row.id,
        message: `${operation.reason}: ${legs.length} port${legs.length === 1 ? '' : 's'} as intended, read back from the switch`,
        data: { operation: operation.id },
      });
    }
    if (!mustSave) return;
    const due = new Date(now.getTime() + deps.persistQuietMs);
    await trx.updateTable('switch').set({ persist_due_at: due }).where('id', '=', row.id).execute();
    await enqueue(trx, { kind: 'switch', id: row.id, runAt: due });
  });
}
