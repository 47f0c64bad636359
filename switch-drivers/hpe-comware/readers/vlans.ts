import { outputReader, type VlanMember, type VlanRow } from '../../contract/rows.ts';
import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/** Layer 2 Command Reference, "display vlan": what a block says besides. */
const UNMODELLED =
  /^\s*(?:VLAN type|Private VLAN type|Service instance|Route interface|IP(?:v4)? address|(?:IPv4 )?Subnet mask|IPv6 (?:global unicast )?address(?:es)?|Description|Broadcast MAX-ratio|(?:Primary|Secondary|Isolated|Community) VLANs?(?: ID)?|Sub-?VLANs?|Super-?VLAN|ARP proxy|Protocol type) *:/i;

/** `display vlan all` and of one VLAN; without a word, `display vlan` lists ids only. */
export const vlans = outputReader({
  kind: 'vlans',
  command: /^display vlan(?: (?:all|static|dynamic|reserved|\d{1,4}(?: to \d{1,4})?))?$/,
  read(output) {
    const rows: VlanRow[] = [];
    let current: VlanRow | null = null;
    /** The list that port names on the following lines go to. */
    let tagged: boolean | null = null;
    let listed = false;
    const rule = (pattern: RegExp, take: (row: VlanRow, value: string) => false | undefined): LineRule => ({
      pattern,
      take: ([, value = '']) => (current === null ? false : take(current, value)),
    });
    const members = (toTagged: boolean) => (row: VlanRow, value: string) => {
      tagged = toTagged;
      row.ports ??= [];
      return /^(?:none)?$/i.test(value) ? undefined : addMembers(row.ports, value, toTagged);
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*VLAN ID *: *(\d+)$/i,
        take([, text = '']) {
          const vlan = vlanId(text);
          tagged = null;
          current = vlan === null ? null : { vlan, name: null, active: null, ports: null };
          if (current === null) return false;
          rows.push(current);
        },
      },
      rule(/^\s*Name *: *(.*)$/i, (row, value) => {
        row.name = value || null;
      }),
      rule(/^\s*Tagged +ports *: *(.*)$/i, members(true)),
      rule(/^\s*Untagged +ports *: *(.*)$/i, members(false)),
      rule(/^\s+(\S.*)$/, (row, value) => {
        if (tagged === null || row.ports === null) return false;
        return addMembers(row.ports, value, tagged);
      }),
      rule(UNMODELLED, () => {}),
      // Below `IPv6 global unicast addresses:`.
      rule(/^\s+[0-9a-f:]{2,39}, subnet is /i, () => {}),
      { pattern: /^\s*Total (?:VLANs: \d+|\d+ (?:\w+ )?VLANs? exist)/i },
      {
        pattern: /^\s*The (?:following )?VLANs (?:include|exist)/i,
        take() {
          listed = true;
        },
      },
      {
        pattern: /^\s*\d[\d\s,-]*(?:\(default\)[\d\s,-]*)?$/,
        take([text]) {
          const ids = listed ? parseVlanList(text.replace('(default)', '').replace(/,\s*$/, '')) : null;
          if (ids === null) return false;
          rows.push(...ids.map((vlan) => ({ vlan, name: null, active: null, ports: null })));
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

/** False, and nothing added, when one of the words is no interface. */
function addMembers(ports: VlanMember[], text: string, tagged: boolean): false | undefined {
  const names = text.split(/\s+/).map((word) => canonicalName(word.replace(/\([UD]\)$/, '')));
  if (names.some((name) => name === null)) return false;
  ports.push(...names.flatMap((portId) => (portId === null ? [] : [{ portId, tagged }])));
}
