import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { ApiNode } from './node-lookup.ts';

/** States in which a node may be changed although it has a target (Ironic's UPDATE_ALLOWED_STATES). */
const UPDATE_ALLOWED = new Set([
  'deploy failed',
  'inspect failed',
  'inspect wait',
  'clean failed',
  'error',
  'verifying',
  'adopt failed',
  'rescue failed',
  'unrescue failed',
  'service',
  'service hold',
  'service failed',
]);
const DELETE_ALLOWED = new Set(['enroll', 'manageable', 'available', 'adopt failed']);
/** States in which what the hardware is driven by, and how it is wired, may change. */
const HARDWARE_CHANGE = new Set(['enroll', 'inspecting', 'inspect wait', 'manageable', 'available']);
const WIRING_CHANGE = new Set(['enroll', 'inspecting', 'inspect wait', 'manageable']);
const PROTECTABLE = new Set(['active', 'rescue', 'error']);

export function assertUnlocked(node: Pick<ApiNode, 'uuid' | 'reservation'>): void {
  if (node.reservation === null) return;
  throw new FabricError(
    'node_locked',
    `Node ${node.uuid} is locked by host ${node.reservation}, please retry after the current operation is completed.`,
    { retryable: true, context: { node: node.uuid } },
  );
}

export function assertUpdatable(node: ApiNode): void {
  const busy = node.target_provision_state !== null || node.target_power_state !== null;
  if (busy && !UPDATE_ALLOWED.has(node.provision_state)) {
    throw new FabricError(
      'node_in_transition',
      `Node ${node.uuid} can not be updated while a state transition is in progress.`,
      { retryable: true, context: { node: node.uuid, state: node.provision_state } },
    );
  }
}

/** Rules for single members, by what a patch changes. */
export function assertMembersChangeable(
  node: ApiNode,
  changed: readonly string[],
  after: Record<string, unknown>,
): void {
  const hardware = changed.filter((name) => name === 'driver' || name.endsWith('_interface'));
  if (hardware.length > 0 && !node.maintenance && !HARDWARE_CHANGE.has(node.provision_state)) {
    throw conflict(
      `Node ${node.uuid} can not have ${hardware.join(', ')} updated in state "${node.provision_state}": it must be ` +
        `${[...HARDWARE_CHANGE].join(', ')} or in maintenance.`,
      node,
    );
  }
  if (changed.includes('protected') && after.protected === true && !PROTECTABLE.has(node.provision_state)) {
    throw conflict(
      `Node ${node.uuid} in state "${node.provision_state}" can not be protected: only a node in use can be.`,
      node,
    );
  }
  if (changed.includes('retired') && after.retired === true && node.provision_state === 'available') {
    throw conflict(`Node ${node.uuid} is available and can not be retired: move it to manageable first.`, node);
  }
}

/** Ironic's destroy_node: what may be forgotten. */
export function assertDeletable(node: ApiNode): void {
  if (node.protected) {
    throw new FabricError('node_protected', `Node ${node.uuid} is protected and can not be deleted.`, {
      context: { node: node.uuid },
    });
  }
  if (node.maintenance) return;
  if (node.instance_uuid !== null) {
    throw new FabricError(
      'node_associated',
      `Node ${node.uuid} is associated with instance ${node.instance_uuid}: unset the instance, or set maintenance first.`,
      { context: { node: node.uuid } },
    );
  }
  if (!DELETE_ALLOWED.has(node.provision_state)) {
    throw conflict(
      `Can not delete node "${node.uuid}" while it is in provision state "${node.provision_state}". Valid provision states ` +
        `to perform deletion are: ${[...DELETE_ALLOWED].join(', ')}; in maintenance any state is.`,
      node,
    );
  }
}

/** Which switch port a NIC hangs on may not change under a node in use. */
export function assertWiringChangeable(node: ApiNode, port: string, members: readonly string[]): void {
  if (members.length === 0 || node.maintenance || WIRING_CHANGE.has(node.provision_state)) return;
  throw conflict(
    `Cannot update the attributes (${members.join(', ')}) of port ${port} of node ${node.uuid} in state ` +
      `"${node.provision_state}": the node must be ${[...WIRING_CHANGE].join(', ')} or in maintenance.`,
    node,
  );
}

function conflict(message: string, node: ApiNode): FabricError {
  return new FabricError('state_conflict', message, { context: { node: node.uuid, state: node.provision_state } });
}
