import { orderPower } from '../../provisioner/bmc/order-power.ts';
import { waitForPower } from '../../provisioner/bmc/wait-for-power.ts';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { withGrace } from '../grace.ts';
import { recordEvent } from '../store/events.ts';
import type { LifecycleDeps } from './deps.ts';
import { labelOf, lockNode, type NodeRow } from './node-record.ts';
import { POWER_POLL_MS } from './steps/power.ts';

/** Time a change is given to end by itself when the controller stops. */
const GRACE_MS = 2_000;

interface PowerRequest {
  action: 'on' | 'off' | 'reset' | 'soft';
  andThen?: 'on';
  ends: 'power on' | 'power off';
}

/** API targets of PUT states/power, what the BMC is asked for and where the power must end. */
const REQUESTS: Record<string, PowerRequest> = {
  'power on': { action: 'on', ends: 'power on' },
  'power off': { action: 'off', ends: 'power off' },
  'soft power off': { action: 'soft', ends: 'power off' },
  rebooting: { action: 'off', andThen: 'on', ends: 'power on' },
  'soft rebooting': { action: 'soft', andThen: 'on', ends: 'power on' },
};

/** In these states the lifecycle itself switches the power. */
const BUSY = new Set([
  'cleaning',
  'clean wait',
  'deploying',
  'wait call-back',
  'inspecting',
  'inspect wait',
  'deleting',
]);

/** Writes the request and a job. Errors: `power_target_invalid`, `node_busy`. */
export async function requestPower(
  deps: LifecycleDeps,
  uuid: string,
  target: string,
  options: { timeoutSeconds?: number; by: string },
): Promise<void> {
  if (!REQUESTS[target]) {
    throw new FabricError(
      'power_target_invalid',
      `Power target "${target}" is not known. Use one of: ${Object.keys(REQUESTS).join(', ')}.`,
    );
  }
  await deps.store.db.transaction().execute(async (trx) => {
    const node = await lockNode(trx, uuid);
    if (BUSY.has(node.provision_state)) {
      throw new FabricError(
        'provision_state_invalid',
        `The requested action "${target}" can not be performed on node "${uuid}" while it is in state "${node.provision_state}".`,
        { context: { node: uuid } },
      );
    }
    if (node.target_power_state !== null) {
      throw new FabricError('node_locked', `Node ${uuid} is locked: its power is being changed. Try again.`, {
        retryable: true,
        context: { node: uuid },
      });
    }
    const internal = { ...node.driver_internal_info, power_timeout: options.timeoutSeconds ?? null };
    await trx
      .updateTable('node')
      .set({ target_power_state: target, driver_internal_info: JSON.stringify(internal), updated_at: new Date() })
      .where('uuid', '=', uuid)
      .execute();
    await recordEvent(trx, {
      kind: 'node.power-requested',
      nodeUuid: uuid,
      message: `${labelOf(node)}: ${target} asked for by ${options.by}`,
      data: { target, by: options.by },
    });
    await deps.store.enqueue(trx, { kind: 'node', id: uuid });
  });
}

/** The worker's half: brings the power there; a failure is told in last_error and clears the request. */
export async function applyPowerRequest(deps: LifecycleDeps, node: NodeRow, stop: AbortSignal): Promise<void> {
  const request = REQUESTS[node.target_power_state ?? ''];
  if (!request) return;
  let failure: string | null = null;
  try {
    await withGrace(carryOut(deps, node, request, stop), stop, GRACE_MS);
  } catch (error) {
    if (stop.aborted) return;
    failure = `${node.target_power_state}: ${messageOf(error)}`;
  }
  await deps.store.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('node')
      .set({
        target_power_state: null,
        updated_at: new Date(),
        ...(failure === null ? { power_state: request.ends, last_error: null } : { last_error: failure }),
      })
      .where('uuid', '=', node.uuid)
      .execute();
    const message = `${labelOf(node)}: ${failure ?? request.ends}`;
    await recordEvent(trx, {
      kind: failure ? 'node.power-failed' : 'node.power',
      nodeUuid: node.uuid,
      message,
      data: {},
    });
    await deps.store.notify(trx, 'switchyard_node', node.uuid);
  });
}

async function carryOut(deps: LifecycleDeps, node: NodeRow, request: PowerRequest, stop: AbortSignal): Promise<void> {
  const seconds = Number(node.driver_internal_info.power_timeout ?? 0);
  const limit = seconds > 0 ? seconds * 1000 : deps.timeouts.powerChangeMs;
  const wait = { timeoutMs: limit, pollMs: POWER_POLL_MS, signal: stop };
  const bmc = deps.openBmc(node);
  try {
    if (request.andThen) {
      await orderPower(bmc, request.action);
      await waitForPower(bmc, 'power off', wait);
      await orderPower(bmc, 'on');
    } else if ((await bmc.powerState()) !== request.ends) {
      await orderPower(bmc, request.action);
    }
    await waitForPower(bmc, request.ends, wait);
  } finally {
    await bmc.close();
  }
}
