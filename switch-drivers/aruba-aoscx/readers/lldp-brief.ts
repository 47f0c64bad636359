import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { idsOf, TOTALS } from './lldp-detail.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

const HEADINGS = ['LOCAL-PORT', 'CHASSIS-ID', 'PORT-ID', 'PORT-DESC', 'TTL', 'SYS-NAME'];

/**
 * ArubaOS-CX Command-Line Interface Guide, "show lldp neighbor-info". Six words are the six cells, however wide they are
 * printed; only empty cells and names with blanks need the columns.
 */
export const lldpBrief = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors?-info$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let columns: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      TOTALS,
      {
        pattern: /^LOCAL-PORT\s+CHASSIS-ID\s+PORT-ID\s+PORT-DESC\s+TTL\s+SYS-NAME$/,
        take: (_match, line) => {
          columns = columnsOf(line, HEADINGS);
        },
      },
      ...NOISE,
      {
        pattern: /^[\da-z]\S*\s/,
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
  const cells = words.length !== 6 && columns ? cellsOf(columns, line) : null;
  const [port, chassis, remote, description, ttl, name] = cells ? HEADINGS.map((heading) => cells[heading]) : words;
  const portId = canonicalName(port ?? '');
  if (portId === null || !chassis || !remote || !/^\d{1,5}$/.test(ttl ?? '')) return null;
  return {
    portId,
    ...idsOf(chassis, normalizeMac(remote) ?? remote),
    portDescription: orNull(description),
    systemName: orNull(name),
    systemDescription: null,
    managementAddresses: [],
  };
}
