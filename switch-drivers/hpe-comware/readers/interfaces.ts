import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { trunkVlans } from '../../vrp-family/vlan-list.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { displayedVlans } from './displayed-vlans.ts';
import { INTERFACE_LINES } from './interface-lines.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

interface Block {
  row: PortRow;
  linkType: string | null;
  pvid: number | null;
  permitted: number[] | null;
  tagged: number[] | null;
  untagged: number[] | null;
  /** The list that a line of nothing but ids goes on with. */
  open: 'permitted' | 'tagged' | 'untagged' | 'passing' | null;
}

/** Interface Command Reference, "display interface": a block per interface. */
export const interfaces = outputReader({
  kind: 'ports',
  command: /^display interface(?: [A-Za-z][\w-]*(?: ?\d[\d/:.]*)?)?$/,
  read(output) {
    const blocks: Block[] = [];
    const rule = (pattern: RegExp, take: (block: Block, value: string) => false | undefined): LineRule => ({
      pattern,
      take: ([, value = '']) => {
        const block = blocks.at(-1);
        return block ? take(block, value.trim()) : false;
      },
    });
    const list = (field: 'permitted' | 'tagged' | 'untagged' | 'passing') => (block: Block, value: string) => {
      const ids = displayedVlans(value);
      if (ids === null) return false;
      block.open = field;
      if (field !== 'passing') block[field] = ids;
    };
    const begin = (name: string, state: string): false | undefined => {
      const portId = canonicalName(name);
      if (portId === null) return false;
      const row: PortRow = {
        ...{ portId, adminUp: null, operUp: null, mode: isSwitchPort(portId) ? null : 'routed', untagged: null },
        ...{ tagged: null, lag: null, description: null, mtu: null },
      };
      blocks.push({ row, linkType: null, pvid: null, permitted: null, tagged: null, untagged: null, open: null });
      if (state !== '') setState(row, state);
    };
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^ ?(\S+) current state ?: *(\S.*)$/i, take: ([, name = '', state = '']) => begin(name, state) },
      { pattern: /^ ?(\S{1,60})$/, take: ([, name = '']) => begin(name, '') },
      rule(/^\s*Current state ?:(.*)$/i, ({ row }, value) => setState(row, value)),
      rule(/^\s*Line protocol (?:current )?state ?:/i, () => {}),
      rule(/^\s*Description ?:(.*)$/i, ({ row }, value) => {
        row.description = value || null;
      }),
      rule(/^\s*(?:The )?Maximum transmi(?:ssion|t) unit(?: ?:| is) *(\d{1,5})$/i, ({ row }, value) => {
        row.mtu = Number(value);
      }),
      // A port that has an address is routed, whatever its name says.
      rule(/^\s*(?:Internet address|Internet protocol processing) ?[:i]/i, ({ row }) => {
        row.mode = 'routed';
      }),
      rule(/^\s*PVID ?: *(\d+)$/i, (block, value) => {
        block.pvid = vlanId(value);
        return block.pvid === null ? false : undefined;
      }),
      rule(/^\s*Port link-type ?: *(\S+)$/i, (block, value) => {
        block.linkType = value.toLowerCase();
      }),
      rule(/^\s*Tagged +VLAN(?:s| ID) ?:(.*)$/i, list('tagged')),
      rule(/^\s*Untagged +VLAN(?:s| ID) ?:(.*)$/i, list('untagged')),
      rule(/^\s*VLAN permitted ?:(.*)$/i, list('permitted')),
      rule(/^\s*VLAN passing *:(.*)$/i, list('passing')),
      rule(/^\s+(\d[\d\s,-]*(?:\(default vlan\)[\d\s,-]*)?)$/i, (block, value) => {
        const ids = displayedVlans(value);
        if (block.open === null || ids === null) return false;
        if (block.open !== 'passing') block[block.open]?.push(...ids);
      }),
      ...INTERFACE_LINES,
      ...NOISE,
    ]);
    return { rows: blocks.map(rowOf), unparsed };
  },
});

/** UP, DOWN, `Administratively DOWN`, `DOWN ( Administratively )`, `STP DOWN`, `UP (spoofing)` ... */
function setState(row: PortRow, state: string): false | undefined {
  if (!/\b(?:UP|DOWN|Standby)\b/i.test(state)) return false;
  row.adminUp = !/administratively/i.test(state);
  row.operUp = /^UP\b/i.test(state);
}

function rowOf({ row, linkType, pvid, permitted, tagged, untagged }: Block): PortRow {
  if (linkType === null) return row;
  if (linkType === 'access') return { ...row, mode: 'access', untagged: untagged?.[0] ?? pvid, tagged: [] };
  if (linkType !== 'trunk') return { ...row, mode: 'other', untagged: pvid, tagged };
  if (permitted === null) return { ...row, mode: 'trunk', untagged: pvid };
  return { ...row, mode: 'trunk', ...trunkVlans(permitted, pvid) };
}
