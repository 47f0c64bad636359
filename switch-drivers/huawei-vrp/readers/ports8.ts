import type { VlanRow } from '../../contract/rows.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { type PortSources, portTable } from '../../transports/ssh-cli/port-table.ts';
import { blocksOf } from '../../transports/ssh-cli/text/blocks-of.ts';
import { withLinkType } from '../../vrp-family/configured-port.ts';
import { vlanList } from '../../vrp-family/vlan-list.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { interfaceBrief } from './interface-brief.ts';
import { withoutPager } from './noise.ts';
import { foreignSettings, portConfig } from './port-config.ts';
import { vlans } from './vlans.ts';

/** VRP 8: access is the default of every port, about which the configuration is silent. */
export const ports8: Reader<PortTable> = {
  commands: ['display interface brief', 'display vlan', 'display current-configuration interface'],
  read([status = '', vlanTable = '', config = '']) {
    return portTable({
      ...configured(config),
      status: interfaceBrief.read(status),
      vlans: vlans.read(vlanTable),
    });
  },
};

/** The whole configuration as it would be after a commit. */
export const preview: Reader<PortTable> = {
  commands: ['display configuration candidate merge'],
  read([text = '']) {
    const config = withoutPager(text);
    const interfaces = config.split(/^#\s*$/m).filter((section) => /^\s*interface /.test(section));
    return portTable({
      ...configured(interfaces.join('#\n')),
      status: { rows: [], unparsed: [] },
      vlans: { rows: configuredVlans(config), unparsed: [] },
    });
  },
};

function configured(config: string): Omit<PortSources, 'status' | 'vlans'> {
  const blocks = blocksOf(config, /^interface (\S+)/, canonicalName);
  return {
    config: portConfig.read(config),
    foreign: foreignSettings(config),
    blocks: new Map([...blocks].map(([portId, block]) => [portId, withLinkType(block)])),
    isSwitchPort,
  };
}

/** `vlan batch 10 20 to 30`, and the blocks of single VLANs; 1 is always there. */
function configuredVlans(config: string): VlanRow[] {
  const lists = [...config.matchAll(/^vlan (?:batch )?(\d[\d to]*)$/gm)].map(([, list = '']) => vlanList(list) ?? []);
  const ids = new Set([1, ...lists.flat()]);
  return [...ids].map((vlan) => ({ vlan, name: null, active: null, ports: null }));
}
