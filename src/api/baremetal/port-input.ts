import { z } from 'zod';
import type { LocalLinkConnection } from '../../store/schema.ts';
import type { Db } from '../../store/store.ts';
import { invalid, notAcceptable } from './errors.ts';
import { linkConnection, normaliseLinkConnection } from './link-connection.ts';
import type { ApiNode } from './node-lookup.ts';
import { PORT_FIELDS } from './port-fields.ts';
import { findPortgroup } from './portgroup-lookup.ts';
import { refuseUnsupported } from './resource.ts';
import { booleanLike, jsonObject, mac, resourceName, uuid } from './values.ts';

/** Members that exist in newer versions and stand for nothing here. */
const UNSUPPORTED = {
  description: z.unknown().optional(),
  vendor: z.unknown().optional(),
  category: z.unknown().optional(),
};

/** What a client may set on a port. */
export const portMembers = z.strictObject({
  address: mac,
  local_link_connection: linkConnection.nullish(),
  pxe_enabled: booleanLike.nullish(),
  physical_network: z.string().max(64).nullish(),
  portgroup_uuid: z.string().max(255).nullish(),
  is_smartnic: booleanLike.nullish(),
  extra: jsonObject.nullish(),
  name: resourceName.nullish(),
  ...UNSUPPORTED,
});
export const portCreateBody = portMembers.extend({
  uuid: uuid.nullish(),
  node_uuid: uuid.optional(),
  node_ident: z.string().max(255).optional(),
});
export type PortMembers = z.output<typeof portMembers>;

/** Columns of a port as a client's members set them. */
export interface PortValues {
  address: string;
  local_link_connection: LocalLinkConnection;
  pxe_enabled: boolean;
  physical_network: string | null;
  portgroup_uuid: string | null;
  is_smartnic: boolean;
  extra: Record<string, unknown>;
  name: string | null;
}

export function checkPortMembers(members: Record<string, unknown>, minor: number): void {
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    const field = PORT_FIELDS.find((candidate) => candidate.name === name);
    if (field && field.since > minor) throw notAcceptable();
    if (name in UNSUPPORTED && value !== null) refuseUnsupported('port', name);
  }
}

/** Members -> columns, with the rules that need the database. */
export async function portValues(db: Db, node: ApiNode, members: PortMembers, minor: number): Promise<PortValues> {
  const chassisIds = await knownChassisIds(db, members.local_link_connection?.switch_id);
  const local_link_connection = normaliseLinkConnection(members.local_link_connection ?? {}, minor, (id) =>
    chassisIds.has(id),
  );
  const is_smartnic = members.is_smartnic ?? false;
  if (is_smartnic && !(local_link_connection.port_id && local_link_connection.hostname)) {
    throw invalid('A SmartNIC port needs port_id and hostname in its local_link_connection');
  }
  const pxe_enabled = members.pxe_enabled ?? true;
  const physical_network = members.physical_network ?? null;
  let portgroup_uuid: string | null = null;
  if (members.portgroup_uuid) {
    const group = await findPortgroup(db, members.portgroup_uuid);
    if (group.node_uuid !== node.uuid) throw invalid(`Portgroup ${group.uuid} belongs to another node`);
    if (pxe_enabled && !group.standalone_ports_supported) {
      throw invalid(`Portgroup ${group.uuid} does not support standalone ports: set pxe_enabled to false`);
    }
    portgroup_uuid = group.uuid;
  }
  return {
    address: members.address,
    local_link_connection,
    pxe_enabled,
    physical_network,
    portgroup_uuid,
    is_smartnic,
    extra: members.extra ?? {},
    name: members.name ?? null,
  };
}

async function knownChassisIds(db: Db, asked: string | undefined): Promise<Set<string>> {
  if (asked === undefined) return new Set();
  const rows = await db.selectFrom('switch').select('description').execute();
  return new Set(rows.flatMap((row) => row.description?.chassisIds ?? []));
}
