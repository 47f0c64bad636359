import { macsFrom, neighborsFrom } from '../../transports/ssh-cli/evidence.ts';
import { lldpDetail } from './lldp-detail.ts';
import { macTable } from './mac-table.ts';

export const neighbors = neighborsFrom('show lldp neighbors detail', lldpDetail);
export const macs = macsFrom('show mac-address', macTable);
