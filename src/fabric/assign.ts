import { sql } from 'kysely';
import type { IntentDraft } from '../../topology/intent/compute-intents.ts';
import type { IntentOwner, PortSettings } from '../../topology/plan/model.ts';
import { sameSettings } from '../../topology/plan/settings.ts';
import { enqueue } from '../store/jobs/enqueue.ts';
import { notify } from '../store/notify.ts';
import type { OperationLeg } from '../store/schema.ts';
import type { Trx } from '../store/store.ts';
import type { Operation } from './fabric.ts';
import { insertOperation, type NewOperation } from './operations.ts';
import type { SwitchPortRow } from './view.ts';

export interface Wanted extends IntentDraft {
  switchId: string;
}

export function portKey(switchId: string, portId: string): string {
  return JSON.stringify([switchId, portId]);
}

/** The rows, locked. Always in the same order, so that two writers wait for each other instead of dying together. */
export async function lockPorts(
  trx: Trx,
  ports: ReadonlyArray<{ switchId: string; portId: string }>,
): Promise<Map<string, SwitchPortRow>> {
  if (ports.length === 0) return new Map();
  const rows = await trx
    .selectFrom('switch_port')
    .selectAll()
    .where((eb) =>
      eb(
        eb.refTuple('switch_id', 'port_id'),
        'in',
        ports.map(({ switchId, portId }) => eb.tuple(switchId, portId)),
      ),
    )
    .orderBy('switch_id')
    .orderBy('port_id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [portKey(row.switch_id, row.port_id), row]));
}

/** All managed ports of these switches, locked in the same order. */
export async function lockManagedPorts(trx: Trx, switchIds: readonly string[]): Promise<void> {
  if (switchIds.length === 0) return;
  await trx
    .selectFrom('switch_port')
    .select('port_id')
    .where('switch_id', 'in', switchIds)
    .where('managed', '=', true)
    .orderBy('switch_id')
    .orderBy('port_id')
    .forUpdate()
    .execute();
}

export interface NewIntent {
  settings: PortSettings;
  owner: IntentOwner;
}

/** A new intent for a locked port; returns its generation. */
export async function writeIntent(trx: Trx, row: SwitchPortRow, intent: NewIntent): Promise<number> {
  const generation = Number(row.generation) + 1;
  await trx
    .updateTable('switch_port')
    .set({
      intent: JSON.stringify(intent.settings),
      owner: JSON.stringify(intent.owner),
      generation: String(generation),
      state: 'pending',
      last_error: null,
    })
    .where('switch_id', '=', row.switch_id)
    .where('port_id', '=', row.port_id)
    .execute();
  return generation;
}

/**
 * Writes intents, the operation that follows them and a job for each switch. `always`: each port is looked at even if its
 * intent stays, so that success is told from the switch and not from memory.
 */
export async function assign(
  trx: Trx,
  wanted: readonly Wanted[],
  operation: Omit<NewOperation, 'legs'>,
  { always }: { always: boolean },
): Promise<Operation> {
  const rows = await lockPorts(trx, wanted);
  const legs: OperationLeg[] = [];
  for (const want of wanted) {
    const row = rows.get(portKey(want.switchId, want.portId));
    if (!row) continue;
    const stands = row.intent !== null && sameSettings(row.intent, want.settings) && sameOwner(row.owner, want.owner);
    if (stands && (row.state === 'applied' || row.state === 'pending') && !always) continue;
    legs.push({
      switch: want.switchId,
      portId: want.portId,
      generation: await writeIntent(trx, row, want),
      from: row.intent ?? row.observed,
      fromOwner: row.owner,
      to: want.settings,
      state: 'pending',
    });
  }
  const created = await insertOperation(trx, { ...operation, legs });
  await overtake(trx, created);
  await enqueueSwitches(
    trx,
    legs.map((leg) => leg.switch),
  );
  return created;
}

/** A job for each switch, in one order for all writers: the rows of waiting jobs are locked too. */
export async function enqueueSwitches(trx: Trx, switchIds: Iterable<string>): Promise<void> {
  for (const id of [...new Set(switchIds)].sort()) await enqueue(trx, { kind: 'switch', id });
}

export function sameOwner(a: IntentOwner | null, b: IntentOwner): boolean {
  if (a === null || a.kind !== b.kind) return false;
  if (a.kind === 'role' && b.kind === 'role') return a.role === b.role;
  if (a.kind === 'tenant' && b.kind === 'tenant') return a.projectId === b.projectId && a.networkId === b.networkId;
  return true;
}

/** Open operations on the same ports: one that wants the same follows the new generation, another has been overtaken. */
async function overtake(trx: Trx, newer: Operation): Promise<void> {
  if (newer.legs.length === 0) return;
  const switches = [...new Set(newer.legs.map((leg) => leg.switch))];
  const open = await lockOpenOperations(trx, switches);
  const legs = new Map(newer.legs.map((leg) => [portKey(leg.switch, leg.portId), leg]));
  for (const operation of open) {
    if (operation.id === newer.id) continue;
    let overtaken = false;
    let touched = false;
    const after = operation.legs.map((leg): OperationLeg => {
      const now = legs.get(portKey(leg.switch, leg.portId));
      if (!now || leg.state !== 'pending') return leg;
      touched = true;
      if (sameSettings(now.to, leg.to)) return { ...leg, generation: now.generation };
      overtaken = true;
      return { ...leg, state: 'failed', error: `overtaken by operation ${newer.id} (${newer.reason})` };
    });
    if (!touched) continue;
    await trx
      .updateTable('operation')
      .set({
        legs: JSON.stringify(after),
        ...(overtaken
          ? {
              state: 'failed' as const,
              finished_at: new Date(),
              error: JSON.stringify({
                code: 'operation_overtaken',
                message: `A newer request took its place: ${newer.reason} by ${newer.requestedBy} (operation ${newer.id}).`,
                retryable: false,
              }),
            }
          : {}),
      })
      .where('id', '=', operation.id)
      .execute();
    if (overtaken) await notify(trx, 'switchyard_operation', operation.id);
  }
}

/** Operations not yet ended that have a leg on one of these switches; locked. */
export async function lockOpenOperations(trx: Trx, switchIds: readonly string[]) {
  return trx
    .selectFrom('operation')
    .selectAll()
    .where('state', 'in', ['pending', 'running'])
    .where(
      sql<boolean>`exists (select from jsonb_array_elements(legs) as leg where leg->>'switch' = any(${[...switchIds]}))`,
    )
    .orderBy('id')
    .forUpdate()
    .execute();
}
