import type { PortSettings } from '../../topology/plan/model.ts';
import { inPortBlock } from '../transports/ssh-cli/blocks.ts';
import { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
import { formatVlanList } from '../transports/ssh-cli/parse.ts';
import type { BlockSetting, OrderedLines } from '../transports/ssh-cli/platform.ts';
import { listPieces, oneLine, unsupported, vlanId } from '../transports/ssh-cli/settings.ts';
import { trunkVlans, vlanSet } from './readers/noise.ts';

/** A line may name 256 VLANs at most (Layer 2 Bridging Guide, "vlan trunk allowed"); this much holds fewer. */
const LIST_LENGTH = 200;

interface Trunk {
  native: number;
  /** Untagged frames are dropped, and those of the native VLAN leave with a tag. */
  nativeTagged: boolean;
  allowed: readonly number[] | 'all';
}

type ListedTrunk = Trunk & { allowed: readonly number[] };

/**
 * The `vlan` commands are the mode: `vlan access` makes an access port and forgets the trunk, `vlan trunk` makes a trunk.
 * A trunk begins without a list, which is every VLAN, unless the list comes first.
 */
export const order: OrderedLines = {
  mode: 'config',
  // `no shutdown`: a VLAN that somebody shut down carries no frames.
  vlanCreate: (vlan, name) => [line`vlan ${vlanId(vlan)}`, line`name ${safeName(name)}`, line`no shutdown`, line`exit`],
  portSet: inPortBlock(openPort, (settings) => {
    const up = oneLine('no shutdown', settings.adminUp ? line`no shutdown` : null, line`shutdown`);
    const vlans = settings.mode === 'access' ? access(settings) : trunk(wantedTrunk(settings));
    return settings.adminUp ? [vlans, up] : [up, vlans];
  }),
};

function openPort(portId: string): CliLine {
  const lag = /^lag(\d+)$/.exec(portId)?.[1];
  return lag === undefined ? line`interface ${portId}` : line`interface lag ${lag}`;
}

function access({ untagged, tagged }: PortSettings): BlockSetting {
  if (untagged === null || tagged.length > 0) {
    throw unsupported('access mode takes exactly one untagged VLAN and no tagged ones');
  }
  return {
    words: 'vlan',
    lines: [line`vlan access ${vlanId(untagged)}`],
    off: line`no vlan access`,
    same: (current) => trunkOf(current) === null && accessOf(current) === untagged,
  };
}

function wantedTrunk({ untagged, tagged }: PortSettings): ListedTrunk {
  const allowed = (untagged === null ? tagged : [...tagged, untagged]).map((vlan) => vlanId(vlan));
  if (allowed.length === 0) throw unsupported('a trunk of no VLAN cannot be written: an empty list is every VLAN');
  // VLAN 1 always exists. Outside of the list, or tagged, it drops untagged frames.
  const native = untagged ?? 1;
  return { native, nativeTagged: untagged === null && allowed.includes(native), allowed };
}

function trunk(wanted: ListedTrunk): BlockSetting {
  return {
    words: 'vlan',
    lines: [nativeVlan(wanted), ...allow(wanted.allowed)],
    off: line`no vlan access`,
    same: (current) => effectOf(trunkOf(current)) === effectOf(wanted),
    steps: (current) => trunkSteps(trunkOf(current), wanted),
  };
}

/** The list is added to and taken from, never emptied, and a VLAN that comes native is made so before it is let in. */
function trunkSteps(before: Trunk | null, wanted: ListedTrunk): CliLine[] {
  if (before === null) return [...allow(wanted.allowed), nativeVlan(wanted)];
  const { allowed } = before;
  if (allowed === 'all' || before.nativeTagged !== wanted.nativeTagged) {
    // Whether a list replaces `all`, and what ends tagging, is not documented: the port begins anew as access port.
    const carried = wanted.allowed.includes(wanted.native) ? wanted.native : (wanted.allowed[0] ?? wanted.native);
    return [line`vlan access ${carried}`, ...allow(wanted.allowed), nativeVlan(wanted)];
  }
  const removed = allowed.filter((vlan) => !wanted.allowed.includes(vlan));
  return [
    ...(before.native === wanted.native ? [] : [nativeVlan(wanted)]),
    ...allow(wanted.allowed.filter((vlan) => !allowed.includes(vlan))),
    ...pieces(removed).map((piece) => line`no vlan trunk allowed ${piece}`),
  ];
}

function allow(vlans: readonly number[]): CliLine[] {
  return pieces(vlans).map((piece) => line`vlan trunk allowed ${piece}`);
}

function pieces(vlans: readonly number[]): string[] {
  return listPieces(formatVlanList(vlans), LIST_LENGTH);
}

function nativeVlan({ native, nativeTagged }: Trunk): CliLine {
  return nativeTagged ? line`vlan trunk native ${native} tag` : line`vlan trunk native ${native}`;
}

/** The trunk that the lines of a block make; null: an access port. */
function trunkOf(block: readonly string[]): Trunk | null {
  const lists = block.flatMap((text) => /^vlan trunk allowed (.+)$/.exec(text)?.[1] ?? []).map(vlanSet);
  const [, native, tag] = block.map((text) => /^vlan trunk native (\d+)( tag)?$/.exec(text)).find(Boolean) ?? [];
  if (native === undefined && lists.length === 0) return null;
  const listed = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  const all = lists.length === 0 || lists.includes('all');
  return { native: Number(native ?? 1), nativeTagged: tag !== undefined, allowed: all ? 'all' : listed };
}

function accessOf(block: readonly string[]): number {
  return Number(block.flatMap((text) => /^vlan access (\d+)$/.exec(text)?.[1] ?? []).at(-1) ?? 1);
}

/** Two trunks of the same effect need no line. */
function effectOf(port: Trunk | null): string | null {
  if (port === null) return null;
  const all = port.allowed === 'all' ? 'all' : [...port.allowed];
  const { untagged, tagged } = trunkVlans(all, port.native, port.nativeTagged);
  return `${untagged} ${tagged === 'all' ? tagged : formatVlanList(tagged)}`;
}
