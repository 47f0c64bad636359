import { sql } from 'kysely';
import { messageOf } from '../../topology/error/fabric-error.ts';
import { recordEvent } from '../store/events.ts';
import type { LifecycleDeps } from './deps.ts';
import { cursorOf, labelOf, type NodeRow } from './node-record.ts';

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
    const power = await powerOf(deps, node);
    if (power === node.power_state && !unreachable) return;
    await write(deps, node, { power, unreachable: false }, 'node.power', {
      message: `power is ${power}, the record said ${node.power_state ?? 'nothing'}`,
    });
  } catch (error) {
    if (unreachable) return;
    await write(deps, node, { unreachable: true }, 'node.bmc-unreachable', { message: messageOf(error) });
  }
}

async function powerOf(deps: LifecycleDeps, node: NodeRow): Promise<string> {
  const bmc = deps.openBmc(node);
  try {
    return await bmc.powerState();
  } finally {
    await bmc.close();
  }
}

/** Only while the node still rests in the very rest it was read in: a slow BMC's answer may be older than a deployment. */
async function write(
  deps: LifecycleDeps,
  node: NodeRow,
  seen: { power?: string; unreachable: boolean },
  kind: string,
  told: { message: string },
): Promise<void> {
  await deps.store.db.transaction().execute(async (trx) => {
    const written = await trx
      .updateTable('node')
      .set({
        ...(seen.power === undefined ? {} : { power_state: seen.power }),
        driver_internal_info: seen.unreachable
          ? sql`driver_internal_info || '{"bmc_unreachable": true}'`
          : sql`driver_internal_info - 'bmc_unreachable'`,
        updated_at: new Date(),
      })
      .where('uuid', '=', node.uuid)
      .where('provision_state', '=', node.provision_state)
      .where('target_power_state', 'is', null)
      .where((eb) => eb(sql`coalesce(cursor ->> 'id', '')`, '=', cursorOf(node).id))
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) return;
    await recordEvent(trx, { kind, nodeUuid: node.uuid, message: `${labelOf(node)}: ${told.message}`, data: {} });
    await deps.store.notify(trx, 'switchyard_node', node.uuid);
  });
}
