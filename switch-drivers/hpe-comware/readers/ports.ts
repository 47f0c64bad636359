import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { blocksOf } from '../../transports/ssh-cli/text/blocks-of.ts';
import { withLinkType } from '../../vrp-family/configured-port.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { interfaceBrief } from './interface-brief.ts';
import { foreignSettings, portConfig } from './port-config.ts';
import { vlanBrief } from './vlan-brief.ts';

/** Links and which VLANs exist from the tables; everything else from the configuration, which is exact. */
export const ports: Reader<PortTable> = {
  commands: ['display interface brief', 'display vlan brief', 'display current-configuration interface'],
  read([status = '', vlans = '', config = '']) {
    const blocks = blocksOf(config, /^interface (\S+)/, canonicalName);
    return portTable({
      config: portConfig.read(config),
      status: interfaceBrief.read(status),
      vlans: vlanBrief.read(vlans),
      foreign: foreignSettings(config),
      blocks: new Map([...blocks].map(([portId, block]) => [portId, withLinkType(block)])),
      isSwitchPort,
    });
  },
};
