import type { Selectable } from 'kysely';
import type { FabricError } from '../../../topology/error/fabric-error.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { idleSettings, isQuarantine, sameSettings } from '../../../topology/plan/settings.ts';
import { recordEvent } from '../../store/events.ts';
import { notify } from '../../store/notify.ts';
import type { Database, OperationLeg } from '../../store/schema.ts';
import type { Trx } from '../../store/store.ts';
import { enqueueSwitches, lockOpenOperations, lockPorts, type NewIntent, portKey, writeIntent } from '../assign.ts';
import { idleVlan, type SwitchPortRow, type SwitchRow } from '../view.ts';
import type { LookDeps } from './look.ts';

export interface PortFailure {
  port: SwitchPortRow;
  error: FabricError;
  /** What is on the port now; null: nobody knows. */
  wire: PortSettings | null;
}

type OperationRow = Selectable<Database['operation']>;

/**
 * Ends the operations of ports that could not be moved: all legs or none, so the legs that did move go back as well. The
 * intent returns to what is on the wire where that is a safe place, else to where the port came from, or idle.
 */
export async function failPorts(
  deps: LookDeps,
  row: SwitchRow,
  failures: readonly PortFailure[],
  { createdBefore = null }: { createdBefore?: Date | null } = {},
): Promise<void> {
  if (failures.length === 0) return;
  await deps.store.db.transaction().execute(async (trx) => {
    const idle = idleSettings({ idleVlan: await idleVlan(trx) });
    const failing = new Map(failures.map((failure) => [portKey(row.id, failure.port.port_id), failure]));
    const touches = (operation: OperationRow) =>
      (createdBefore === null || operation.created_at < createdBefore) &&
      operation.legs.some((leg) => isOpen(leg, failing));

    // Ports are locked before operations everywhere; so look first which ports there are.
    const glimpse = (await openOperations(trx, row.id)).filter(touches);
    const ports = [
      ...glimpse.flatMap(({ legs }) => legs),
      ...failures.map(({ port }) => ({ switch: row.id, portId: port.port_id })),
    ];
    const rows = await lockPorts(
      trx,
      ports.map((leg) => ({ switchId: leg.switch, portId: leg.portId })),
    );
    const operations = (await lockOpenOperations(trx, [row.id])).filter(touches);

    for (const [key, { error }] of failing) {
      const port = rows.get(key);
      if (!port) continue;
      await trx
        .updateTable('switch_port')
        .set(createdBefore === null ? { state: 'failed', last_error: error.message } : { last_error: error.message })
        .where('switch_id', '=', port.switch_id)
        .where('port_id', '=', port.port_id)
        .execute();
    }
    const visited = new Set<string>();
    for (const operation of operations) {
      const { error } = failing.get(legKey(operation.legs.find((leg) => isOpen(leg, failing))!))!;
      const legs: OperationLeg[] = [];
      for (const leg of operation.legs) {
        const failure = leg.state === 'pending' ? failing.get(legKey(leg)) : undefined;
        const port = rows.get(legKey(leg));
        if (
          (leg.state !== 'pending' && leg.state !== 'applied') ||
          !port ||
          Number(port.generation) !== leg.generation
        ) {
          legs.push(
            leg.state === 'pending' ? { ...leg, state: 'failed', error: failure?.error.message ?? error.message } : leg,
          );
          continue;
        }
        const back = wayBack(operation, leg, idle);
        const settled = failure ? await settleFailed(trx, port, failure, back) : false;
        if (!settled) {
          await writeIntent(trx, port, back);
          if (leg.switch !== row.id || failure?.wire !== null) visited.add(leg.switch);
        }
        legs.push({
          ...leg,
          state: back.owner.kind === 'idle' ? 'quarantined' : 'rolled-back',
          error: failure?.error.message ?? `taken back, because another port of the request failed: ${error.message}`,
        });
      }
      await end(trx, operation, legs, error, row);
    }
    await enqueueSwitches(trx, visited);
  });
}

function legKey(leg: OperationLeg): string {
  return portKey(leg.switch, leg.portId);
}

function isOpen(leg: OperationLeg, failing: ReadonlyMap<string, PortFailure>): boolean {
  const failure = leg.state === 'pending' ? failing.get(legKey(leg)) : undefined;
  return failure !== undefined && leg.generation <= Number(failure.port.generation);
}

async function openOperations(trx: Trx, switchId: string): Promise<OperationRow[]> {
  const rows = await trx.selectFrom('operation').selectAll().where('state', 'in', ['pending', 'running']).execute();
  return rows.filter(({ legs }) => legs.some((leg) => leg.switch === switchId));
}

/** Where a leg goes when its operation fails: where it came from, unless that was a tenant's whom the node is leaving. */
function wayBack(operation: OperationRow, leg: OperationLeg, idle: PortSettings): NewIntent {
  const leaving = leg.fromOwner?.kind === 'tenant' && operation.placement_to !== 'tenant';
  if (!leg.from || !leg.fromOwner || leaving) return { settings: idle, owner: { kind: 'idle' } };
  return { settings: leg.from, owner: leg.fromOwner };
}

/** True when the port already is where it goes back to, or in quarantine: then that is its intent, and it is applied. */
async function settleFailed(trx: Trx, port: SwitchPortRow, failure: PortFailure, back: NewIntent): Promise<boolean> {
  const { wire } = failure;
  if (!wire) return false;
  const idle = back.owner.kind === 'idle' && isQuarantine(wire, { idleVlan: back.settings.untagged ?? 0 });
  if (!idle && !sameSettings(wire, back.settings)) return false;
  const generation = await writeIntent(trx, port, { settings: wire, owner: back.owner });
  await trx
    .updateTable('switch_port')
    .set({
      applied_generation: String(generation),
      applied_owner: JSON.stringify(back.owner),
      observed: JSON.stringify({
        ...(port.observed ?? { portId: port.port_id, operUp: null, lag: null, description: null }),
        ...wire,
      }),
      observed_at: new Date(),
      state: 'failed',
      last_error: failure.error.message,
    })
    .where('switch_id', '=', port.switch_id)
    .where('port_id', '=', port.port_id)
    .execute();
  return true;
}

async function end(
  trx: Trx,
  operation: OperationRow,
  legs: OperationLeg[],
  error: FabricError,
  row: SwitchRow,
): Promise<void> {
  await trx
    .updateTable('operation')
    .set({
      state: 'failed',
      legs: JSON.stringify(legs),
      error: JSON.stringify({ code: error.code, message: error.message, retryable: error.retryable }),
      finished_at: new Date(),
    })
    .where('id', '=', operation.id)
    .execute();
  if (operation.node_uuid && operation.placement_to && operation.placement_from) {
    const leavesTenant = operation.placement_from === 'tenant' && operation.placement_to !== 'tenant';
    await trx
      .updateTable('node')
      .set({ placement: leavesTenant ? 'idle' : operation.placement_from })
      .where('uuid', '=', operation.node_uuid)
      .where('placement', '=', operation.placement_to)
      .execute();
  }
  await notify(trx, 'switchyard_operation', operation.id);
  await recordEvent(trx, {
    kind: 'operation.failed',
    nodeUuid: operation.node_uuid,
    switchId: row.id,
    message: `${operation.reason} failed on ${row.name}: ${error.message}`,
    data: {
      operation: operation.id,
      code: error.code,
      ...('device' in error.context ? { device: error.context.device } : {}),
    },
  });
}
