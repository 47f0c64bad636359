import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Placement } from '../../../topology/networks/network.ts';
import { labelOf } from '../node-record.ts';
import type { Step, StepContext } from '../step.ts';

/**
 * Moves the node's ports and waits until every leg was read back. The operation's id is kept in the cursor, so that a
 * controller that died while waiting waits for the same operation again.
 */
export async function moveTo(context: StepContext, placement: Placement, reason: string): Promise<void> {
  const { deps, node, signal } = context;
  const key = `operation:${placement}:${reason}`;
  let operationId = context.cursor.data[key] as string | undefined;
  const known = operationId ? await deps.fabric.operation(deps.store.db, operationId) : null;
  if (!operationId || known?.state === 'failed') {
    const operation = await deps.store.db
      .transaction()
      .execute((trx) => deps.fabric.place(trx, node.uuid, placement, { by: 'lifecycle', reason }));
    // No port had to be moved: there is nothing to wait for.
    if (operation.state === 'succeeded') return;
    operationId = operation.id;
    await context.remember({ [key]: operationId });
  }
  const operation = await deps.fabric.waitOperation(operationId, deps.timeouts.networkMs, signal);
  if (operation.state === 'succeeded') return;
  if (operation.state === 'failed') {
    throw new FabricError(
      'network_move_failed',
      `Could not move ${labelOf(node)} to the ${placement} network: ${operation.error?.message ?? 'no reason given'}`,
      { retryable: operation.error?.retryable ?? false, context: { operation: operation.id, placement } },
    );
  }
  throw new FabricError(
    'network_move_timeout',
    `The switch did not apply the move of ${labelOf(node)} to the ${placement} network within ` +
      `${Math.round(deps.timeouts.networkMs / 1000)} s (operation ${operation.id}). Look at \`switchyard switch list\`.`,
    { retryable: true, context: { operation: operation.id, placement } },
  );
}

const network = (name: string, placement: Placement): Step => ({
  name,
  title: `move to the ${placement} network`,
  async run(context) {
    await moveTo(context, placement, name);
    return 'next';
  },
});

export const toInspection = network('network-inspection', 'inspection');
export const toProvisioning = network('network-provisioning', 'provisioning');
export const toCleaning = network('network-cleaning', 'cleaning');
export const toIdle = network('network-idle', 'idle');
export const toTenant = network('network-tenant', 'tenant');
