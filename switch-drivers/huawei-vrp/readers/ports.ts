import type { PortRow } from '../../contract/rows.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { blocksOf } from '../../transports/ssh-cli/text/blocks-of.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { interfaceBrief } from './interface-brief.ts';
import { foreignSettings, portConfig } from './port-config.ts';
import { negotiatedPorts, portVlan } from './port-vlan.ts';
import { vlans } from './vlans.ts';

/** VRP 5: what a port is whose link type the configuration does not show differs by model; a table tells it. */
export const ports: Reader<PortTable> = {
  commands: ['display interface brief', 'display port vlan', 'display vlan', 'display current-configuration interface'],
  read([status = '', linkTypes = '', vlanTable = '', config = '']) {
    const negotiated = negotiatedPorts(linkTypes);
    const { rows, unparsed } = portConfig.read(config);
    const blocks = blocksOf(config, /^interface (\S+)/, canonicalName);
    const fixed = ({ portId }: PortRow) => blocks.get(portId)?.some((text) => text.startsWith('port link-type '));
    return portTable({
      config: {
        rows: rows.map((row) => (negotiated.has(row.portId) && !fixed(row) ? asTrunk(row) : row)),
        unparsed: [...unparsed, ...portVlan.read(linkTypes).unparsed],
      },
      status: interfaceBrief.read(status),
      vlans: vlans.read(vlanTable),
      foreign: foreignSettings(config),
      blocks,
      isSwitchPort,
    });
  },
};

/**
 * Whoever is plugged into a port that negotiates may make it a trunk of all VLANs (Configuration Guide, "LNP"). It is read as
 * that trunk, so that it differs from whatever is intended and gets a fixed link type.
 */
function asTrunk(row: PortRow): PortRow {
  return row.mode === 'access' ? { ...row, mode: 'trunk', untagged: row.untagged, tagged: 'all' } : row;
}
