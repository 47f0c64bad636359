import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

/** IEEE 802.1AB tables 8-2 and 8-3, in order, in the words of `show lldp neighbors interface`. */
const CHASSIS = [
  'chassis component',
  'interface alias',
  'port component',
  'mac address',
  'network address',
  'interface name',
  'locally assigned',
];
const PORT = [
  'interface alias',
  'port component',
  'mac address',
  'network address',
  'interface name',
  'agent circuit',
  'locally assigned',
];

const KNOWN: readonly LineRule[] = [
  /^\s*LLDP Neighbor Information:$/i,
  /^\s*(?:Local|Neighbou?r) Information:$/i,
  /^\s*Index(?:\s+\d+|:|\s*:)/,
  /^\s*(?:Parent Interface|Local Port ID|Ageout Count|Time to live|Time mark|Age)\s*:/i,
  /^\s*(?:Address Type|Type|Subtype|Interface Number|Interface Subtype|OID|OUI|Info)\s*:/i,
  /^\s+Port ID\s*:\s*\d+$/,
  /^\s*(?:Supported|Enabled)\s*:/i,
  /^\s*Organi[sz]ation Info$/i,
  /^\s*(?:Media endpoint class|Media Policy|MED [A-Za-z ]{1,40})\b/i,
  /^\s*(?:Application|Policy Flag|VLAN id|Priority|DSCP)\s*:/i,
  /^\s*(?:error|warning): (?:the )?lldp subsystem (?:is )?not running/i,
].map((pattern) => ({ pattern }));

export const lldpDetail = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors (?:interface [\w.:/-]+|detail)(?: \| no-more)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    /** A system description goes on over the lines below it, which have no key. */
    let describing = false;
    const field = (pattern: RegExp, take: (row: NeighborRow, text: string) => void): LineRule => ({
      pattern,
      take([, text = '']) {
        const row = rows.at(-1);
        if (!row) return false;
        describing = false;
        take(row, text);
      },
    });

    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Local Interface\s*:\s*(\S+)$/i,
        take([, text = '']) {
          const portId = canonicalName(text);
          describing = false;
          if (portId === null) return false;
          rows.push(emptyRow(portId));
        },
      },
      field(/^\s*System capabilities\b.*$/i, () => undefined),
      field(/^\s*Management (?:Info|address)\b.*$/i, () => undefined),
      {
        pattern: /^(?!\s*(?:LLDP Neighbor|Local|Neighbou?r) Information:).*$/i,
        take(_match, line) {
          const row = rows.at(-1);
          if (!describing || !row) return false;
          row.systemDescription = `${row.systemDescription ?? ''}\n${line.trim()}`.trim();
        },
      },
      field(/^Chassis type\s*:\s*(\S.*)$/i, (row, text) => {
        row.chassisIdSubtype = subtypeOf(CHASSIS, text);
      }),
      field(/^Port type\s*:\s*(\S.*)$/i, (row, text) => {
        row.portIdSubtype = subtypeOf(PORT, text);
      }),
      field(/^Chassis ID\s*:\s*(\S.*)$/i, (row, text) => {
        row.chassisId =
          row.chassisIdSubtype === 4 || row.chassisIdSubtype === null ? (normalizeMac(text) ?? text) : text;
      }),
      field(/^Port ID\s*:\s*(\S.*)$/i, (row, text) => {
        row.remotePortId = row.portIdSubtype === 3 || row.portIdSubtype === null ? (normalizeMac(text) ?? text) : text;
      }),
      field(/^Port description\s*:\s*(.*)$/i, (row, text) => {
        row.portDescription = text || null;
      }),
      field(/^System name\s*:\s*(.*)$/i, (row, text) => {
        row.systemName = text || null;
      }),
      field(/^System Description\s*:\s*(.*)$/i, (row, text) => {
        row.systemDescription = text || null;
        describing = true;
      }),
      field(/^\s+Address\s*:\s*(\S+)$/i, (row, text) => void row.managementAddresses.push(text)),
      ...KNOWN,
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

function subtypeOf(names: readonly string[], text: string): number | null {
  const word = text.toLowerCase();
  return names.findIndex((name) => word.startsWith(name)) + 1 || null;
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
