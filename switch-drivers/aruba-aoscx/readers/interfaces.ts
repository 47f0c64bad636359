import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort, portList } from '../port-names.ts';
import { UNMODELLED } from './interface-keys.ts';
import { NOISE, orNull, trunkVlans, vlanId, vlanSet, withoutPager } from './noise.ts';

interface Block {
  row: PortRow;
  /** As `VLAN Mode` names it; null: none is printed. */
  mode: string | null;
  access: number | null;
  native: number | null;
  allowed: string;
  members: string[];
  /** Addresses or counters of layer 3 are printed. */
  layer3: boolean;
  /** A list that may go on in the next line. */
  open: 'allowed' | 'members' | null;
}

/**
 * ArubaOS-CX Command-Line Interface Guide, "show interface". A port without a VLAN mode is routed, and then has counters or
 * addresses of layer 3, or is a member of a LAG, whose block lists it.
 */
export const interfaces = outputReader({
  kind: 'ports',
  command: /^show interfaces?(?: (?:\d[\d/:.,-]*|lag ?\d+|vlan ?\d+|loopback ?\d+))?(?: extended)?$/,
  read(output) {
    const blocks: Block[] = [];
    const rule = (pattern: RegExp, take: (block: Block, value: string) => false | undefined): LineRule => ({
      pattern,
      take([, value = '']) {
        const block = blocks.at(-1);
        if (!block) return false;
        const open = block.open;
        const taken = take(block, value);
        if (block.open === open && taken !== false) block.open = null;
        return taken;
      },
    });
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^(?:Interface|Aggregate) (\S+) is (up|down)(?: \([^()]*\))?$/,
        take: ([, name = '', state]) => open(blocks, name, state === 'up'),
      },
      { pattern: /^Aggregate-name (\S+)$/, take: ([, name = '']) => open(blocks, name, null) },
      rule(/^ ?Admin state(?: is| *:) (up|down)$/, ({ row }, state) => {
        row.adminUp = state === 'up';
      }),
      rule(/^ ?Description ?:(.*)$/, ({ row }, text) => {
        row.description = orNull(text.trim());
      }),
      rule(/^ ?MTU (\d{1,5})$/, ({ row }, mtu) => {
        row.mtu = Number(mtu);
      }),
      rule(/^ ?VLAN Mode: ([a-z-]+)$/, (block, mode) => {
        block.mode = mode;
      }),
      rule(/^ ?Access VLAN: (\d+)$/, (block, id) => {
        block.access = vlanId(id);
        return block.access === null ? false : undefined;
      }),
      rule(/^ ?Native VLAN: (\d+)$/, (block, id) => {
        block.native = vlanId(id);
        return block.native === null ? false : undefined;
      }),
      rule(/^ ?Allowed VLAN List:(.*)$/, (block, list) => {
        if (vlanSet(list) === null) return false;
        block.allowed = list.trim();
        block.open = 'allowed';
      }),
      rule(/^ ?Aggregated-interfaces *:(.*)$/, (block, list) => moreMembers(block, list)),
      rule(/^ ?(?:L3 Counters:|VRF name is \S)/, (block) => {
        block.layer3 = true;
      }),
      rule(/^ ?IPv[46] (?:address|link-local address) \S+(?: secondary)?(?: \[\w+\])?$/, (block) => {
        block.layer3 = true;
      }),
      rule(/^ ?Aggregate mode *: \w+$/, () => undefined),
      {
        // What did not fit on the line of the list above.
        pattern: /^\s+([\d/:, a-z-]+)$/,
        take([, list = '']) {
          const block = blocks.at(-1);
          if (block?.open === 'members') return moreMembers(block, list);
          if (block?.open !== 'allowed' || !block.allowed.endsWith(',') || vlanSet(list) === null) return false;
          block.allowed += list.trim();
        },
      },
      ...UNMODELLED.map(({ pattern }) => rule(pattern, () => undefined)),
      ...NOISE,
    ]);
    for (const { row, members } of blocks) {
      for (const member of blocks.filter((block) => members.includes(block.row.portId))) member.row.lag = row.portId;
    }
    return { rows: blocks.map(rowOf), unparsed };
  },
});

function open(blocks: Block[], name: string, operUp: boolean | null): false | undefined {
  const portId = canonicalName(name);
  if (portId === null) return false;
  const unknown = { adminUp: null, mode: null, untagged: null, tagged: null, lag: null, description: null, mtu: null };
  blocks.push({
    row: { portId, operUp, ...unknown },
    ...{ mode: null, access: null, native: null, allowed: '', members: [], layer3: false, open: null },
  });
  return undefined;
}

function moreMembers(block: Block, list: string): false | undefined {
  const ports = portList(list);
  if (ports === null) return false;
  block.members.push(...ports);
  block.open = 'members';
}

function rowOf({ row, mode, access, native, allowed, layer3 }: Block): PortRow {
  if (mode === 'access') return { ...row, mode, untagged: access, tagged: [] };
  if (mode === 'native-untagged' || mode === 'native-tagged' || mode === 'trunk') {
    const list = vlanSet(allowed);
    const vlans = list === null ? { untagged: null, tagged: null } : trunkVlans(list, native, mode === 'native-tagged');
    return { ...row, mode: 'trunk', ...vlans };
  }
  if (mode !== null) return { ...row, mode: 'other' };
  return layer3 || !isSwitchPort(row.portId) ? { ...row, mode: 'routed' } : row;
}
