import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';
import { keys } from './words.ts';

/** IEEE 802.1AB tables 8-2 and 8-3, in order. ZXROS writes the type after `|`, ROS in brackets. */
const CHASSIS = [
  'chassis component',
  'interface alias',
  'port component',
  'mac address',
  'network address',
  'interface name',
  'local',
];
const PORT = [
  'interface alias',
  'port component',
  'mac address',
  'network address',
  'interface name',
  'agent circuit',
  'local',
];

/** TLVs of 802.3 and MED with their fields. ZXR10 Command Reference, "show lldp entry". */
const KNOWN: readonly LineRule[] = [
  keys([
    'Group MAC address',
    'Local Dest Mac Address',
    'TTL',
    'Time To Live',
    String.raw`System Capabilit(?:y|ies)(?: \w+)?`,
    'Enabled Capabilit(?:y|ies)',
  ]),
  /^\s*LLDP (?:DOT1|DOT3|MED)-TLV INFO\s*:/i,
  /^\s*(?:MAC\/PHY Cfg\/Status|Power Via MDI|Link Aggregation|Maximum Frame Size) TLV\s*:/i,
  /^\s*(?:Port VLAN ID|Port And Protocol VLAN ID|VLAN Name|Protocol Identity) TLV\s*:/i,
  /^\s*MED (?:Capabilities|Location ID) TLV\s*:/i,
  /^\s*(?:(?:PMD )?auto-negotiation|operational MAU|MDI power|Port Class|PSE|power (?:pair|class))\b.*:/i,
  /^\s*(?:maximum dot3|aggregation|port VLAN|PVID)\b.*:/i,
  /^\s*MED (?:Network Policy|Extended Power via MDI|Inventory [\w ]{1,40})\s*:/i,
  keys([
    'Capabilities',
    'Device Type',
    'Application Type',
    'U',
    'T',
    'X',
    'VLAN ID',
    'L2 Priority',
    'DSCP Value',
    'Locatin Data Formate',
    'Location Data Format',
    'Location ID',
    String.raw`Code \d+`,
    String.raw`Length [\d ]+`,
    'LaRes',
    'LoRes',
    'Latitude',
    'Longitude',
    'AT',
    'AltRes',
    'Altitude',
    'Datum',
    'Power (?:Type|Source|Priority|Value)',
  ]),
  /^\s*No (?:LLDP )?neighbors?/i,
].map((pattern) => ({ pattern }));

export const lldpEntry = outputReader({
  kind: 'neighbors',
  command: /^show lldp entry(?: interface \S+)?(?: nearest-[\w-]+)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let describing = false;
    const field = (pattern: RegExp, take: (row: NeighborRow, text: string) => void): LineRule => ({
      pattern,
      take([, text = '']) {
        const row = rows.at(-1);
        if (!row) return false;
        describing = false;
        take(row, text.trim());
      },
    });
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Local Port\s*:\s*([^\s|(]+)/i,
        take([, text = '']) {
          const portId = canonicalName(text);
          describing = false;
          if (portId === null) return false;
          rows.push(emptyRow(portId));
        },
      },
      field(/^\s*Chassis ID\s*:\s*(\S.*)$/i, (row, text) => {
        const { id, subtype } = typed(text, CHASSIS);
        row.chassisIdSubtype = subtype;
        row.chassisId = subtype === 4 ? (normalizeMac(id) ?? id) : id;
      }),
      field(/^\s*(?:Peer Port|Port ID)\s*:\s*(\S.*)$/i, (row, text) => {
        const { id, subtype } = typed(text, PORT);
        row.portIdSubtype = subtype;
        row.remotePortId = subtype === 3 ? (normalizeMac(id) ?? id) : id;
      }),
      field(/^\s*Port Description\s*:(.*)$/i, (row, text) => {
        row.portDescription = orNull(text);
      }),
      field(/^\s*System Name\s*:(.*)$/i, (row, text) => {
        row.systemName = orNull(text);
      }),
      field(/^\s*System Description\s*:(.*)$/i, (row, text) => {
        row.systemDescription = orNull(text);
        describing = true;
      }),
      field(/^\s*Management Address\s*:\s*(?:IPv[46] ?- ?)?([^\s,]+)/i, (row, text) => {
        if (/^[\da-f.:]+$/i.test(text) && text !== '0.0.0.0') row.managementAddresses.push(text);
      }),
      ...KNOWN.map(({ pattern }) => ({
        pattern,
        take: (): undefined => {
          describing = false;
        },
      })),
      ...NOISE,
      {
        // A description of several lines; the next key ends it.
        pattern: /^\s*\S/,
        take(_match, line) {
          const row = rows.at(-1);
          if (!describing || !row) return false;
          row.systemDescription = `${row.systemDescription ?? ''}\n${line.trim()}`.trim();
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function typed(text: string, names: readonly string[]): { id: string; subtype: number | null } {
  const bar = text.lastIndexOf('|');
  const bracket = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  const end = bar >= 0 ? bar : bracket;
  const word =
    end < 0
      ? ''
      : text
          .slice(end + 1)
          .replace(')', '')
          .trim()
          .toLowerCase();
  const subtype = names.findIndex((name) => word.startsWith(name)) + 1 || null;
  if (subtype === null) return { id: text, subtype };
  // With several destination addresses ZXROS repeats in the value which one it is.
  const id = text
    .slice(0, end)
    .trim()
    .replace(/ Nearest (?:non-TPMR |Customer )?Bridge$/i, '');
  return { id, subtype };
}

function orNull(text: string): string | null {
  return text === '' || /^(?:null|n\/a)$/i.test(text) ? null : text;
}

function emptyRow(portId: string): NeighborRow {
  return {
    portId,
    chassisIdSubtype: null,
    chassisId: null,
    portIdSubtype: null,
    remotePortId: null,
    portDescription: null,
    systemName: null,
    systemDescription: null,
    managementAddresses: [],
  };
}
