import { setTimeout as sleep } from 'node:timers/promises';
import type { Bmc } from '../../provisioner/bmc/bmc.ts';
import { isFabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { withGrace } from '../grace.ts';
import { recordEvent } from '../store/events.ts';
import { ramdiskHeard, withoutAgent } from './agent-record.ts';
import type { LifecycleDeps } from './deps.ts';
import { flowOf, stepAfter } from './flows.ts';
import { type Cursor, cursorOf, findNode, labelOf, lockNode, type NodeRow, type NodeUpdate } from './node-record.ts';
import { applyPowerRequest } from './power-request.ts';
import { type LifecycleEvent, stateAfterEvent, targetState } from './states.ts';
import { type Step, type StepContext, Superseded } from './step.ts';

/** A step is tried this often when its error says that trying again may help. */
const ATTEMPTS = 3;
const RETRY_MS = [500, 3_000];
/** Time a step is given to end by itself when the controller stops. */
const GRACE_MS = 2_000;
const WAIT_STATES = new Set(['inspect wait', 'clean wait', 'wait call-back']);

/**
 * "Look at node N": does whatever its row says is to be done, until the node waits or rests. Level-triggered: run twice,
 * late or after a crash it finds the same work and does it once.
 */
export async function lookAtNode(deps: LifecycleDeps, uuid: string, stop: AbortSignal): Promise<void> {
  let node: NodeRow;
  try {
    node = await findNode(deps.store.db, uuid);
  } catch (error) {
    if (isFabricError(error, 'node_not_found')) return;
    throw error;
  }
  if (WAIT_STATES.has(node.provision_state)) {
    await failWhenOverdue(deps, node);
    return;
  }
  while (!stop.aborted && cursorOf(node).step !== null) {
    try {
      const finished = await runStep(deps, node, stop);
      if (!finished) return;
    } catch (error) {
      if (error instanceof Superseded) {
        deps.log.debug('a verb took the node over', { node: uuid });
      } else throw error;
    }
    node = await findNode(deps.store.db, uuid);
    if (WAIT_STATES.has(node.provision_state)) return;
  }
  if (!stop.aborted && node.target_power_state !== null) await applyPowerRequest(deps, node, stop);
}

/** One step and what follows from it. Returns false when the controller is stopping. */
async function runStep(deps: LifecycleDeps, node: NodeRow, stop: AbortSignal): Promise<boolean> {
  const cursor = cursorOf(node);
  const step = flowOf(node.provision_state).find((candidate) => candidate.name === cursor.step);
  if (!step) {
    await arrive(deps, node, cursor, 'fail', `no step ${cursor.step} in state ${node.provision_state}`);
    return true;
  }
  const { context, close } = contextFor(deps, node, cursor, stop);
  const started = Date.now();
  try {
    const outcome = await withGrace(attempt(step, context).finally(close), stop, GRACE_MS);
    if (stop.aborted) return false;
    const seconds = (Date.now() - started) / 1000;
    await follow(deps, context, step, outcome, seconds);
    return true;
  } catch (error) {
    if (error instanceof Superseded) throw error;
    if (stop.aborted) return false;
    deps.log.warn('lifecycle step failed', { node: node.uuid, step: step.name, error: messageOf(error) });
    if (stateAfterEvent(node.provision_state, 'fail') === null) await keepRetreating(context, step, error);
    await arrive(deps, context.node, context.cursor, 'fail', `${step.title}: ${messageOf(error)}`);
    return true;
  }
}

/**
 * A node that failed and cannot be brought to the idle network either (its switch does not answer) stays at that step: it
 * is tried again until it succeeds. Both failures are told.
 */
async function keepRetreating(context: StepContext, step: Step, error: unknown): Promise<never> {
  const failure = context.cursor.data.failure ?? context.node.last_error;
  await context.remember({ failure });
  await context.save({ last_error: `${failure}. Then: ${step.title}: ${messageOf(error)} It is tried again.` });
  throw error;
}

async function attempt(step: Step, context: StepContext): Promise<'next' | 'suspend'> {
  for (let tries = 1; ; tries++) {
    try {
      return await step.run(context);
    } catch (error) {
      const again = mayHelpAgain(error) && tries < ATTEMPTS && !context.signal.aborted;
      if (!again) throw error;
      await context.report('node.step-retried', `${step.title}: ${messageOf(error)}; trying again`, {
        step: step.name,
      });
      await sleep(RETRY_MS[tries - 1] ?? RETRY_MS.at(-1), undefined, { signal: context.signal });
    }
  }
}

/** PostgreSQL's serialization failure and deadlock: the transaction is undone and may simply be run again. */
const TRANSIENT_SQL = new Set(['40001', '40P01']);

function mayHelpAgain(error: unknown): boolean {
  if (isFabricError(error)) return error.retryable;
  return TRANSIENT_SQL.has(String((error as { code?: unknown } | null)?.code));
}

async function follow(
  deps: LifecycleDeps,
  context: StepContext,
  step: Step,
  outcome: 'next' | 'suspend',
  seconds: number,
): Promise<void> {
  const { node, cursor } = context;
  const next = stepAfter(node.provision_state, step.name);
  if (outcome === 'suspend') {
    await arrive(deps, node, { ...cursor, step: next }, 'wait', null);
    return;
  }
  await context.report('node.step', `${step.title} (${seconds.toFixed(1)} s)`, { step: step.name, seconds });
  if (next !== null) {
    await context.save({ cursor: JSON.stringify({ ...cursor, step: next }) });
    return;
  }
  const manual = node.target_provision_state === 'manageable' && node.provision_state === 'cleaning';
  const event: LifecycleEvent = node.provision_state === 'deleting' ? 'clean' : manual ? 'manage' : 'done';
  await arrive(deps, node, cursor, event, null);
}

/**
 * Leaves the present state by `event`; the new state, its first step and its deadline are one write. A node whose ramdisk
 * has been heard already does not begin to wait for it.
 */
async function arrive(
  deps: LifecycleDeps,
  node: NodeRow,
  cursor: Cursor,
  event: LifecycleEvent,
  failure: string | null,
): Promise<void> {
  const state = stateAfterEvent(node.provision_state, event);
  const now = new Date();
  let next: Cursor;
  if (event === 'wait') {
    next = { ...cursor, since: now.toISOString(), deadline: deadlineFor(deps, state, now) };
  } else if (event === 'clean') {
    next = { ...cursor, step: flowOf('cleaning')[0]?.name ?? null, since: now.toISOString(), deadline: null, data: {} };
  } else {
    // In the failed states the retreat follows; enroll and the stable states have no flow.
    const retreat = event === 'fail' && state ? (flowOf(state)[0]?.name ?? null) : null;
    next = { ...cursor, step: retreat, since: now.toISOString(), deadline: null, data: {} };
  }
  const update: NodeUpdate = { cursor: JSON.stringify(next) };
  if (state) {
    update.provision_state = state;
    update.target_provision_state = targetState(state, node.target_provision_state);
    update.provision_updated_at = now;
  }
  if (failure !== null) update.last_error = failure;
  else if (event === 'done' || event === 'manage') {
    // The end of a retreat leaves the failed state as it is, and why.
    if (state) update.last_error = null;
    else if (typeof cursor.data.failure === 'string') update.last_error = cursor.data.failure;
  }
  if (event === 'fail' && state === 'clean failed') {
    update.maintenance = true;
    update.maintenance_reason = failure;
    update.fault = 'clean failure';
  }
  if (event === 'done' && node.provision_state === 'inspecting') update.inspection_finished_at = now;
  if (event === 'fail' || event === 'done' || event === 'manage') {
    update.driver_internal_info = JSON.stringify(withoutAgent(node.driver_internal_info));
  }
  await deps.store.db.transaction().execute(async (trx) => {
    const heard = event === 'wait' && ramdiskHeard(await lockNode(trx, node.uuid));
    const written = await trx
      .updateTable('node')
      .set({ ...(heard ? { cursor: JSON.stringify(cursor) } : update), updated_at: now })
      .where('uuid', '=', node.uuid)
      .where('provision_state', '=', node.provision_state)
      .where((eb) => eb(eb.ref('cursor', '->>').key('id'), '=', cursor.id))
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) throw new Superseded();
    if (state && !heard) {
      const message = `${labelOf(node)}: ${node.provision_state} → ${state}${failure ? `: ${failure}` : ''}`;
      const data = { from: node.provision_state, to: state, ...(failure ? { error: failure } : {}) };
      await recordEvent(trx, { kind: 'node.state', nodeUuid: node.uuid, message, data });
    }
    if (next.step !== null && event !== 'wait') await deps.store.enqueue(trx, { kind: 'node', id: node.uuid });
    await deps.store.notify(trx, 'switchyard_node', node.uuid);
  });
}

