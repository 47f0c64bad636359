import type { Parsed, PortRow } from '../../contract/rows.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { blocksOf } from '../../transports/ssh-cli/text/blocks-of.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { interfaceStatus } from './interface-status.ts';
import { foreignSettings, portConfig } from './port-config.ts';
import { vlans } from './vlans.ts';

/**
 * VLANs from the configuration, which is exact. What it is silent about depends on `system default switchport [shutdown]`
 * and on the model: there the status table tells what is in force.
 */
export const ports: Reader<PortTable> = {
  commands: [
    'show interface status',
    'show vlan brief',
    'show running-config interface',
    'show running-config | include system.default.switchport',
  ],
  read([status = '', vlanTable = '', config = '', defaults = '']) {
    const linked = interfaceStatus.read(status);
    const configured = inForce(portConfig.read(`${defaults}\n${config}`), linked);
    const adminUp = new Map(configured.rows.map((row) => [row.portId, row.adminUp]));
    const blocks = [...blocksOf(config, /^interface (\S+)/, canonicalName)];
    return portTable({
      config: configured,
      status: linked,
      vlans: vlans.read(vlanTable),
      foreign: foreignSettings(config),
      blocks: new Map(blocks.map(([portId, block]) => [portId, told(block, adminUp.get(portId) !== false)])),
      isSwitchPort,
    });
  },
};

function inForce(config: Parsed<PortRow>, status: Parsed<PortRow>): Parsed<PortRow> {
  const linked = new Map(status.rows.map((row) => [row.portId, row]));
  const rows = config.rows.map((row): PortRow => {
    const { mode, adminUp } = linked.get(row.portId) ?? {};
    const layer2 = mode === 'routed' ? { mode, untagged: null, tagged: null } : {};
    return { ...row, ...layer2, adminUp: adminUp ?? row.adminUp };
  });
  return { ...config, rows };
}

/** The block with the state that is in force, whichever of the two the running configuration is silent about. */
function told(block: readonly string[], adminUp: boolean): string[] {
  const others = block.filter((text) => !/^(?:no )?shutdown(?: force)?$/.test(text));
  return adminUp ? others : [...others, 'shutdown'];
}
