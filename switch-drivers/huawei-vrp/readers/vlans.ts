import { outputReader, type VlanRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';
import { type MemberList, memberList } from './vlan-members.ts';

/** The legend in front of the tables; several signs to a line. */
export const VLAN_LEGEND: readonly LineRule[] = [
  { pattern: /^\s*(?:[A-Z]{1,3}|MAC-LRN|STAT|[#*]) ?: ?[A-Za-z][\w-]*(?: [\w-]+)?;/ },
  { pattern: /^\s*\* ?: ?management-vlan$/i },
  { pattern: /^\s*The total number of vlans is *: *\d+$/i },
];

/** Types of VLAN, Command Reference, "display vlan". */
const TYPE = '[*#]?(?:common|super|sub|mux|mux-sub|principal|group|separate|dynamic|static)\\*?';

/**
 * `display vlan`: a table of members, one of states; access points and older releases have one of states alone. A second
 * table's description is no name.
 */
export const vlans = outputReader({
  kind: 'vlans',
  command: /^display vlan(?: \d{1,4}(?: to \d{1,4})?)?$/,
  read(output) {
    const rows = new Map<number, VlanRow>();
    let table: 'ports' | 'state' | null = null;
    let current: VlanRow | null = null;
    let tagged: MemberList['tagged'];
    const rowOf = (text: string): VlanRow | null => {
      const vlan = vlanId(text);
      if (vlan === null) return null;
      const row = rows.get(vlan) ?? { vlan, name: null, active: null, ports: null };
      rows.set(vlan, row);
      return row;
    };
    const addMembers = (text: string): false | undefined => {
      const list = memberList(text, tagged);
      if (list === null || current?.ports == null) return false;
      current.ports.push(...list.ports);
      tagged = list.tagged;
    };
    const unparsed = readLines(withoutPager(output), [
      ...VLAN_LEGEND,
      {
        pattern: /^VID +(?:Type +)?Ports$/i,
        take() {
          table = 'ports';
        },
      },
      {
        pattern: /^(?:VID|VLAN ID) +(?:Type +)?Status +(?:Property|MAC Learning)/i,
        take() {
          table = 'state';
          current = null;
        },
      },
      {
        pattern: new RegExp(`^\\s*[*#]?(\\d+)(?: +${TYPE})?((?: +(?:UT|TG|MP|ST):.*)?)$`, 'i'),
        take([, id = '', list = '']) {
          // The row of members is empty where the VLAN has none.
          const known = table === 'ports' && memberList(list, undefined) !== null;
          current = known ? rowOf(id) : null;
          if (current === null) return false;
          current.ports = [];
          tagged = undefined;
          return addMembers(list);
        },
      },
      {
        pattern: new RegExp(`^\\s*[*#]?(\\d+)(?: +${TYPE})? +(enable|disable) +[*#]?\\w`, 'i'),
        take([, id = '', status = '']) {
          const row = table === 'state' ? rowOf(id) : null;
          if (row === null) return false;
          row.active = status.toLowerCase() === 'enable';
        },
      },
      { pattern: /^\s+(\S.*)$/, take: ([, list = '']) => (table === 'ports' ? addMembers(list) : false) },
      ...NOISE,
    ]);
    return { rows: [...rows.values()], unparsed };
  },
});
