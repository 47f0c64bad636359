import type { LocalLinkConnection } from '../../store/schema.ts';
import type { Trx } from '../../store/store.ts';

/**
 * What an operator writes as local_link_connection is one more claim about the cable: kept as evidence, beside what LLDP
 * says. Subtypes are IEEE 802.1AB's: chassis id 4 (MAC) or 7 (local), port id 5 (interface name).
 */
export async function recordOperatorLink(trx: Trx, address: string, link: LocalLinkConnection): Promise<boolean> {
  if (!link.switch_id || !link.port_id || link.network_type === 'unmanaged') return false;
  await trx
    .insertInto('link_evidence')
    .values({
      source: 'operator',
      address,
      chassis_id_subtype: link.switch_id.length === 17 ? 4 : 7,
      chassis_id: link.switch_id,
      port_id_subtype: 5,
      port_id: link.port_id,
      system_name: link.switch_info ?? null,
      raw: JSON.stringify(link),
    })
    .execute();
  return true;
}
