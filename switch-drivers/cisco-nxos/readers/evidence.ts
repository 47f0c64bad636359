import { macsFrom, neighborsFrom } from '../../transports/ssh-cli/evidence.ts';
import { macTable } from './mac-table.ts';
import { neighborsDetail } from './neighbors.ts';

export const neighbors = neighborsFrom('show lldp neighbors detail', neighborsDetail);
export const macs = macsFrom('show mac address-table dynamic', macTable);
