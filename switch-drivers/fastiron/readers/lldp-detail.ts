import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, type Taken, withoutPager } from './noise.ts';

/** IEEE 802.1AB tables 8-2 and 8-3 in the words of FastIron Management Guide, "LLDP neighbors detail". */
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
  'agent circuit id',
  'locally assigned',
];

/** TLVs and their lines that are not modelled. */
const KNOWN: readonly LineRule[] = [
  /^\s*\+ Time to live\s*:/,
  /^\s*\+ System capabilities\s*:/,
  /^\s*Enabled capabilities\s*:/,
  /^\s*\+ (?:802\.1 )?(?:Port VLAN ID|Port-protocol VLAN ID|VLAN name|Protocol identity)\b/i,
  /^\s*\+ (?:802\.3 )?(?:MAC\/PHY|Power via MDI|Link aggregation|Maximum frame size)\b/i,
  /^\s*(?:Advertised capabilities|Operational MAU type)\s*:/,
  /^\s*(?:Power (?:pair|type|source|priority|value)|Requested power|Allocated power)\s*:/i,
  /^\s*\+ MED (?:capabilities|network policy|location id|extended power via mdi)\b/i,
  /^\s*\+ MED (?:(?:hardware|firmware|software) revision|serial number|manufacturer|model name|asset id)\b/i,
  /^\s*(?:MED device type|Application type|Policy flags|VLAN ID|L2 priority|DSCP value|Data format)\s*:/i,
  /^\s*\+ (?:Unknown|Organization(?:ally)?[ -]specific)\b/i,
  /^\s*Total (?:number of )?(?:LLDP )?neighbors/i,
  /^\s*No (?:LLDP )?neighbors?/i,
].map((pattern) => ({ pattern }));

type TextField = 'systemName' | 'systemDescription' | 'portDescription';

export const lldpDetail = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors detail(?: ports .+)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let portId: string | null = null;
    /** A quoted text that goes on below: it is broken with a backslash. */
    let open: { field: TextField; text: string } | null = null;
    const last = () => rows.at(-1);

    const takeText = (field: TextField, text: string): Taken => {
      const row = last();
      if (!row) return false;
      const whole = !text.startsWith('"') || (text.length > 1 && text.endsWith('"'));
      open = whole ? null : { field, text: text.replace(/\\$/, '') };
      row[field] = (whole ? text : text.replace(/\\$/, '')).replace(/^"|"$/g, '').trim() || null;
    };

    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Local port:\s*(\S.*)$/i,
        take([, text = '']) {
          portId = canonicalName(text);
          open = null;
          return portId === null ? false : undefined;
        },
      },
      {
        pattern: /^\s*Neighbor:\s*\S.*, TTL \d+ seconds?$/,
        take() {
          open = null;
          if (portId === null) return false;
          rows.push(emptyRow(portId));
        },
      },
      {
        pattern: /^\s*\S/,
        take(_match, line) {
          const row = last();
          if (!open || !row || /^\s*\+ /.test(line)) return false;
          const text: string = open.text + line.trim().replace(/\\$/, '');
          row[open.field] = text.replace(/^"|"$/g, '').trim() || null;
          open = text.endsWith('"') ? null : { ...open, text };
        },
      },
      {
        pattern: /^\s*\+ (Chassis|Port) ID \(([^)]*)\):\s*(\S.*)$/i,
        take([, what = '', type = '', text = '']) {
          const row = last();
          if (!row) return false;
          const value = text.replace(/^"(.*)"$/, '$1');
          const types = what.toLowerCase() === 'chassis' ? CHASSIS : PORT;
          const word = type.toLowerCase().replace(/\s*\(.*$/, '');
          const subtype = types.findIndex((name) => word.startsWith(name)) + 1 || null;
          const id = word === 'mac address' ? (normalizeMac(value) ?? value) : value;
          if (types === CHASSIS) Object.assign(row, { chassisIdSubtype: subtype, chassisId: id });
          else Object.assign(row, { portIdSubtype: subtype, remotePortId: id });
        },
      },
      { pattern: /^\s*\+ System name\s*:\s*(.*)$/i, take: ([, text = '']) => takeText('systemName', text) },
      {
        pattern: /^\s*\+ System description\s*:\s*(.*)$/i,
        take: ([, text = '']) => takeText('systemDescription', text),
      },
      { pattern: /^\s*\+ Port description\s*:\s*(.*)$/i, take: ([, text = '']) => takeText('portDescription', text) },
      {
        pattern: /^\s*\+ Management address \([^)]*\):\s*(\S+)$/i,
        take([, address = '']) {
          const row = last();
          if (!row) return false;
          row.managementAddresses.push(address);
        },
      },
      ...KNOWN,
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
