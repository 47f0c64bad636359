import { macsFrom, neighborsFrom } from '../../transports/ssh-cli/evidence.ts';
import { lldpEntry } from './lldp-entry.ts';
import { macTable } from './mac-table.ts';

export const neighbors = neighborsFrom('show lldp entry', lldpEntry);
export const macs = macsFrom('show mac table', macTable);
