import type { MacTableEntry, SwitchNeighbor } from '../../contract/driver.ts';
import type { OutputReader } from '../../contract/rows.ts';
import type { Reader } from './platform.ts';

/** A neighbour of which the output names neither port nor chassis proves no link. */
export function neighborsFrom(command: string, reader: OutputReader<'neighbors'>): Reader<SwitchNeighbor[]> {
  return {
    commands: [command],
    read: ([output = '']) =>
      reader.read(output).rows.flatMap(({ portId, chassisId, remotePortId, ...row }) =>
        portId === '' || chassisId === null
          ? []
          : [
              {
                portId,
                chassisIdSubtype: row.chassisIdSubtype,
                chassisId,
                portIdSubtype: row.portIdSubtype,
                remotePortId: remotePortId ?? '',
                systemName: row.systemName,
              },
            ],
      ),
  };
}

export function macsFrom(command: string, reader: OutputReader<'macs'>): Reader<MacTableEntry[]> {
  return {
    commands: [command],
    read: ([output = '']) => reader.read(output).rows.map(({ mac, vlan, portId }) => ({ mac, vlan, portId })),
  };
}
