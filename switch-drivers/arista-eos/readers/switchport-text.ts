import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';
import { trunkVlans, vlanSet } from './trunk-vlans.ts';

const UNMODELLED =
  /^(?:Operational Mode|MAC Address Learning|Dot1q ethertype\/TPID|Dot1q VLAN Tag|Administrative private VLAN mapping|(?:(?:Static|Dynamic) )?Trunk Groups|Source interface filtering|VLAN forwarding mode) ?:/;

interface Block {
  row: PortRow;
  access: number | null;
  native: number | null;
  nativeTagged: boolean;
}

/** EOS User Manual, "show interfaces switchport": a block per port; both modes' settings are listed, whichever is in use. */
export const switchportText = outputReader({
  kind: 'ports',
  command: /^show interfaces?(?: \S+(?: [\d/,-]+)?)? switchport$/,
  read(output) {
    const blocks: Block[] = [];
    const rule = (pattern: RegExp, take: (block: Block, value: string) => false | undefined): LineRule => ({
      pattern,
      take: ([, value = '']) => {
        const block = blocks.at(-1);
        return block ? take(block, value) : false;
      },
    });
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^Name: (\S+)$/,
        take([, name = '']) {
          const portId = canonicalName(name);
          if (portId === null) return false;
          const unknown = { adminUp: null, operUp: null, mode: null, untagged: null, tagged: null };
          const row: PortRow = { portId, ...unknown, lag: null, description: null, mtu: null };
          blocks.push({ row, access: null, native: null, nativeTagged: false });
        },
      },
      rule(/^Switchport: (Enabled|Disabled)$/, ({ row }, value) => {
        if (value === 'Disabled') row.mode = 'routed';
      }),
      rule(/^Administrative Mode: (\S.*)$/, ({ row }, value) => {
        row.mode ??= value === 'trunk' ? 'trunk' : /^(?:static )?access$/.test(value) ? 'access' : 'other';
      }),
      rule(/^Access Mode VLAN: (\d+)(?: \(.*\))?$/, (block, value) => {
        block.access = vlanId(value);
        return block.access === null ? false : undefined;
      }),
      rule(/^Trunking Native Mode VLAN: (\d+)(?: \(.*\))?$/, (block, value) => {
        block.native = vlanId(value);
        // 0: untagged frames are dropped.
        return block.native === null && value !== '0' ? false : undefined;
      }),
      rule(/^Administrative Native VLAN tagging: (enabled|disabled)$/, (block, value) => {
        block.nativeTagged = value === 'enabled';
      }),
      rule(/^Trunking VLANs Enabled: ?(.*)$/, ({ row }, value) => {
        const vlans = vlanSet(value);
        if (vlans === null) return false;
        row.tagged = vlans;
      }),
      { pattern: UNMODELLED },
      ...NOISE,
    ]);
    return { rows: blocks.map(effective), unparsed };
  },
});

function effective({ row, access, native, nativeTagged }: Block): PortRow {
  if (row.mode === 'access') return { ...row, untagged: access, tagged: [] };
  if (row.mode !== 'trunk' || row.tagged === null) return { ...row, tagged: null };
  return { ...row, ...trunkVlans(row.tagged, nativeTagged ? null : native) };
}
