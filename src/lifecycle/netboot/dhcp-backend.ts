import type { DhcpBackend } from '../../../provisioner/dhcp/transaction.ts';
import type { Db } from '../../store/store.ts';
import { RAMDISK_STATES } from '../states.ts';

/**
 * Who gets an address: the NICs of a node that is to boot a ramdisk now. On a network that is not open everybody else
 * gets silence; an open one (inspection) also answers MACs that nobody has heard of.
 */
export function createDhcpBackend(db: Db): DhcpBackend {
  return {
    async lookup({ mac, role }) {
      const owner = await db
        .selectFrom('port')
        .innerJoin('node', 'node.uuid', 'port.node_uuid')
        .select(['node.provision_state', 'node.placement', 'node.name'])
        .where('port.address', '=', mac)
        .executeTakeFirst();
      if (!owner) return null;
      // On the inspection network also a node that should be elsewhere is answered: a cable that was moved to a port at
      // rest shows itself by the LLDP its ramdisk then hears.
      const expected = role === 'inspection' || owner.placement === role;
      return { allow: expected && RAMDISK_STATES.includes(owner.provision_state as never) };
    },
  };
}
