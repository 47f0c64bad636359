import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

const NATIVE = ['Lcl Port', 'Chassis ID', 'Port ID', 'Port Description', 'System Name'];
/** A table in the style of IOS, which some images print. */
const IOS_STYLE = ['Device ID', 'Local Intf', 'Hold-time', 'Capability', 'Port ID'];

/** `show lldp neighbors`: fixed columns; a value that is too long is cut and ends with `~`. */
export const lldp = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors(?: ports .+)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let columns: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*(?:Lcl Port|Device ID)\s/,
        take(_match, line) {
          columns = columnsOf(line, NATIVE) ?? columnsOf(line, IOS_STYLE);
          return columns === null ? false : undefined;
        },
      },
      { pattern: /^Capability codes:$/ },
      { pattern: /^\s+\([A-Z]\) \w/ },
      { pattern: /^\s*Total entries displayed: \d+$/ },
      { pattern: /^\s*No (?:LLDP )?neighbors?/i },
      ...NOISE,
      {
        pattern: /^\s*\S/,
        take(_match, line) {
          const row = columns && rowOf(cellsOf(columns, line));
          if (!row) return false;
          rows.push(row);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function rowOf(cells: Record<string, string>): NeighborRow | null {
  const portId = canonicalName(cells['Lcl Port'] ?? cells['Local Intf'] ?? '');
  const remote = cells['Port ID'] ?? '';
  if (portId === null || remote === '') return null;
  const chassis = cells['Chassis ID'] || null;
  const chassisMac = chassis && normalizeMac(chassis);
  return {
    portId,
    chassisIdSubtype: chassisMac ? 4 : null,
    chassisId: chassisMac ?? chassis,
    portIdSubtype: null,
    remotePortId: normalizeMac(remote) ?? remote,
    portDescription: cells['Port Description'] || null,
    systemName: cells['System Name'] || cells['Device ID'] || null,
    systemDescription: null,
    managementAddresses: [],
  };
}
