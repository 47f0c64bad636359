import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { lldpId } from './lldp-ids.ts';
import { noise, withoutPager } from './noise.ts';

/** Local interface and hold time; a device id of 20 characters touches the interface. */
const LOCAL = /([A-Za-z]{2,12}\d{1,3}(?:\/\d{1,3}){0,3}) +\d{1,5}(?= |$)/;
const CODES = /^( +)[RBTCWPSO](?:,[RBTCWPSO])*(?: +(?=\S)|$)/;

/** `show lldp neighbors`. IOS cuts the device id after 20 characters. */
export const neighborTable = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors$/,
  read(output) {
    const rows: NeighborRow[] = [];
    /** How far right of the local interface the port id stands. */
    let portColumn: number | null = null;
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^Capability codes:$/ },
      { pattern: /^ +\([RBTCWPSO]\) [\w -]+(?:, \([RBTCWPSO]\) [\w -]+){0,7}$/ },
      {
        pattern: /^Device ID +Local Intf +Hold-time +Capability +Port ID$/,
        take: (_, line) => {
          const [local, port] = columnsOf(line, ['Local Intf', 'Port ID']) ?? [];
          portColumn = (port?.start ?? 0) - (local?.start ?? 0);
        },
      },
      { pattern: /^Total entries displayed: \d+$/ },
      { pattern: /^% ?LLDP is not enabled/ },
      ...noise,
      {
        pattern: LOCAL,
        take: (match, line) => {
          const row = portColumn === null ? null : neighbor(match, line, portColumn);
          if (!row) return false;
          rows.push(row);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function neighbor(local: RegExpExecArray, line: string, portColumn: number): NeighborRow | null {
  const word = local[1] ?? '';
  const begin = Array.from(word, (_, index) => index).find((index) => canonicalName(word.slice(index)) !== null);
  if (begin === undefined) return null;
  const device = line.slice(0, local.index + begin).trim();
  const rest = line.slice(local.index + local[0].length);
  const codes = CODES.exec(rest);
  // A port id may look like capability codes: those stand left of its column.
  const codesAt = local[0].length - begin + (codes?.[1]?.length ?? 0);
  const portText = (codes && codesAt < portColumn ? rest.slice(codes[0].length) : rest).trim();
  // A neighbour without a name is listed by its chassis id.
  const chassis = lldpId(device, 4);
  const port = lldpId(portText, 3);
  return {
    portId: canonicalName(word.slice(begin)) ?? '',
    chassisIdSubtype: chassis.subtype,
    chassisId: chassis.subtype === null ? null : chassis.id,
    portIdSubtype: port.subtype,
    remotePortId: port.id || null,
    portDescription: null,
    systemName: chassis.subtype === null ? device || null : null,
    systemDescription: null,
    managementAddresses: [],
  };
}
