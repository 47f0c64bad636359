import { randomUUID } from 'node:crypto';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { overlappingSegments, validateSegment } from '../../topology/networks/rules.ts';
import type { NewNetwork } from '../api/fabric/admin.ts';
import { recordEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import type { Operation } from './fabric.ts';
import { settle } from './settle.ts';
import { vlanIsManaged } from './switches.ts';
import { networkOf } from './view.ts';

/**
 * A role network settles all switches, since ports may rest in it. Errors: `network_segment_invalid`, `network_name_taken`,
 * `network_role_taken`, `network_segment_taken`, `network_vlan_unmanaged`, `network_unsupported`.
 */
export async function addNetwork(
  store: Store,
  input: NewNetwork,
  by: string,
): Promise<{ id: string; operation: Operation | null }> {
  const segment = {
    networkType: input.networkType,
    physicalNetwork: input.physicalNetwork,
    segmentationId: input.segmentationId,
  };
  validateSegment(segment);
  if (segment.networkType !== 'vlan') {
    throw new FabricError(
      'network_unsupported',
      `Networks of type ${segment.networkType} cannot be laid on switch ports yet; use vlan.`,
    );
  }
  if (input.role !== null && (input.projectId !== null || input.shared)) {
    throw new FabricError(
      'network_unsupported',
      'A role network belongs to the operator: leave project and sharing out.',
    );
  }
  const id = randomUUID();
  const operation = await store.db.transaction().execute(async (trx) => {
    // Two that are created at once must not both find the segment free.
    await trx.selectFrom('network').select('id').forUpdate().execute();
    const rows = await trx.selectFrom('network').selectAll().execute();
    const taken = (code: string, message: string) => new FabricError(code, message, { context: { name: input.name } });
    if (rows.some((row) => row.name === input.name))
      throw taken('network_name_taken', `There is a network ${input.name} already.`);
    const holder = rows.find((row) => input.role !== null && row.role === input.role);
    if (holder) throw taken('network_role_taken', `Network ${holder.name} has the role ${input.role} already.`);
    const candidate = {
      id,
      name: input.name,
      role: input.role,
      projectId: input.projectId,
      shared: input.shared,
      segment,
    };
    const twin = rows.map(networkOf).find((other) => overlappingSegments([candidate, other]).length > 0);
    if (twin) {
      throw taken(
        'network_segment_taken',
        `VLAN ${input.segmentationId} is network ${twin.name} already; two networks would be one wire.`,
      );
    }
    if (!(await vlanIsManaged(trx, input.segmentationId!))) {
      throw taken(
        'network_vlan_unmanaged',
        `No switch was given VLAN ${input.segmentationId}. Choose one inside the managed ranges: switchyard switch list`,
      );
    }
    await trx
      .insertInto('network')
      .values({
        id,
        name: input.name,
        role: input.role,
        project_id: input.projectId,
        shared: input.shared,
        network_type: input.networkType,
        physical_network: input.physicalNetwork,
        segmentation_id: input.segmentationId,
        subnet: input.subnet && JSON.stringify(input.subnet),
      })
      .execute();
    await recordEvent(trx, {
      kind: 'network.added',
      message: `${by} created network ${input.name}, VLAN ${input.segmentationId}`,
    });
    if (input.role === null) return null;
    const switches = await trx.selectFrom('switch').select('id').execute();
    const idle = input.role === 'idle' || rows.some((row) => row.role === 'idle');
    if (switches.length === 0 || !idle) return null;
    return settle(
      trx,
      switches.map((row) => row.id),
      { by, reason: `network ${input.name} created` },
    );
  });
  return { id, operation };
}

/** Errors: `network_not_found`, `network_in_use`. */
export async function removeNetwork(store: Store, id: string, by: string): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('network').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row) throw new FabricError('network_not_found', `There is no network ${id}.`, { context: { network: id } });
    const inUse = (why: string) =>
      new FabricError('network_in_use', `Network ${row.name} ${why}.`, { context: { network: id } });
    const bound = await trx.selectFrom('vif').select('node_uuid').where('network_id', '=', id).executeTakeFirst();
    if (bound) throw inUse(`is attached to node ${bound.node_uuid}; detach it first`);
    // Also while a port is still on its way out: a later network on this VLAN would share the wire.
    const carrying = await trx
      .selectFrom('switch_port')
      .select(['port_id', 'owner', 'applied_owner', 'intent', 'observed'])
      .where('managed', '=', true)
      .execute();
    const vlan = row.segmentation_id;
    const port = carrying.find((one) =>
      [one.intent, one.applied_owner === null ? null : one.observed].some(
        (settings) => settings && vlan !== null && (settings.untagged === vlan || settings.tagged.includes(vlan)),
      ),
    );
    if (port) throw inUse(`is on switch port ${port.port_id}; move that first`);
    await trx.deleteFrom('network').where('id', '=', id).execute();
    await recordEvent(trx, { kind: 'network.removed', message: `${by} removed network ${row.name}` });
  });
}
