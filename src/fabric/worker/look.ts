import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { sameSettings } from '../../../topology/plan/settings.ts';
import type { Log } from '../../log.ts';
import { recordEvent } from '../../store/events.ts';
import { enqueue } from '../../store/jobs/enqueue.ts';
import type { Store } from '../../store/store.ts';
import type { OpenSession, Sessions } from '../sessions.ts';
import { idleVlan, type SwitchPortRow, type SwitchRow, scopeOf } from '../view.ts';
import { type Driving, drive, readPorts } from './drive.ts';
import { failPorts } from './fail.ts';

export interface LookDeps {
  store: Store;
  sessions: Sessions;
  log: Log;
  persistQuietMs: number;
  /** A switch is read as a whole this often. */
  auditMs: number;
  /** How long a switch that does not answer is tried before its operations fail. */
  retryMs: number;
}

/**
 * Looks at one switch and makes it so (design §4): ports that are not as recorded are put right first, then those with a new
 * intent are moved, then the configuration is saved when it is due. May be broken off anywhere; the next look takes it up.
 */
export async function look(deps: LookDeps, switchId: string): Promise<void> {
  const { db } = deps.store;
  const row = await db.selectFrom('switch').selectAll().where('id', '=', switchId).executeTakeFirst();
  if (!row) return;
  try {
    await deps.sessions.use(row, (open) => visit(deps, row, open));
    await db.updateTable('switch').set({ state: 'ok', last_error: null }).where('id', '=', switchId).execute();
  } catch (error) {
    const message = messageOf(error);
    if (row.state !== 'failed') {
      await recordEvent(db, { kind: 'switch.failed', switchId, message: `${row.name}: ${message}` });
    }
    await db.updateTable('switch').set({ state: 'failed', last_error: message }).where('id', '=', switchId).execute();
    await giveUp(deps, row, error);
    throw error;
  } finally {
    await enqueue(db, { kind: 'switch', id: switchId, runAt: new Date(Date.now() + deps.auditMs) });
  }
}

async function visit(deps: LookDeps, row: SwitchRow, { session, capabilities, fresh }: OpenSession): Promise<void> {
  const { db } = deps.store;
  const managed = await managedPorts(deps, row.id);
  if (managed.some((port) => port.intent !== null)) {
    const scope = scopeOf(
      row,
      managed.map(({ port_id }) => port_id),
      await idleVlan(db),
    );
    const driving: Driving = { deps, row, session, capabilities, scope };
    if (fresh || isDue(row.observed_at, deps.auditMs)) await audit(driving, managed);
    // Whoever asks for more while this runs is taken along, or finds the next look.
    const pending = (await managedPorts(deps, row.id)).filter(isPending);
    if (pending.length > 0) await drive(driving, pending);
  }
  await persist(deps, row.id, session);
}

async function managedPorts(deps: LookDeps, switchId: string): Promise<SwitchPortRow[]> {
  return deps.store.db
    .selectFrom('switch_port')
    .selectAll()
    .where('switch_id', '=', switchId)
    .where('managed', '=', true)
    .orderBy('position')
    .execute();
}

function isPending(port: SwitchPortRow): boolean {
  return port.intent !== null && BigInt(port.generation) > BigInt(port.applied_generation);
}

function isDue(last: Date | null, intervalMs: number): boolean {
  return last === null || Date.now() - last.getTime() >= intervalMs;
}

/** Drift: a port that was applied and is not so any more (an unsaved reboot, a hand at the console). */
async function audit(driving: Driving, managed: readonly SwitchPortRow[]): Promise<void> {
  const { deps, row } = driving;
  const observed = await readPorts(
    driving,
    managed.map(({ port_id }) => port_id),
  );
  const drifted = managed.filter((port) => {
    const now = observed.ports.get(port.port_id);
    return !isPending(port) && port.intent !== null && now !== undefined && !sameSettings(now, port.intent);
  });
  for (const port of drifted) {
    await recordEvent(deps.store.db, {
      kind: 'port.drift',
      switchId: row.id,
      message: `${row.name} ${port.port_id} is not as intended; putting it right`,
      data: { portId: port.port_id, observed: observed.ports.get(port.port_id), intent: port.intent },
    });
  }
  if (drifted.length > 0) await drive(driving, drifted);
  await deps.store.db.updateTable('switch').set({ observed_at: new Date() }).where('id', '=', row.id).execute();
}

/** Once for all changes of a quiet time. */
async function persist(deps: LookDeps, switchId: string, session: OpenSession['session']): Promise<void> {
  const { db } = deps.store;
  const row = await db
    .selectFrom('switch')
    .select(['persist_due_at', 'name'])
    .where('id', '=', switchId)
    .executeTakeFirst();
  const due = row?.persist_due_at;
  if (!due) return;
  if (due.getTime() > Date.now()) {
    await enqueue(db, { kind: 'switch', id: switchId, runAt: due });
    return;
  }
  await session.persist();
  await db
    .updateTable('switch')
    .set({ persist_due_at: null })
    .where('id', '=', switchId)
    .where('persist_due_at', '<=', due)
    .execute();
  await recordEvent(db, { kind: 'switch.saved', switchId, message: `${row.name}: running configuration saved` });
}

/** What nobody can carry out now fails once it waited long enough, or at once where waiting does not help. */
async function giveUp(deps: LookDeps, row: SwitchRow, error: unknown): Promise<void> {
  const failure = isFabricError(error)
    ? error
    : new FabricError('fabric_failed', messageOf(error), { retryable: true });
  const ports = (await managedPorts(deps, row.id)).filter(isPending);
  const before = failure.retryable ? new Date(Date.now() - deps.retryMs) : null;
  await failPorts(
    deps,
    row,
    ports.map((port) => ({ port, error: failure, wire: null })),
    { createdBefore: before },
  );
}
