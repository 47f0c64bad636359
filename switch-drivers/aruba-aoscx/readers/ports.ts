import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { isSwitchPort } from '../port-names.ts';
import { interfaceBrief } from './interface-brief.ts';
import { foreignSettings, portBlocks, portConfig } from './port-config.ts';
import { vlans } from './vlans.ts';

/** The whole configuration holds secrets, and lines that are not understood are logged. */
const SECRET = /\b(?:password|ciphertext|plaintext|secret|community|key|token)\b/i;

export const ports: Reader<PortTable> = {
  commands: ['show interface brief', 'show vlan', 'show running-config'],
  read([status = '', vlanTable = '', config = '']) {
    const { rows, unparsed } = portConfig.read(config);
    return portTable({
      config: { rows, unparsed: unparsed.filter((line) => !SECRET.test(line)) },
      status: interfaceBrief.read(status),
      vlans: vlans.read(vlanTable),
      foreign: foreignSettings(config),
      blocks: portBlocks(config),
      isSwitchPort,
    });
  },
};
