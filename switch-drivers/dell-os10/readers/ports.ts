import type { Parsed, PortRow } from '../../contract/rows.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { blocksOf } from '../../transports/ssh-cli/text/blocks-of.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { interfaceStatus } from './interface-status.ts';
import { portBlock } from './port-block.ts';
import { foreignSettings, portConfig } from './port-config.ts';
import { virtualNetworkMembers } from './virtual-networks.ts';
import { vlans } from './vlans.ts';

/** Links and which VLANs exist from the tables; everything else from the configuration, which is exact. */
export const ports: Reader<PortTable> = {
  commands: [
    'show interface status',
    'show vlan',
    'show running-configuration interface',
    'show running-configuration | grep member-interface',
  ],
  read([status = '', vlanTable = '', config = '', overlay = '']) {
    const linked = interfaceStatus.read(status);
    const blocks = blocksOf(config, /^interface (\S+(?: \d\S*)?)$/, canonicalName);
    return portTable({
      config: inForce(portConfig.read(config), blocks, linked),
      status: linked,
      vlans: vlans.read(vlanTable),
      foreign: new Map([...foreignSettings(config), ...virtualNetworkMembers(overlay)]),
      blocks,
      isSwitchPort,
    });
  },
};

/** A block that says nothing of its access VLAN leaves it to the table: it is the default VLAN, or there is none. */
function inForce(
  config: Parsed<PortRow>,
  blocks: ReadonlyMap<string, readonly string[]>,
  status: Parsed<PortRow>,
): Parsed<PortRow> {
  const linked = new Map(status.rows.map((row) => [row.portId, row]));
  const rows = config.rows.map((row) => {
    if (row.mode === 'routed' || portBlock(blocks.get(row.portId) ?? []).access !== null) return row;
    const shown = linked.get(row.portId);
    // Without a table that shows the port in the same mode, nothing is known.
    return shown?.mode === row.mode ? { ...row, untagged: shown.untagged } : { ...row, mode: null };
  });
  return { ...config, rows };
}
