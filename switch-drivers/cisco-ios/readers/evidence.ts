import type { MacTableEntry, SwitchNeighbor } from '../../contract/driver.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { macTable } from './mac-table.ts';
import { neighborsDetail } from './neighbors.ts';

/** A neighbour of which the output names neither port nor chassis proves no link. */
export const neighbors: Reader<SwitchNeighbor[]> = {
  commands: ['show lldp neighbors detail'],
  read: ([output = '']) =>
    neighborsDetail.read(output).rows.flatMap(({ chassisId, remotePortId, ...row }) =>
      row.portId === '' || chassisId === null
        ? []
        : [
            {
              portId: row.portId,
              chassisIdSubtype: row.chassisIdSubtype,
              chassisId,
              portIdSubtype: row.portIdSubtype,
              remotePortId: remotePortId ?? '',
              systemName: row.systemName,
            },
          ],
    ),
};

export const macs: Reader<MacTableEntry[]> = {
  commands: ['show mac address-table dynamic'],
  read: ([output = '']) => macTable.read(output).rows.map(({ mac, vlan, portId }) => ({ mac, vlan, portId })),
};
