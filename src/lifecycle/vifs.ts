import { FabricError } from '../../topology/error/fabric-error.ts';
import { recordEvent } from '../store/events.ts';
import type { Db, Trx } from '../store/store.ts';
import type { LifecycleDeps } from './deps.ts';
import { labelOf, lockNode, type NodeRow } from './node-record.ts';

export interface VifRequest {
  id: string;
  port_uuid?: string;
  network_id?: string;
  by: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Binds a VIF to a free NIC. On an active node the switch port is moved at once and the call returns when it was read
 * back; otherwise the binding waits for the deployment. Errors: `vif_attached` 409, `vif_network_unknown`,
 * `port_free_missing`, and those of Fabric.place.
 */
export async function attachVif(deps: LifecycleDeps, uuid: string, request: VifRequest): Promise<void> {
  const operation = await deps.store.db.transaction().execute(async (trx) => {
    const node = await lockNode(trx, uuid);
    const network = await networkOf(trx, request);
    refuseForeign(node, network);
    const taken = await trx.selectFrom('vif').select(['id', 'port_uuid']).where('node_uuid', '=', uuid).execute();
    if (taken.some((vif) => vif.id === request.id)) {
      throw new FabricError(
        'vif_attached',
        `Unable to attach VIF because VIF ${request.id} is already attached to Ironic Port of node ${labelOf(node)}.`,
      );
    }
    const port = await freePort(trx, node, request, network.physical_network);
    await trx
      .insertInto('vif')
      .values({ id: request.id, node_uuid: uuid, port_uuid: port, network_id: network.id })
      .execute();
    await told(trx, node, 'vif.attached', `network ${network.name} attached by ${request.by}`, request.id);
    return relay(deps, trx, node, request.by, 'vif attach');
  });
  await settled(deps, operation, async () => {
    // The wire did not follow: the binding goes, so that record and switch agree.
    await deps.store.db.deleteFrom('vif').where('node_uuid', '=', uuid).where('id', '=', request.id).execute();
  });
}

/** Errors: `vif_not_attached` 400. */
export async function detachVif(deps: LifecycleDeps, uuid: string, vifId: string, by: string): Promise<void> {
  const { operation, gone } = await deps.store.db.transaction().execute(async (trx) => {
    const node = await lockNode(trx, uuid);
    const gone = await trx
      .deleteFrom('vif')
      .where('node_uuid', '=', uuid)
      .where('id', '=', vifId)
      .returningAll()
      .executeTakeFirst();
    if (!gone) {
      throw new FabricError(
        'vif_not_attached',
        `Unable to detach VIF ${vifId} from node ${labelOf(node)} because it is not attached to it.`,
      );
    }
    await told(trx, node, 'vif.detached', `VIF ${vifId} detached by ${by}`, vifId);
    return { operation: await relay(deps, trx, node, by, 'vif detach'), gone };
  });
  await settled(deps, operation, async () => {
    // The wire still has it, so the record must: whoever asked can ask again.
    await deps.store.db
      .insertInto('vif')
      .values(gone)
      .onConflict((oc) => oc.doNothing())
      .execute();
  });
}

async function networkOf(db: Db, request: VifRequest) {
  const wanted = request.network_id ?? request.id;
  const network = await db
    .selectFrom('network')
    .selectAll()
    .where(UUID.test(wanted) ? 'id' : 'name', '=', wanted)
    .executeTakeFirst();
  if (!network || network.role !== null) {
    throw new FabricError(
      'vif_network_unknown',
      `There is no tenant network ${wanted}. List them with: switchyard network list`,
      { context: { network: wanted } },
    );
  }
  return network;
}

/** Rule 6, and: while a tenant has the machine nobody else may lay a network on it. */
function refuseForeign(node: NodeRow, network: { name: string; project_id: string | null; shared: boolean }): void {
  const tenant = node.driver_internal_info.tenant;
  const project = typeof tenant === 'string' && node.provision_state === 'active' ? tenant : (node.lessee ?? '');
  if (network.project_id !== null && !network.shared && network.project_id !== project) {
    throw new FabricError(
      'network_not_shared',
      `Network ${network.name} belongs to project ${network.project_id}; ${labelOf(node)} is used by ` +
        `${project === '' ? 'no project (set its lessee)' : `project ${project}`}, with which it is not shared.`,
    );
  }
}

/** Ironic's choice: the right physical network first, then PXE-enabled NICs. Error: `port_free_missing`. */
async function freePort(trx: Trx, node: NodeRow, request: VifRequest, physicalNetwork: string | null): Promise<string> {
  const ports = await trx
    .selectFrom('port')
    .leftJoin('vif', 'vif.port_uuid', 'port.uuid')
    .select([
      'port.uuid',
      'port.pxe_enabled',
      'port.physical_network',
      'port.address',
      'vif.id as vif',
      'port.switch_id',
    ])
    .where('port.node_uuid', '=', node.uuid)
    .execute();
  const candidates = ports
    .filter((port) => port.vif === null)
    .filter((port) => request.port_uuid === undefined || port.uuid === request.port_uuid)
    .filter(
      (port) => physicalNetwork === null || port.physical_network === null || port.physical_network === physicalNetwork,
    )
    .map((port) => ({
      ...port,
      rank:
        (port.switch_id !== null ? 4 : 0) +
        (physicalNetwork !== null && port.physical_network === physicalNetwork ? 2 : 0) +
        (port.pxe_enabled ? 1 : 0),
    }))
    .sort((a, b) => b.rank - a.rank || a.address.localeCompare(b.address));
  const chosen = candidates[0];
  if (!chosen) {
    throw new FabricError(
      'port_free_missing',
      `Node ${labelOf(node)} has no free physical port${physicalNetwork ? ` on physical network ${physicalNetwork}` : ''}.`,
    );
  }
  return chosen.uuid;
}

async function relay(deps: LifecycleDeps, trx: Trx, node: NodeRow, by: string, reason: string): Promise<string | null> {
  if (node.provision_state !== 'active') return null;
  return (await deps.fabric.place(trx, node.uuid, 'tenant', { by, reason })).id;
}

async function settled(deps: LifecycleDeps, operationId: string | null, undo: () => Promise<void>): Promise<void> {
  if (operationId === null) return;
  const operation = await deps.fabric.waitOperation(operationId, deps.timeouts.networkMs);
  if (operation.state === 'succeeded') return;
  if (operation.state === 'failed') await undo();
  throw new FabricError(
    'network_move_failed',
    operation.error?.message ?? `The switch has not applied the change yet (operation ${operation.id}).`,
    { retryable: operation.error?.retryable ?? true, context: { operation: operation.id } },
  );
}

async function told(trx: Trx, node: NodeRow, kind: string, message: string, vif: string): Promise<void> {
  await recordEvent(trx, { kind, nodeUuid: node.uuid, message: `${labelOf(node)}: ${message}`, data: { vif } });
}
