import { outputReader, type VlanMember, type VlanRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

const STATUS = 'active|suspended|act/unsup|act/lshut|act/ishut|sus/lshut|sus/ishut';
const MEMBERS = new RegExp(`^ *(\\d{1,4}) +(\\S.*) (${STATUS})(?: +(\\S.*))?$`);
/** With `system vlan long-name` a name has up to 128 characters and may push status and ports to the next line. */
const PUSHED = new RegExp(`^(\\d{1,4} +\\S{32,128}) *\\r?\\n(?= +(?:${STATUS})\\b)`, 'gm');

type Table = 'members' | 'types' | 'remote span' | 'private';

/** `show vlan` and its variants. NX-OS lists access ports and trunks alike, so `tagged` is not known. */
export const vlans = outputReader({
  kind: 'vlans',
  command: /^show vlan(?: brief| id \S+| name \S+)?$/,
  read(output) {
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
      heading(/^VLAN Type +(?:Vlan-mode|MTU\b.*)$/, 'types'),
      heading(/^Remote SPAN VLANs?$/, 'remote span'),
      heading(/^Primary +Secondary +Type +Ports$/, 'private'),
      {
        pattern: MEMBERS,
        take: ([, id, name = '', status, list = '']) => {
          const vlan = Number(id);
          const ports = members(list);
          if (table !== 'members' || vlan < 1 || vlan > 4094 || !ports) return false;
          rows.push({ vlan, name: name.trimEnd(), active: status === 'active', ports });
        },
      },
      {
        pattern: /^ {8,}(\S.*)$/,
        take: ([, list = '']) => {
          const ports = members(list);
          // The ports of the private VLAN table are ports of a pair of VLANs, which no row holds.
          if (table === 'private' && ports) return;
          if (table !== 'members' || !ports || rows.length === 0) return false;
          rows.at(-1)?.ports?.push(...ports);
        },
      },
      known('types', /^\d{1,4} +(?:enet|fddi|tr|\w+) +(?:CE|FABRICPATH|FP|USER|INTERNAL|\d+)$/i),
      known('remote span', /^(?:\d[\d,-]*|Enabled|Disabled|None)$/),
      known(
        'private',
        /^(?:\d{1,4}|none)? *(?:\d{1,4}|none) +(?:primary|isolated|community|non-operational)(?: +\S.*)?$/,
      ),
      { pattern: /^VLAN (?:id )?\S+ not found in current VLAN database$/ },
    ]);
    return { rows, unparsed };
  },
});

function members(list: string): VlanMember[] | null {
  const ports: VlanMember[] = [];
  for (const name of list.split(/[, ]+/)) {
    if (name === '') continue;
    const portId = canonicalName(name);
    if (portId === null) return null;
    ports.push({ portId, tagged: null });
  }
  return ports;
}
