import type { PortRow } from '../../contract/rows.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { blocksOf } from '../../transports/ssh-cli/text/blocks-of.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { interfacesStatus } from './interfaces-status.ts';
import { foreignSettings, portConfig } from './port-config.ts';
import { vlans } from './vlans.ts';

/** Names, links and which VLANs exist from the tables; everything else from the configuration, which is exact. */
export const ports: Reader<PortTable> = {
  commands: ['show interfaces status', 'show vlan brief', 'show running-config | section ^interface'],
  read([status = '', vlanTable = '', config = '']) {
    const blocks = blocksOf(config, /^interface (\S+)/, canonicalName);
    const { rows, unparsed } = portConfig.read(config);
    return portTable({
      config: { rows: rows.map((row) => worstCase(row, blocks.get(row.portId) ?? [])), unparsed },
      status: interfacesStatus.read(status),
      vlans: vlans.read(vlanTable),
      foreign: foreignSettings(config),
      blocks,
      isSwitchPort,
    });
  },
};

/**
 * A port without a fixed mode negotiates one over DTP: whoever is plugged in may make it a trunk of all that is allowed.
 * It is read as that trunk, so that it differs from whatever is intended and gets a fixed mode.
 */
function worstCase(row: PortRow, block: readonly string[]): PortRow {
  if (row.mode === 'routed' || block.some((line) => /^switchport mode (?!dynamic)/.test(line))) return row;
  const lines = block.filter((line) => !line.startsWith('switchport mode '));
  const asTrunk = [`interface ${row.portId}`, ...lines, 'switchport mode trunk'].join('\n ');
  return portConfig.read(asTrunk).rows[0] ?? row;
}
