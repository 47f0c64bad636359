import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

const HEADINGS = ['Local Interface', 'Parent Interface', 'Chassis Id', 'Port info', 'System Name'];
/** Older releases have no parent, EX 9 to 12 no system name. */
const VARIANTS = [HEADINGS, HEADINGS.filter((name) => name !== 'Parent Interface'), HEADINGS.slice(0, 4)];

/** `Port info` is the neighbour's port id, or its port description where it sends one. */
export const lldp = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors(?: \| no-more)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let columns: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^Local Interface\s/i,
        take(_match, line) {
          columns = VARIANTS.map((names) => columnsOf(line, names)).find((found) => found !== null) ?? null;
          return columns === null ? false : undefined;
        },
      },
      { pattern: /^\s*(?:error|warning): (?:the )?lldp subsystem (?:is )?not running/i },
      ...NOISE,
      {
        pattern: /^\S+\s+\S/,
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
  const portId = canonicalName(cells['Local Interface'] ?? '');
  const chassis = cells['Chassis Id'] ?? '';
  if (portId === null || chassis === '') return null;
  const mac = normalizeMac(chassis);
  const remote = cells['Port info'] || null;
  return {
    portId,
    chassisIdSubtype: mac === null ? null : 4,
    chassisId: mac ?? chassis,
    portIdSubtype: null,
    remotePortId: remote && (normalizeMac(remote) ?? remote),
    portDescription: null,
    systemName: cells['System Name'] || null,
    systemDescription: null,
    managementAddresses: [],
  };
}
