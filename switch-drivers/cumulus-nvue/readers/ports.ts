import { BRIDGE_PORTS, bridgePorts } from '../../linux/readers/bridge-ports.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { vlansOf } from './vlans.ts';

const VLANS = 'nv show bridge domain br_default vlan -o json';

/** Front panel ports, and the parts of a port that is split. */
const PORT = /^swp\d{1,3}(?:s\d)?$/;

/** Ports as the kernel has them in force; VLANs as the bridge domain has them configured. */
export const ports: Reader<PortTable> = {
  commands: [...BRIDGE_PORTS, VLANS],
  read: (outputs) => ({
    ports: bridgePorts(outputs, (name) => PORT.test(name)),
    vlans: vlansOf(VLANS, outputs[BRIDGE_PORTS.length] ?? ''),
  }),
};
