import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

const HEADINGS = ['Port', 'Neighbor Device ID', 'Neighbor Port ID', 'TTL'];

/**
 * EOS User Manual, "show lldp neighbors". A neighbour that sends no system name is listed with its chassis id. Four words
 * are the four cells, however wide they are printed; only names with blanks need the columns.
 */
export const lldpNeighborsText = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors(?: \S+(?: [\d/,-]+)?)?(?<! detail)$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let columns: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^Last table change time\s*:/ },
      { pattern: /^Number of table (?:inserts|deletes|drops|age-outs)\s*:\s*\d+$/ },
      {
        pattern: /^Port\s+Neighbor Device ID\s+Neighbor Port ID\s+TTL$/,
        take: (_match, line) => {
          columns = columnsOf(line, HEADINGS);
        },
      },
      ...NOISE,
      {
        pattern: /^[A-Za-z]\S*\s/,
        take(_match, line) {
          const row = rowOf(line, columns);
          if (row === null) return false;
          rows.push(row);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function rowOf(line: string, columns: Column[] | null): NeighborRow | null {
  const words = line.split(/\s+/);
  const cells = words.length !== 4 && columns ? cellsOf(columns, line) : null;
  const [port, device, remote, ttl] = cells ? HEADINGS.map((name) => cells[name]) : words;
  const portId = canonicalName(port ?? '');
  if (portId === null || !device || !remote || !/^\d{1,5}$/.test(ttl ?? '')) return null;
  const chassis = /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/.test(device) ? normalizeMac(device) : null;
  return {
    portId,
    chassisIdSubtype: chassis === null ? null : 4,
    chassisId: chassis,
    portIdSubtype: null,
    remotePortId: normalizeMac(remote) ?? orNull(remote),
    portDescription: null,
    systemName: chassis === null ? device : null,
    systemDescription: null,
    managementAddresses: [],
  };
}
