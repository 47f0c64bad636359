import { FabricError } from '../../../topology/error/fabric-error.ts';
import { matchPort, matchSwitch } from '../../../topology/identity/match.ts';
import { knownSwitches } from '../../fabric/learn-links.ts';
import type { LocalLinkConnection } from '../../store/schema.ts';
import type { Trx } from '../../store/store.ts';
import type { ApiContext } from '../context.ts';

interface Nic {
  uuid: string;
  address: string;
  /** The switch it was mapped to before. */
  switchId: string | null;
}

/**
 * What an operator writes as local_link_connection is one more claim about the cable: kept as evidence beside what LLDP
 * says, and the mapping follows it, because somebody answers for it. A switch or port that is not registered leaves the NIC
 * unmapped. Subtypes are IEEE 802.1AB's: chassis id 4 (MAC) or 7 (local), port id 5 (interface name). Error:
 * `port_conflict` when another NIC is recorded on that switch port.
 */
export async function applyOperatorLink(
  context: ApiContext,
  trx: Trx,
  nic: Nic,
  link: LocalLinkConnection,
  by: string,
): Promise<void> {
  const claim = link.network_type === 'unmanaged' ? null : claimOf(link);
  if (claim) await recordEvidence(trx, nic.address, claim, link);
  const known = claim && matchSwitch(claim.chassis, await knownSwitches(trx));
  const match = known && matchPort(claim.port, known.ports);
  const place =
    known && match && 'found' in match ? { switchId: known.id, name: known.name, portId: match.found } : null;
  if (place) await refuseTwoNics(trx, nic, place);
  await trx
    .updateTable('port')
    .set({ switch_id: place?.switchId ?? null, switch_port_id: place?.portId ?? null, contradiction: null })
    .where('uuid', '=', nic.uuid)
    .execute();
  for (const id of new Set([nic.switchId, place?.switchId])) {
    if (id) await context.fabric.settle(trx, id, { by, reason: 'link set by operator' });
  }
}

function claimOf(link: LocalLinkConnection): { chassis: string; port: string } | null {
  return link.switch_id && link.port_id ? { chassis: link.switch_id, port: link.port_id } : null;
}

async function recordEvidence(
  trx: Trx,
  address: string,
  claim: { chassis: string; port: string },
  link: LocalLinkConnection,
): Promise<void> {
  await trx
    .insertInto('link_evidence')
    .values({
      source: 'operator',
      address,
      chassis_id_subtype: /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(claim.chassis) ? 4 : 7,
      chassis_id: claim.chassis,
      port_id_subtype: 5,
      port_id: claim.port,
      system_name: link.switch_info ?? null,
      raw: JSON.stringify(link),
    })
    .execute();
}

async function refuseTwoNics(
  trx: Trx,
  nic: Nic,
  place: { switchId: string; name: string; portId: string },
): Promise<void> {
  const other = await trx
    .selectFrom('port')
    .select(['uuid', 'address'])
    .where('switch_id', '=', place.switchId)
    .where('switch_port_id', '=', place.portId)
    .where('uuid', '!=', nic.uuid)
    .executeTakeFirst();
  if (!other) return;
  throw new FabricError(
    'port_conflict',
    `Port ${place.portId} of switch ${place.name} is where NIC ${other.address} hangs: correct or delete port ${other.uuid} first.`,
    { context: { switch: place.switchId, portId: place.portId, port: other.uuid } },
  );
}
