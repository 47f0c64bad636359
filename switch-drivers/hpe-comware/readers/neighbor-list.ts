import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { isVendorMac, withPlainIds } from '../../vrp-family/neighbor-ids.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

const HEADINGS = ['System Name', 'Local Interface', 'Chassis ID', 'Port ID'];

/** Comware 7 puts the name in front, later releases at the end. A value that is too long for its column goes on below. */
export const neighborList = outputReader({
  kind: 'neighbors',
  command: /^display lldp neighbor-information list(?: system-name \S+)?$/,
  read(output) {
    const found: Array<Record<string, string>> = [];
    let columns: Column[] | null = null;
    let above: Record<string, string> = {};
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^(?:Chassis ID : |\s+)(?:[*#]|Default) -- -- ?Nearest [\w ]{0,30}bridge neighbor$/i },
      {
        pattern: /^(?:System Name +Local Interface|Local Interface +Chassis ID) /,
        take(_match, line) {
          columns = columnsOf(line, HEADINGS) ?? columnsOf(line, [...HEADINGS.slice(1), HEADINGS[0] ?? '']);
          return columns === null ? false : undefined;
        },
      },
      ...NOISE,
      {
        pattern: /\S/,
        take(_match, line) {
          if (columns === null) return false;
          const cells = cellsOf(columns, line);
          if (canonicalName(cells['Local Interface'] ?? '') !== null) {
            found.push({ ...cells });
            above = cells;
            return;
          }
          const last = found.at(-1);
          const filled = columns.filter(({ name }) => cells[name] !== '');
          if (!last || !filled.every((column) => goesOn(column, above[column.name] ?? ''))) return false;
          for (const { name } of filled) last[name] = `${last[name]}${cells[name]}`;
          above = cells;
        },
      },
    ]);
    return { rows: found.map(rowOf), unparsed };
  },
});

/** Only a cell that is full goes on below. The last column ends with the terminal's 80 characters. */
function goesOn({ start, end }: Column, above: string): boolean {
  return above.length >= (Number.isFinite(end) ? end : 81) - start - 1;
}

function rowOf(cells: Record<string, string>): NeighborRow {
  // A mark in front tells which LLDP agent heard it; nothing, the nearest bridge.
  const chassisId = orNull(cells['Chassis ID']?.replace(/^[*#] ?/, ''));
  return withPlainIds({
    portId: canonicalName(cells['Local Interface'] ?? '') ?? '',
    chassisIdSubtype: chassisId !== null && isVendorMac(chassisId) ? 4 : null,
    chassisId,
    portIdSubtype: null,
    remotePortId: orNull(cells['Port ID']),
    portDescription: null,
    systemName: orNull(cells['System Name']),
    systemDescription: null,
    managementAddresses: [],
  });
}
