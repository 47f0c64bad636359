import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

/** IEEE 802.1AB tables 8-2 and 8-3 in the words of EOS, which puts the number behind them. */
const CHASSIS_SUBTYPES = words(
  'Chassis component,Interface alias,Port component,MAC address,Network address,Interface name,Locally assigned',
);
const PORT_SUBTYPES = words(
  'Interface alias,Port component,MAC address,Network address,Interface name,Agent circuit ID,Locally assigned',
);

/** TLVs whose contents we do not model: their lines stand below them, further in. */
const OTHER_TLV =
  /^\s+- (?:IEEE ?802\.[13]|LLDP-MED|(?:Unknown|Unrecognized|Invalid) (?:organizationally-defined )?TLV)\b/;

/** TLV strings have at most 511 octets; more than that was not one string. */
const LONGEST = 511;

type Section = 'chassis' | 'port' | 'management' | 'capabilities' | 'other' | null;
type Text = 'portDescription' | 'systemName' | 'systemDescription';

/** EOS User Manual, "show lldp neighbors detail": blocks of TLVs, strings in quotes, with line ends as they were sent. */
export const lldpDetailText = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors(?: \S+(?: [\d/,-]+)?)? detail$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let portId: string | null = null;
    let section: Section = null;
    /** A string whose closing quote has not come yet. */
    let open: Text | null = null;

    /** A rule for a line that belongs to a neighbour. */
    const of = (pattern: RegExp, take: (row: NeighborRow, match: RegExpExecArray) => false | undefined): LineRule => ({
      pattern,
      take: (match) => {
        const row = rows.at(-1);
        return row && portId !== null ? take(row, match) : false;
      },
    });
    const text = (pattern: RegExp, field: Text) =>
      of(pattern, (row, [, value = '']) => {
        section = null;
        row[field] = orNull(unquoted(value));
        open = /^"(?:.*[^"])?$/.test(value) ? field : null;
      });

    const unparsed = readLines(withoutPager(output), [
      of(/^/, (row, { input }) => {
        const field = open;
        if (field === null) return false;
        const longer = `${row[field] ?? ''}\n${input.replace(/"$/, '')}`;
        if (input.endsWith('"') || longer.length > LONGEST) open = null;
        if (longer.length > LONGEST) return false;
        row[field] = longer;
      }),
      {
        pattern: /^Interface (\S+) detected \d+ LLDP neighbors?:$/,
        take([, name = '']) {
          portId = canonicalName(name);
          return portId === null ? false : undefined;
        },
      },
      {
        pattern: /^ {1,8}Neighbor (?:\S.*), age \d+ seconds?$/,
        take() {
          if (portId === null) return false;
          section = null;
          rows.push(emptyRow(portId));
        },
      },
      { pattern: /^\s+Discovered [^;]{1,80} ago; Last changed [^;]{1,80} ago$/ },
      of(/^\s+- Chassis ID type: ([^()]*?)(?:\((\d)\))?$/, (row, [, name = '', number]) => {
        section = 'chassis';
        row.chassisIdSubtype = number ? Number(number) : (CHASSIS_SUBTYPES.get(name.trim()) ?? null);
      }),
      of(/^\s+Chassis ID\s*: (\S.*)$/, (row, [, id = '']) => {
        if (section !== 'chassis') return false;
        row.chassisId = idOf(id, row.chassisIdSubtype === 4);
      }),
      of(/^\s+- Port ID type: ([^()]*?)(?:\((\d)\))?$/, (row, [, name = '', number]) => {
        section = 'port';
        row.portIdSubtype = number ? Number(number) : (PORT_SUBTYPES.get(name.trim()) ?? null);
      }),
      of(/^\s+Port ID\s*: (\S.*)$/, (row, [, id = '']) => {
        if (section !== 'port') return false;
        row.remotePortId = idOf(id, row.portIdSubtype === 3);
      }),
      {
        pattern: /^\s+- Time To Live: \d+ seconds?$/,
        take: () => {
          section = null;
        },
      },
      text(/^\s+- Port Description: (.*)$/, 'portDescription'),
      text(/^\s+- System Name: (.*)$/, 'systemName'),
      text(/^\s+- System Description: (.*)$/, 'systemDescription'),
      {
        pattern: /^\s+- System Capabilities ?:/,
        take: () => {
          section = 'capabilities';
        },
      },
      { pattern: /^\s+Enabled Capabilities ?:/, take: () => (section === 'capabilities' ? undefined : false) },
      {
        pattern: /^\s+- Management Address Subtype ?:/,
        take: () => {
          section = 'management';
        },
      },
      of(/^\s+Management Address\s*: (\S+)$/, (row, [, address = '']) => {
        if (section !== 'management') return false;
        row.managementAddresses.push(normalizeMac(address) ?? address);
      }),
      {
        pattern: /^\s+(?:Interface Number Subtype|Interface Number|OID String)\s*:/,
        take: () => (section === 'management' ? undefined : false),
      },
      {
        pattern: OTHER_TLV,
        take: () => {
          section = 'other';
        },
      },
      { pattern: /^ {4,}[^\s-]/, take: () => (section === 'other' ? undefined : false) },
      {
        // An unknown TLV: what stands below it is not understood either.
        pattern: /^\s+- /,
        take() {
          section = null;
          return false;
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

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

function idOf(text: string, isMac: boolean): string {
  return (isMac ? normalizeMac(text) : null) ?? unquoted(text);
}

function unquoted(text: string): string {
  return text.replace(/^"/, '').replace(/"$/, '');
}

function words(names: string): Map<string, number> {
  return new Map(names.split(',').map((name, index) => [name, index + 1]));
}
