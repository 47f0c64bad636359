import { messageOf } from '../../topology/error/fabric-error.ts';
import { recordEvent } from '../store/events.ts';
import type { LifecycleDeps } from './deps.ts';
import { labelOf, type NodeRow } from './node-record.ts';

/** States in which nobody else is switching the power. */
const RESTING = ['manageable', 'available', 'active', 'error', 'inspect failed', 'clean failed', 'deploy failed'];
const AT_ONCE = 8;

/**
 * Reads the power of every resting node from its BMC and keeps the record true. A machine that a tenant shut down stays
 * down: what the BMC says wins. A BMC that does not answer is told once, when it stops answering.
 */
export async function syncPower(deps: LifecycleDeps, stop: AbortSignal): Promise<void> {
  const nodes = await deps.store.db
    .selectFrom('node')
    .selectAll()
    .where('provision_state', 'in', RESTING)
    .where('maintenance', '=', false)
    .where('target_power_state', 'is', null)
    .execute();
  const queue = nodes.values();
  const drain = async () => {
    for (const node of queue) {
      if (stop.aborted) return;
      await syncOne(deps, node);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, drain));
}

async function syncOne(deps: LifecycleDeps, node: NodeRow): Promise<void> {
  const unreachable = node.driver_internal_info.bmc_unreachable === true;
  try {
    const power = await deps.openBmc(node.driver, node.driver_info).powerState();
    if (power === node.power_state && !unreachable) return;
    const { bmc_unreachable: _gone, ...internal } = node.driver_internal_info;
    await write(deps, node, { power_state: power, driver_internal_info: JSON.stringify(internal) }, 'node.power', {
      message: `power is ${power}, the record said ${node.power_state ?? 'nothing'}`,
    });
  } catch (error) {
    if (unreachable) return;
    const internal = { ...node.driver_internal_info, bmc_unreachable: true };
    await write(deps, node, { driver_internal_info: JSON.stringify(internal) }, 'node.bmc-unreachable', {
      message: messageOf(error),
    });
  }
}

async function write(
  deps: LifecycleDeps,
  node: NodeRow,
  update: { power_state?: string; driver_internal_info: string },
  kind: string,
  told: { message: string },
): Promise<void> {
  await deps.store.db.transaction().execute(async (trx) => {
    const written = await trx
      .updateTable('node')
      .set({ ...update, updated_at: new Date() })
      .where('uuid', '=', node.uuid)
      .where('provision_state', '=', node.provision_state)
      .where('target_power_state', 'is', null)
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) return;
    await recordEvent(trx, { kind, nodeUuid: node.uuid, message: `${labelOf(node)}: ${told.message}`, data: {} });
    await deps.store.notify(trx, 'switchyard_node', node.uuid);
  });
}
