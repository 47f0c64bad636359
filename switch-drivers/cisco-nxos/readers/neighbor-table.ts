import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { lldpId } from './lldp-ids.ts';
import { noise, withoutPager } from './noise.ts';

/** Local interface and hold time. */
const LOCAL = /(?:^| )((?:Eth|Ethernet|mgmt|Po|port-channel)\d{1,4}(?:\/\d{1,3}){0,3}) +\d{1,5}(?= |$)/i;
const CODES = /^( +)[RBTCWPSO](?:,? ?[RBTCWPSO]){0,7}(?: +(?=\S)|$)/;
/** A long device id stands on a line of its own. */
const LONG_DEVICE = /^(\S[^\r\n]{0,255}) {0,80}\r?\n(?= {8,40}(?:Eth|Ethernet|mgmt|Po|port-channel)\d[\d/]* +\d)/gim;

/** `show lldp neighbors`. */
export const neighborTable = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors$/,
  read(output) {
    const rows: NeighborRow[] = [];
    /** How far right of the local interface the port id stands. */
    let portColumn: number | null = null;
    const unparsed = readLines(withoutPager(output).replace(LONG_DEVICE, '$1 '), [
      { pattern: /^Capability codes:$/ },
      { pattern: /^ +\([RBTCWPSO]\) [\w -]+(?:, \([RBTCWPSO]\) [\w -]+){0,7}$/ },
      {
        pattern: /^Device ID +Local Intf +Hold-time +Capability +Port ID$/,
        take: (_, line) => {
          const [local, port] = columnsOf(line, ['Local Intf', 'Port ID']) ?? [];
          portColumn = (port?.start ?? 0) - (local?.start ?? 0);
        },
      },
      { pattern: /^Total entries displayed: *\d+$/ },
      { pattern: /^% ?LLDP is not enabled/i },
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
  const portId = canonicalName(local[1] ?? '');
  if (portId === null) return null;
  const device = line.slice(0, local.index).trim();
  const rest = line.slice(local.index + local[0].length);
  const codes = CODES.exec(rest);
  // A port id may look like capability codes: those stand left of its column.
  const codesAt = local[0].trimStart().length + (codes?.[1]?.length ?? 0);
  const port = lldpId((codes && codesAt < portColumn ? rest.slice(codes[0].length) : rest).trim(), 3);
  // A neighbour without a name is listed by its chassis id.
  const chassis = lldpId(device, 4);
  return {
    portId,
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
