import type { PortSettings } from '../../topology/plan/model.ts';
import { sameSettings } from '../../topology/plan/settings.ts';
import { betweenDownAndUp } from '../transports/ssh-cli/blocks.ts';
import { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
import { formatVlanList, parseVlanList } from '../transports/ssh-cli/parse.ts';
import type { LineGroup, OrderedLines } from '../transports/ssh-cli/platform.ts';
import { listPieces, unsupported, vlanId } from '../transports/ssh-cli/settings.ts';

/** Well below the 255 characters that older releases take. */
const LIST_LENGTH = 100;

const SWITCHING = line`switchvlan-configuration`;

/**
 * Membership is set in the part `switchvlan-configuration`, which has blocks of its own for VLANs and ports. A port that
 * changes its mode begins in VLAN 1: for so long it has to be down.
 */
export const order: OrderedLines = {
  mode: 'config',
  vlanCreate: (vlan, name) => [SWITCHING, line`vlan ${vlanId(vlan)}`, line`name ${safeName(name)}`],
  detours: ({ state }, settings) => state.mode !== settings.mode,
  portSet(before, settings) {
    const { state, block } = before;
    const { portId } = state;
    const same = sameSettings(state, { ...settings, adminUp: state.adminUp });
    const lines = same ? [] : settings.mode === 'access' ? access(state, settings) : trunk(state, block, settings);
    // Should the port's line have no effect, the lines behind it mean nothing where they are then.
    const moves = same ? [] : [{ open: SWITCHING, lines: [line`interface ${portId}`, ...lines] }];
    const admin = (text: CliLine): LineGroup => ({ open: line`interface ${portId}`, lines: [text] });
    const [down, up] = [admin(line`shutdown`), admin(line`no shutdown`)];
    const detour = state.mode !== settings.mode;
    const groups = betweenDownAndUp(state, settings, moves, { detour, down, up });
    return { groups, block: same ? block : blockOf(settings) };
  },
};

function access(state: PortSettings, { untagged, tagged }: PortSettings): CliLine[] {
  if (untagged === null || tagged.length > 0) {
    throw unsupported('access mode takes exactly one untagged VLAN and no tagged ones');
  }
  const mode = state.mode === 'access' ? [] : [line`switchport mode access`];
  return [...mode, line`switchport access vlan ${vlanId(untagged)}`];
}

/** The list is added to and taken from; the native VLAN stands in it too, as ports are configured in the field. */
function trunk(state: PortSettings, block: readonly string[], settings: PortSettings): CliLine[] {
  const { untagged, tagged } = settings;
  if (untagged === null) {
    throw unsupported('ZXROS has no known way to drop the untagged frames of a trunk: give it an untagged VLAN');
  }
  const wanted = [...tagged, untagged].map((vlan) => vlanId(vlan));
  const isTrunk = state.mode === 'trunk';
  const listed = listOf(block);
  const added = isTrunk ? wanted.filter((vlan) => !listed.includes(vlan)) : wanted;
  const removed = listed.filter((vlan) => !wanted.includes(vlan));
  return [
    ...(isTrunk ? [] : [line`switchport mode trunk`]),
    ...pieces(added).map((piece) => line`switchport trunk vlan ${piece}`),
    ...(isTrunk && state.untagged === untagged ? [] : [line`switchport trunk native vlan ${untagged}`]),
    ...pieces(removed).map((piece) => line`no switchport trunk vlan ${piece}`),
  ];
}

function pieces(vlans: readonly number[]): string[] {
  return listPieces(formatVlanList(vlans), LIST_LENGTH);
}

/** VLANs that the block lists, in whatever mode the port is. */
function listOf(block: readonly string[]): number[] {
  const lists = block.flatMap((text) => /^switchport trunk vlan (\S+)$/.exec(text)?.[1] ?? []);
  return lists.flatMap((list) => parseVlanList(list) ?? []);
}

function blockOf({ mode, untagged, tagged }: PortSettings): string[] {
  if (mode === 'access' || untagged === null) return [];
  return pieces([...tagged, untagged]).map((piece) => `switchport trunk vlan ${piece}`);
}
