import { outputReader, type Parsed, type VlanMember, type VlanRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

const STATUS = 'active|suspended|act/unsup|act/lshut|act/ishut|sus/lshut|sus/ishut';
const MEMBERS = new RegExp(`^ *(\\d{1,4}) +(\\S.*) (${STATUS})(?: +(\\S.*))?$`);
/** A name wider than its column may push status and ports to the next line. */
const PUSHED = new RegExp(`^(\\d{1,4} +\\S{32,128}) *\\r?\\n(?= +(?:${STATUS})\\b)`, 'gm');

/** `show vlan` lists the access ports of a VLAN; trunks are left out. */
export const vlans = outputReader({
  kind: 'vlans',
  command: /^show vlan(?:-switch)?(?: brief)?$/,
  read: (output) => readVlans(output, false),
});

/** For one VLAN, IOS lists the trunks that carry it too, without saying which ports those are. */
export const oneVlan = outputReader({
  kind: 'vlans',
  command: /^show vlan(?:-switch)? (?:id \d+|name \S+)$/,
  read: (output) => readVlans(output, null),
});

type Table = 'members' | 'types' | 'token ring' | 'remote span' | 'private';

function readVlans(output: string, tagged: boolean | null): Parsed<VlanRow> {
  const rows: VlanRow[] = [];
  let table: Table | null = null;
  const heading = (pattern: RegExp, next: Table): LineRule => ({
    pattern,
    take: () => {
      table = next;
    },
  });
  const known = (inTable: Table, pattern: RegExp): LineRule => ({
    pattern,
    take: () => (table === inTable ? undefined : false),
  });
  const unparsed = readLines(withoutPager(output).replace(PUSHED, '$1 '), [
    ...noise,
    { pattern: /^[- ]{4,}$/ },
    heading(/^VLAN Name +Status +Ports$/, 'members'),
    heading(/^VLAN Type +SAID +MTU +Parent /, 'types'),
    heading(/^VLAN AREHops +STEHops +Backup CRF$/, 'token ring'),
    heading(/^Remote SPAN VLANs?$/, 'remote span'),
    heading(/^Primary +Secondary +Type +Ports$/, 'private'),
    {
      pattern: MEMBERS,
      take: ([, id, name = '', status, list = '']) => {
        const vlan = Number(id);
        const ports = members(list, tagged);
        if (table !== 'members' || vlan < 1 || vlan > 4094 || !ports) return false;
        rows.push({ vlan, name: name.trimEnd(), active: status === 'active', ports });
      },
    },
    {
      pattern: /^ {8,}(\S.*)$/,
      take: ([, list = '']) => {
        const ports = members(list, tagged);
        // The ports of the private VLAN table are ports of a pair of VLANs, which no row holds.
        if (table === 'private' && ports) return;
        if (table !== 'members' || !ports || rows.length === 0) return false;
        rows.at(-1)?.ports?.push(...ports);
      },
    },
    known('types', /^\d{1,4} +(?:enet|fddi|tr|fdnet|trnet|trcrf|trbrf) +\d+ +\d+ +\S+ +\S+ +\S+ +\S+ +\S+ +\d+ +\d+$/),
    known('token ring', /^\d{1,4} +\d+ +\d+ +(?:on|off)$/),
    known('remote span', /^(?:\d[\d,-]*|Enabled|Disabled|None)$/),
    known('private', /^(?:\d{1,4}|none) +(?:\d{1,4}|none) +(?:primary|isolated|community|non-operational)(?: +\S.*)?$/),
    { pattern: /^VLAN (?:id )?\S+ not found in current VLAN database$/ },
  ]);
  return { rows, unparsed };
}

function members(list: string, tagged: boolean | null): VlanMember[] | null {
  const ports: VlanMember[] = [];
  for (const name of list.split(/[, ]+/)) {
    if (name === '') continue;
    const portId = canonicalName(name);
    if (portId === null) return null;
    ports.push({ portId, tagged });
  }
  return ports;
}
