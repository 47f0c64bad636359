import { z } from 'zod';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { LocalLinkConnection } from '../../store/schema.ts';
import { notAcceptable } from './errors.ts';
import { text255 } from './values.ts';

/** Ironic's local_link_connection; which members must come together is checked apart, for a message one can use. */
export const linkConnection = z.strictObject({
  switch_id: text255.optional(),
  port_id: text255.optional(),
  switch_info: text255.optional(),
  hostname: text255.optional(),
  network_type: z.enum(['managed', 'unmanaged']).optional(),
});

const MAC = /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i;
/** OpenFlow datapath id: 64 bits, with or without colons. */
const DATAPATH = /^(0x)?[0-9a-f]{16}$|^[0-9a-f]{2}(:[0-9a-f]{2}){7}$/i;

/**
 * Checked and in canonical spelling. switch_id is a MAC or a datapath id, as in Ironic, or the chassis id of a switch
 * that is registered here: LLDP chassis ids may be text (IEEE 802.1AB subtype 7).
 */
export function normaliseLinkConnection(
  given: z.output<typeof linkConnection>,
  minor: number,
  isKnownChassis: (chassisId: string) => boolean,
): LocalLinkConnection {
  const link: LocalLinkConnection = { ...given };
  if (Object.keys(link).length === 0) return link;
  if (link.network_type !== undefined && minor < 64) throw notAcceptable();
  const complete =
    link.network_type === 'unmanaged' ||
    (link.port_id !== undefined && (link.switch_id ?? link.hostname) !== undefined);
  if (!complete) {
    throw new FabricError(
      'local_link_invalid',
      'local_link_connection needs switch_id and port_id (or port_id and hostname for a SmartNIC, or network_type unmanaged)',
    );
  }
  if (link.switch_id !== undefined) {
    if (MAC.test(link.switch_id)) link.switch_id = link.switch_id.toLowerCase().replaceAll('-', ':');
    else if (DATAPATH.test(link.switch_id)) link.switch_id = link.switch_id.toLowerCase();
    else if (!isKnownChassis(link.switch_id)) {
      throw new FabricError(
        'local_link_invalid',
        `Expected a switch_id that is a MAC address, an OpenFlow datapath_id, or the chassis id of a registered switch but received ${link.switch_id}.`,
      );
    }
  }
  return link;
}
