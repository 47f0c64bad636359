import type { Selectable } from 'kysely';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { computeIntents, type IntentDraft } from '../../topology/intent/compute-intents.ts';
import type { Network, NetworkRole } from '../../topology/networks/network.ts';
import { parseVlanRanges } from '../../topology/networks/vlan-range.ts';
import type { ManagedScope } from '../../topology/plan/model.ts';
import type { Database } from '../store/schema.ts';
import type { Db } from '../store/store.ts';

export type SwitchRow = Selectable<Database['switch']>;
export type SwitchPortRow = Selectable<Database['switch_port']>;
export type NodeRow = Selectable<Database['node']>;

export function networkOf(row: Selectable<Database['network']>): Network {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    projectId: row.project_id,
    // The operator's own networks are for everybody.
    shared: row.shared || (row.project_id === null && row.role === null),
    segment: {
      networkType: row.network_type,
      physicalNetwork: row.physical_network,
      segmentationId: row.segmentation_id,
    },
  };
}

export function roleMissing(role: NetworkRole): FabricError {
  return new FabricError(
    'network_role_missing',
    `There is no ${role} network. Create one: switchyard network create ${role} --role ${role} --vlan N`,
    { context: { role } },
  );
}

/** VLAN of the quarantine. Error: `network_role_missing`. */
export async function idleVlan(db: Db): Promise<number> {
  const row = await db
    .selectFrom('network')
    .select('segmentation_id')
    .where('role', '=', 'idle')
    .where('network_type', '=', 'vlan')
    .executeTakeFirst();
  if (!row || row.segmentation_id === null) throw roleMissing('idle');
  return row.segmentation_id;
}

export function scopeOf(row: SwitchRow, managed: Iterable<string>, idle: number): ManagedScope {
  return { ports: new Set(managed), vlans: parseVlanRanges(row.managed_vlans), idleVlan: idle };
}

/** Whose the node is: the tenant it was deployed for until it was cleaned, else its lessee. */
export function projectOf(node: Pick<NodeRow, 'driver_internal_info' | 'lessee'>): string | null {
  const tenant = node.driver_internal_info.tenant;
  return typeof tenant === 'string' ? tenant : (node.lessee ?? '');
}

export interface Intended {
  drafts: Map<string, IntentDraft[]>;
  problems: Array<{ switchId: string; portId: string; error: FabricError }>;
}

/** What the managed ports of these switches must look like, from nodes, mappings and bindings as they stand in `db`. */
export async function intendedPorts(db: Db, switchIds: readonly string[]): Promise<Intended> {
  if (switchIds.length === 0) return { drafts: new Map(), problems: [] };
  const idle = await idleVlan(db);
  const [switches, ports, networks, nics] = await Promise.all([
    db.selectFrom('switch').selectAll().where('id', 'in', switchIds).execute(),
    db
      .selectFrom('switch_port')
      .select(['switch_id', 'port_id'])
      .where('switch_id', 'in', switchIds)
      .where('managed', '=', true)
      .orderBy('position')
      .execute(),
    db.selectFrom('network').selectAll().execute(),
    db
      .selectFrom('port')
      .innerJoin('node', 'node.uuid', 'port.node_uuid')
      .leftJoin('vif', 'vif.port_uuid', 'port.uuid')
      .select(['port.address', 'port.node_uuid', 'port.switch_id', 'port.switch_port_id', 'port.pxe_enabled'])
      .select(['port.contradiction', 'node.placement', 'node.driver_internal_info', 'node.lessee', 'vif.network_id'])
      .where('port.switch_id', 'in', switchIds)
      .execute(),
  ]);
  const computed = computeIntents({
    switches: switches.map((row) => ({
      id: row.id,
      restPolicy: row.rest_policy,
      scope: scopeOf(
        row,
        ports.filter((port) => port.switch_id === row.id).map(({ port_id }) => port_id),
        idle,
      ),
    })),
    networks: networks.map(networkOf),
    nics: nics.map((nic) => ({
      mac: nic.address,
      nodeId: nic.node_uuid,
      switchId: nic.switch_id,
      portId: nic.switch_port_id,
      pxeEnabled: nic.pxe_enabled,
      contradicted: nic.contradiction !== null,
    })),
    nodes: nics.map((nic) => ({ id: nic.node_uuid, placement: nic.placement, projectId: projectOf(nic) })),
    bindings: nics.flatMap((nic) => (nic.network_id ? [{ nicMac: nic.address, networkId: nic.network_id }] : [])),
  });
  return { drafts: computed.intents, problems: computed.problems };
}
