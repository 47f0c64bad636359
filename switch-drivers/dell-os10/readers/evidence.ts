import type { SwitchNeighbor } from '../../contract/driver.ts';
import { macsFrom, neighborsFrom } from '../../transports/ssh-cli/evidence.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { macTable } from './mac-table.ts';
import { neighborTable } from './neighbor-table.ts';
import { neighborsDetail } from './neighbors.ts';

const TABLE = 'show lldp neighbors';
const DETAIL = 'show lldp neighbors detail';

/**
 * A neighbour may describe itself in many lines that look like another neighbour's. So one counts only where the table, which
 * shows no descriptions, has it on the same port; the table cuts a long chassis id.
 */
export const neighbors: Reader<SwitchNeighbor[]> = {
  commands: [TABLE, DETAIL],
  read([table = '', detail = '']) {
    const listed = neighborsFrom(TABLE, neighborTable).read([table]);
    return neighborsFrom(DETAIL, neighborsDetail)
      .read([detail])
      .filter(({ portId, chassisId }) =>
        listed.some((row) => row.portId === portId && chassisId.startsWith(row.chassisId.replace(/\.\.\.$/, ''))),
      );
  },
};

export const macs = macsFrom('show mac address-table', macTable);
