import type { PortSettings } from '../../topology/plan/model.ts';
import { sameSettings } from '../../topology/plan/settings.ts';
import { betweenDownAndUp } from '../transports/ssh-cli/blocks.ts';
import { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
import type { LineGroup, OrderedLines, PortBefore } from '../transports/ssh-cli/platform.ts';
import { unsupported, vlanId } from '../transports/ssh-cli/settings.ts';
import { defaultVlanOf } from './default-vlan.ts';

/** FastIron Layer 2 Switching Configuration Guide, "VLAN overview". */
const RESERVED = [
  [4087, 4087, 'FastIron keeps it for its own use'],
  [4090, 4093, 'FastIron keeps it for its own use'],
] as const;

type Membership = Pick<PortSettings, 'untagged' | 'tagged'>;

/**
 * Membership stands in the VLANs. A port that leaves the VLAN in which it is untagged is in the default VLAN until it joins
 * another one, or until it is taken out of that too: for so long it has to be down.
 */
export const order: OrderedLines = {
  mode: 'config',
  vlanCreate: (vlan, name) => [line`vlan ${usable(vlan)} name ${safeName(name)} by port`, line`exit`],
  detours({ state, block }, settings) {
    if (sameMembership(state, settings)) return false;
    const fallback = defaultVlanOf(block);
    const to = wantedMembership(settings);
    const passesDefault = state.untagged !== to.untagged && ![state.untagged, to.untagged].includes(fallback);
    // A port without untagged frames that is in no other VLAN falls to the default one.
    const losesAll = state.untagged === null && !state.tagged.some((vlan) => to.tagged.includes(vlan));
    return passesDefault || losesAll;
  },
  portSet(before, settings) {
    const { state, block } = before;
    const port = portText(state.portId);
    const memberships = sameMembership(state, settings) ? [] : membershipLines(before, wantedMembership(settings));
    const moves = memberships.map(([vlan, text]): LineGroup => ({ open: line`vlan ${vlan}`, lines: [text] }));
    const admin = (text: CliLine): LineGroup => ({ open: line`interface ${port.kind} ${port.number}`, lines: [text] });
    const detour = order.detours?.(before, settings) === true;
    const [down, up] = [admin(line`disable`), admin(line`enable`)];
    return { groups: betweenDownAndUp(state, settings, moves, { detour, down, up }), block };
  },
};

function sameMembership(state: PortSettings, settings: PortSettings): boolean {
  return sameSettings(state, { ...settings, adminUp: state.adminUp });
}

function wantedMembership({ mode, untagged, tagged }: PortSettings): Membership {
  if (mode === 'access') {
    if (untagged !== null && tagged.length === 0) return { untagged: usable(untagged), tagged };
    throw unsupported('access mode takes exactly one untagged VLAN and no tagged ones');
  }
  if (tagged.length === 0) {
    throw unsupported('a trunk needs a tagged VLAN on FastIron, where a port without one is an access port');
  }
  return { untagged: untagged === null ? null : usable(untagged), tagged: tagged.map(usable) };
}

/** What to say in which VLAN. VLANs are joined before others are left, so that the port is never without one. */
function membershipLines({ state, block }: PortBefore, to: Membership): Array<[vlan: number, text: CliLine]> {
  const fallback = defaultVlanOf(block);
  const { kind, number } = portText(state.portId);
  const from: Membership = state;
  const joins = to.tagged.filter((vlan) => !from.tagged.includes(vlan));
  const leaves = from.tagged.filter((vlan) => !to.tagged.includes(vlan));
  const moves = from.untagged !== to.untagged;
  const lines: Array<[number, CliLine]> = [];

  if (moves && from.untagged !== null && from.untagged !== fallback) {
    lines.push([from.untagged, line`no untagged ${kind} ${number}`]);
  }
  // It cannot be both in one VLAN.
  const turned = leaves.filter((vlan) => vlan === to.untagged);
  for (const vlan of turned) lines.push([vlan, line`no tagged ${kind} ${number}`]);
  // The default VLAN takes the port tagged only after it was left.
  const late = joins.filter((vlan) => vlan === fallback && from.untagged !== null && moves);
  for (const vlan of joins) if (!late.includes(vlan)) lines.push([vlan, line`tagged ${kind} ${number}`]);
  if (moves) {
    // Only a member of the default VLAN joins another.
    if (from.untagged === null) lines.push([fallback, line`untagged ${kind} ${number}`]);
    if (to.untagged === null) lines.push([fallback, line`no untagged ${kind} ${number}`]);
    else if (to.untagged !== fallback) lines.push([to.untagged, line`untagged ${kind} ${number}`]);
  }
  for (const vlan of late) lines.push([vlan, line`tagged ${kind} ${number}`]);
  for (const vlan of leaves) if (!turned.includes(vlan)) lines.push([vlan, line`no tagged ${kind} ${number}`]);
  return lines;
}

/** `ethernet1/1/1` is written `ethernet 1/1/1`. */
function portText(portId: string): { kind: string; number: string } {
  const [, kind, number] = /^(ethernet|lag)(\d[\d/:]*)$/.exec(portId) ?? [];
  if (kind === undefined || number === undefined) throw unsupported(`${portId} is no port of FastIron`);
  return { kind, number };
}

function usable(vlan: number): number {
  return vlanId(vlan, RESERVED);
}
