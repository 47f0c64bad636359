import { FabricError } from '../../topology/error/fabric-error.ts';
import type { NetworkRole, Placement } from '../../topology/networks/network.ts';
import { mayAttach, requireCleaned } from '../../topology/networks/rules.ts';
import type { Trx } from '../store/store.ts';
import { assign, lockPorts, type Wanted } from './assign.ts';
import type { ChangeRequest, Operation } from './fabric.ts';
import { type Intended, intendedPorts, type NodeRow, networkOf, projectOf, roleMissing } from './view.ts';

/** Fabric.place */
export async function place(
  trx: Trx,
  nodeUuid: string,
  placement: Placement,
  request: ChangeRequest,
): Promise<Operation> {
  const node = await trx.selectFrom('node').selectAll().where('uuid', '=', nodeUuid).forUpdate().executeTakeFirst();
  if (!node) throw new FabricError('node_not_found', `Node ${nodeUuid} could not be found.`);
  if (placement === 'tenant') await checkTenant(trx, node);
  else await requireRole(trx, placement);

  await trx.updateTable('node').set({ placement }).where('uuid', '=', nodeUuid).execute();
  const nics = await trx
    .selectFrom('port')
    .leftJoin('vif', 'vif.port_uuid', 'port.uuid')
    .select(['port.address', 'port.switch_id', 'port.switch_port_id', 'vif.network_id'])
    .where('port.node_uuid', '=', nodeUuid)
    .where('port.switch_id', 'is not', null)
    .execute();
  await lockPorts(
    trx,
    nics.map((nic) => ({ switchId: nic.switch_id!, portId: nic.switch_port_id! })),
  );
  const intended = await intendedPorts(trx, [...new Set(nics.map((nic) => nic.switch_id!))]);
  const wanted = nics.flatMap((nic): Wanted[] => {
    refuseProblem(intended, nic.switch_id!, nic.switch_port_id!);
    const draft = intended.drafts.get(nic.switch_id!)?.find(({ portId }) => portId === nic.switch_port_id);
    if (!draft && nic.network_id !== null && placement === 'tenant') throw portUnmanaged(nic);
    return draft ? [{ ...draft, switchId: nic.switch_id! }] : [];
  });
  if (placement === 'cleaning' || placement === 'provisioning') {
    const boots = wanted.some(({ owner }) => owner.kind === 'role' && owner.role === placement);
    if (!boots) throw nothingToBootFrom(node, placement);
  }
  return assign(
    trx,
    wanted,
    { kind: 'place', request, nodeUuid, placement: { from: node.placement, to: placement } },
    { always: true },
  );
}

async function requireRole(trx: Trx, role: NetworkRole): Promise<void> {
  const network = await trx.selectFrom('network').select('id').where('role', '=', role).executeTakeFirst();
  if (!network) throw roleMissing(role);
}

/** Rules 5 to 7, for every binding of the node. */
async function checkTenant(trx: Trx, node: NodeRow): Promise<void> {
  const label = node.name ?? node.uuid;
  const project = node.provision_state === 'active' ? projectOf(node) : (node.lessee ?? '');
  requireCleaned({ name: label, heldBy: node.driver_internal_info.tenant }, project);
  const bound = await trx
    .selectFrom('vif')
    .innerJoin('network', 'network.id', 'vif.network_id')
    .innerJoin('port', 'port.uuid', 'vif.port_uuid')
    .leftJoin('switch', 'switch.id', 'port.switch_id')
    .selectAll('network')
    .select([
      'port.address',
      'port.contradiction',
      'switch.name as switch_name',
      'switch.physical_network as switch_physical',
    ])
    .where('vif.node_uuid', '=', node.uuid)
    .execute();
  for (const row of bound) {
    if (row.contradiction !== null) {
      throw new FabricError(
        'link_contradicted',
        `No tenant network is laid on NIC ${row.address} of ${label}: ${row.contradiction}. Inspect the node again.`,
        { context: { node: node.uuid, address: row.address } },
      );
    }
    if (row.switch_name === null) {
      throw new FabricError(
        'link_missing',
        `NIC ${row.address} of ${label} is not mapped to a switch port, so network ${row.name} cannot be laid on it. ` +
          'Inspect the node, or enter its local_link_connection.',
        { context: { node: node.uuid, address: row.address } },
      );
    }
    if (!mayAttach(networkOf(row), project)) {
      throw new FabricError(
        'network_not_shared',
        `Project ${project === '' ? '(none; set the lessee of the node)' : project} may not attach ${label} to network ${row.name}: ` +
          'it belongs to another project, which has to share it.',
        { context: { network: row.id, project } },
      );
    }
    if (row.physical_network !== null && row.switch_physical !== null && row.physical_network !== row.switch_physical) {
      throw new FabricError(
        'network_unsupported',
        `Network ${row.name} is on physical network ${row.physical_network}, but NIC ${row.address} of ${label} hangs on switch ` +
          `${row.switch_name} of physical network ${row.switch_physical}.`,
        { context: { network: row.id, address: row.address } },
      );
    }
  }
}

/** The ramdisk would be waited for in vain, to the end of its time. */
function nothingToBootFrom(node: NodeRow, placement: Placement): FabricError {
  const label = node.name ?? node.uuid;
  return new FabricError(
    'link_missing',
    `No NIC of ${label} that may boot from the network (pxe_enabled) is mapped to a managed switch port, so it cannot be put ` +
      `into the ${placement} network. Inspect the node, or enter the local_link_connection of its ports.`,
    { context: { node: node.uuid } },
  );
}

/** Success would be told of a network that no frame reaches. */
function portUnmanaged(nic: { address: string; switch_port_id: string | null }): FabricError {
  return new FabricError(
    'link_port_unmanaged',
    `NIC ${nic.address} hangs on port ${nic.switch_port_id}, which Switchyard was not given (managed_ports of the switch). ` +
      'Attach the network to another NIC, or have the port managed.',
    { context: { address: nic.address, portId: nic.switch_port_id } },
  );
}

/** What computeIntents put aside in idle is an error for whoever asked for it by name. */
function refuseProblem(intended: Intended, switchId: string, portId: string): void {
  const problem = intended.problems.find((one) => one.switchId === switchId && one.portId === portId);
  if (problem) throw problem.error;
}
