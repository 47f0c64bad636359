import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { lldpId } from './lldp-ids.ts';
import { noise, withoutPager } from './noise.ts';

/** Lines about what we do not model: capabilities, VLANs, IEEE 802.3, DCBX, LLDP-MED. */
const CHATTER: readonly LineRule[] = [
  /^Capability codes:$/,
  /^ +\([RBTCWPSO]\) [\w -]+(?:, \([RBTCWPSO]\) [\w -]+){0,7}$/,
  /^Device ID +Local Intf +Hold-time +Capability +Port ID$/,
  /^Total entries displayed: *\d+$/,
  /^(?:System|Enabled) Capabilities: ?(?:not advertised|null|[RBTCWPSO](?:,? ?[RBTCWPSO]){0,7})?$/i,
  /^(?:Vlan ID|Port Vlan ID|VLAN Name|Segment id|Max Frame Size|Maximum frame size|Peer Source MAC|Remote Peers Information Age): ?.*$/i,
  /^(?:Link Aggregation|Link Agg|Auto[- ]Negotiation|MAC\/PHY|PMD Autonegotiation|Power|DCBXP?|Management|MED|Peer)\b[\w /-]{0,40}(?:TLVs?|[Cc]apability|[Ss]tatus|ID|Information)?:?$/,
  /^ *(?:Capability|Status|Link agg ID|Aggregation Status|Port ID|Operational MAU type|Supported|Enabled) ?: ?.*$/i,
  /^% ?LLDP is not enabled/i,
].map((pattern) => ({ pattern }));

/** `show lldp neighbors detail`. A neighbour whose local port is not printed has an empty portId. */
export const neighborsDetail = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors(?: interface \S+(?: \S+)?)? detail$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let row: NeighborRow | null = null;
    let describing = false;

    const field = (pattern: RegExp, take: (neighbor: NeighborRow, text: string) => false | undefined): LineRule => ({
      pattern,
      take: ([, text = '']) => (row ? take(row, text.trim()) : false),
    });

    const unparsed = readLines(withoutPager(output), [
      {
        // All lines of a description are the neighbour's words, whatever they look like.
        pattern: /^(?!Time remaining: \d)(.*)$/,
        take: ([, text = '']) => {
          if (!describing || !row) return false;
          row.systemDescription = row.systemDescription === null ? text : `${row.systemDescription}\n${text}`;
        },
      },
      {
        pattern: /^Chassis id:(.*)$/i,
        take: ([, text = '']) => {
          const { subtype, id } = lldpId(text.trim(), 4);
          row = { ...NOTHING, managementAddresses: [], chassisIdSubtype: subtype, chassisId: value(id) };
          rows.push(row);
        },
      },
      field(/^Port id:(.*)$/i, (neighbor, text) => {
        const { subtype, id } = lldpId(text, 3);
        neighbor.portIdSubtype = subtype;
        neighbor.remotePortId = value(id);
      }),
      field(/^Local Port id:(.*)$/i, (neighbor, text) => {
        neighbor.portId = canonicalName(text) ?? '';
        if (neighbor.portId === '') return false;
      }),
      field(/^Port Description:(.*)$/i, (neighbor, text) => {
        neighbor.portDescription = value(text);
      }),
      field(/^System Name:(.*)$/i, (neighbor, text) => {
        neighbor.systemName = value(text);
      }),
      field(/^System Description:(.*)$/i, (neighbor, text) => {
        neighbor.systemDescription = value(text);
        describing = true;
      }),
      {
        pattern: /^Time remaining: \d+(?: seconds)?$/i,
        take: () => {
          describing = false;
        },
      },
      field(/^Management Address(?:es)?(?: IPV?[46])?:(.*)$/i, (neighbor, text) => {
        const address = value(text);
        if (address !== null) neighbor.managementAddresses.push(address);
      }),
      ...CHATTER,
      ...noise,
    ]);
    return { rows, unparsed };
  },
});

const NOTHING: NeighborRow = {
  portId: '',
  chassisIdSubtype: null,
  chassisId: null,
  portIdSubtype: null,
  remotePortId: null,
  portDescription: null,
  systemName: null,
  systemDescription: null,
  managementAddresses: [],
};

/** What a neighbour did not send is printed as `null` or `not advertised`. */
function value(text: string): string | null {
  return text === '' || text === 'null' || text === 'not advertised' ? null : text;
}
