import type { PortSettings } from '../../topology/plan/model.ts';
import { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
import { formatVlanList } from '../transports/ssh-cli/parse.ts';
import type { OrderedLines } from '../transports/ssh-cli/platform.ts';
import { listPieces, unsupported, vlanId } from '../transports/ssh-cli/settings.ts';
import { isBlockLine, type PortBlock, portBlock } from './readers/port-block.ts';

/** Characters a VLAN list in a line may have; what a line may have altogether is not documented. */
const LIST_LENGTH = 200;

const RESERVED = [[4094, 4094, 'OS10 links VLT peers over it']] as const;

/**
 * OS10 puts each line in force at once. Trunk mode begins without tagged VLANs, and keeps the access VLAN for untagged
 * frames; access mode begins in the default VLAN. So a port that is up is shut down around a change of its mode. What leaves
 * goes before what comes, since a VLAN cannot be both tagged and untagged on a port.
 */
export const order: OrderedLines = {
  mode: 'config',
  vlanCreate: (vlan, name) => [
    line`interface vlan${usable(vlan)}`,
    line`description ${safeName(name)}`,
    line`no shutdown`,
    line`exit`,
  ],
  detours: ({ block }, { mode }) => portBlock(block).mode !== mode,
  portSet({ state: { portId }, block }, settings) {
    const now = portBlock(block);
    const wanted = wantedBlock(settings);
    const lines = [...leaving(now, wanted), ...entering(now, wanted)];
    return {
      groups: lines.length === 0 ? [] : [{ open: line`interface ${portId}`, lines }],
      block: [...block.filter((text) => !isBlockLine(text)), ...linesOf(wanted)],
    };
  },
};

function wantedBlock({ adminUp, mode, untagged, tagged }: PortSettings): PortBlock {
  if (mode === 'access' && (untagged === null || tagged.length > 0)) {
    throw unsupported('access mode takes exactly one untagged VLAN and no tagged ones');
  }
  const access = untagged === null ? 'none' : usable(untagged);
  return { shutdown: !adminUp, routed: false, mode, access, allowed: tagged.map(usable).sort((a, b) => a - b) };
}

/** Down first, then everything that the port shall no longer carry, then the mode. */
function leaving(now: PortBlock, wanted: PortBlock): CliLine[] {
  const changesMode = now.mode !== wanted.mode;
  const down = now.shutdown !== true && (wanted.shutdown === true || changesMode);
  const leave = now.allowed.filter((vlan) => !wanted.allowed.includes(vlan));
  return [
    ...(down ? [line`shutdown`] : []),
    ...pieces(leave).map((list) => line`no switchport trunk allowed vlan ${list}`),
    ...(changesMode ? [wanted.mode === 'trunk' ? line`switchport mode trunk` : line`switchport mode access`] : []),
  ];
}

/** The untagged VLAN before the tagged ones, one of which may have been untagged until now; up last. */
function entering(now: PortBlock, wanted: PortBlock): CliLine[] {
  const changesMode = now.mode !== wanted.mode;
  const come = wanted.allowed.filter((vlan) => !now.allowed.includes(vlan));
  const up = wanted.shutdown === false && (now.shutdown === true || changesMode);
  return [
    ...(changesMode || now.access !== wanted.access ? [accessLine(wanted.access)] : []),
    ...pieces(come).map((list) => line`switchport trunk allowed vlan ${list}`),
    ...(up ? [line`no shutdown`] : []),
  ];
}

/** On a trunk the `no` form takes the port out of every untagged VLAN (in access mode it means the default VLAN). */
function accessLine(access: PortBlock['access']): CliLine {
  return typeof access === 'number' ? line`switchport access vlan ${access}` : line`no switchport access vlan`;
}

function linesOf({ shutdown, mode, access, allowed }: PortBlock): CliLine[] {
  return [
    shutdown === true ? line`shutdown` : line`no shutdown`,
    ...(mode === 'trunk' ? [line`switchport mode trunk`] : []),
    accessLine(access),
    ...pieces(allowed).map((list) => line`switchport trunk allowed vlan ${list}`),
  ];
}

function pieces(vlans: readonly number[]): string[] {
  return listPieces(formatVlanList(vlans), LIST_LENGTH);
}

function usable(vlan: number): number {
  return vlanId(vlan, RESERVED);
}
