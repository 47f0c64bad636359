import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** Local port, what stands between, chassis id. */
const ROW = /^(\S{1,24}) +(\S.*) (\S+)$/;

/** `show lldp neighbors`. Subtypes are not printed; host and port may hold blanks, and what is too long ends with dots. */
export const neighborTable = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors$/,
  read(output) {
    const rows: NeighborRow[] = [];
    /** Where host and remote port begin. */
    let starts: [host: number, port: number] = [0, 0];
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^Loc PortID +Rem Host Name +Rem Port Id +Rem Chassis Id$/,
        take: (_, line) => {
          starts = [line.indexOf('Rem Host'), line.indexOf('Rem Port')];
        },
      },
      ...noise,
      {
        pattern: ROW,
        take: ([, local = '', , chassis = ''], line) => {
          const portId = canonicalName(local);
          const host = line.slice(...starts).trim();
          const port = line.slice(starts[1], -chassis.length).trim();
          if (portId === null) return false;
          rows.push({
            portId,
            chassisIdSubtype: null,
            chassisId: normalizeMac(chassis) ?? chassis,
            portIdSubtype: null,
            remotePortId: normalizeMac(port) ?? port,
            portDescription: null,
            systemName: host === 'Not Advertised' ? null : host,
            systemDescription: null,
            managementAddresses: [],
          });
        },
      },
    ]);
    return { rows, unparsed };
  },
});