function deadlineFor(deps: LifecycleDeps, state: string | null, now: Date): string | null {
  const limit = {
    'inspect wait': deps.timeouts.inspectWaitMs,
    'clean wait': deps.timeouts.cleanWaitMs,
    'wait call-back': deps.timeouts.deployWaitMs,
  }[state ?? ''];
  return limit === undefined ? null : new Date(now.getTime() + limit).toISOString();
}

async function failWhenOverdue(deps: LifecycleDeps, node: NodeRow): Promise<void> {
  const cursor = cursorOf(node);
  if (cursor.deadline === null || Date.parse(cursor.deadline) > Date.now()) return;
  const waited = Math.round((Date.now() - Date.parse(cursor.since)) / 1000);
  const message =
    `Nothing was heard from the ramdisk within ${waited} s. Look at the server's console: does it boot from the network, ` +
    'and does its NIC hang on the switch port that `switchyard link list` shows?';
  try {
    await arrive(deps, node, cursor, 'fail', message);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
  }
}

/** close() gives back what the step opened at the BMC. */
function contextFor(
  deps: LifecycleDeps,
  node: NodeRow,
  cursor: Cursor,
  stop: AbortSignal,
): { context: StepContext; close(): Promise<void> } {
  let bmc: Bmc | null = null;
  const context: StepContext = {
    deps,
    node,
    cursor,
    signal: stop,
    get bmc() {
      bmc ??= deps.openBmc(context.node);
      return bmc;
    },
    async save(update) {
      const saved = await deps.store.db
        .updateTable('node')
        .set({ ...update, updated_at: new Date() })
        .where('uuid', '=', node.uuid)
        .where('provision_state', '=', context.node.provision_state)
        .where((eb) => eb(eb.ref('cursor', '->>').key('id'), '=', cursor.id))
        .returningAll()
        .executeTakeFirst();
      if (!saved) throw new Superseded();
      context.node = saved;
      context.cursor = cursorOf(saved);
      await deps.store.notify(deps.store.db, 'switchyard_node', node.uuid);
    },
    async remember(data) {
      await context.save({
        cursor: JSON.stringify({ ...context.cursor, data: { ...context.cursor.data, ...data } }),
      });
    },
    async report(kind, message, data = {}) {
      await recordEvent(deps.store.db, { kind, nodeUuid: node.uuid, message: `${labelOf(node)}: ${message}`, data });
    },
  };
  const close = async () => {
    await bmc?.close().catch((error: unknown) => {
      deps.log.debug('the BMC session was not closed', { node: node.uuid, error: messageOf(error) });
    });
  };
  return { context, close };
}
