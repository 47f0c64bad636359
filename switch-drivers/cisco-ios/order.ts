import { FabricError } from '../../topology/error/fabric-error.ts';
import type { PortSettings } from '../../topology/plan/model.ts';
import { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
import { formatVlanList, parseVlanList } from '../transports/ssh-cli/parse.ts';
import type { BlockSetting, OrderedLines } from '../transports/ssh-cli/platform.ts';

/** IOS takes lines of up to 254 characters. */
const LIST_LENGTH = 200;
const ALLOWED = 'switchport trunk allowed vlan';

/**
 * IOS puts each line in force at once and begins a trunk with all VLANs: down comes first, the allowed list before the
 * mode, up last. What the other mode would use is emptied, so that nothing of an old tenant comes back with the mode.
 */
export const order: OrderedLines = {
  mode: 'config',
  // `state active`: a VLAN that somebody suspended carries no frames.
  vlanCreate: (vlan, name) => [
    line`vlan ${vlanId(vlan)}`,
    line`name ${safeName(name)}`,
    line`state active`,
    line`exit`,
  ],
  open: (portId) => line`interface ${portId}`,
  settings(settings, block) {
    const down = shutdown(settings.adminUp);
    const layer2 = settings.mode === 'access' ? access(settings) : trunk(settings, block);
    return settings.adminUp ? [...layer2, down] : [down, ...layer2];
  },
};

function shutdown(adminUp: boolean): BlockSetting {
  return { words: 'shutdown', lines: adminUp ? [] : [line`shutdown`], off: line`no shutdown` };
}

function access({ untagged, tagged }: PortSettings): BlockSetting[] {
  if (untagged === null || tagged.length > 0) {
    throw unsupported('access mode takes exactly one untagged VLAN and no tagged ones');
  }
  return [accessVlan(untagged), mode(line`switchport mode access`), allowedVlans([]), nativeVlan(1)];
}

function trunk({ untagged, tagged }: PortSettings, block: readonly string[]): BlockSetting[] {
  const allowed = untagged === null ? tagged : [...tagged, untagged];
  // A native VLAN that is not allowed passes nothing: IOS has no other way to drop untagged frames on one port.
  const native = untagged ?? unusedVlan(tagged);
  const isTrunk = block.includes('switchport mode trunk');
  const vlans = [allowedVlans(allowed), nativeVlan(native)];
  // On a port that is a trunk already, a native VLAN must not be let in before it is native.
  return [...(isTrunk ? vlans.toReversed() : vlans), mode(line`switchport mode trunk`), accessVlan(1)];
}

function mode(text: CliLine): BlockSetting {
  return { words: 'switchport mode', lines: [text], off: line`no switchport mode` };
}

/** The running configuration is silent about VLAN 1. */
function accessVlan(vlan: number): BlockSetting {
  const lines = vlanId(vlan) === 1 ? [] : [line`switchport access vlan ${vlan}`];
  return { words: 'switchport access vlan', lines, off: line`no switchport access vlan` };
}

function nativeVlan(vlan: number): BlockSetting {
  const lines = vlanId(vlan) === 1 ? [] : [line`switchport trunk native vlan ${vlan}`];
  return { words: 'switchport trunk native vlan', lines, off: line`no switchport trunk native vlan` };
}

/** Always the whole list: further lines with `add` only go on with it. */
function allowedVlans(vlans: readonly number[]): BlockSetting {
  const [first = 'none', ...more] = pieces(formatVlanList(vlans.map(vlanId)));
  const head =
    first === 'none' ? line`switchport trunk allowed vlan none` : line`switchport trunk allowed vlan ${first}`;
  return {
    words: ALLOWED,
    lines: [head, ...more.map((piece) => line`switchport trunk allowed vlan add ${piece}`)],
    off: line`no switchport trunk allowed vlan`,
    same: (current) => listOf(current) === formatVlanList(vlans),
  };
}

function pieces(list: string): string[] {
  const found: string[] = [];
  for (const part of list.split(',').filter(Boolean)) {
    const last = found.at(-1);
    if (last !== undefined && last.length + part.length < LIST_LENGTH) found[found.length - 1] = `${last},${part}`;
    else found.push(part);
  }
  return found;
}

/** The list that lines of the running configuration make together; null: none there (all VLANs), or not understood. */
function listOf(lines: readonly string[]): string | null {
  if (lines.length === 0) return null;
  const vlans = lines.map((text) => {
    const value = text.slice(ALLOWED.length).trim().replace(/^add /, '');
    return value === 'none' ? [] : parseVlanList(value);
  });
  return vlans.includes(null) ? null : formatVlanList(vlans.flatMap((ids) => ids ?? []));
}

/** The native VLAN of a trunk that takes no untagged frames: 1, or the first that the trunk does not carry. */
function unusedVlan(tagged: readonly number[]): number {
  for (let vlan = 1; vlan <= 4094; vlan += 1) if (!tagged.includes(vlan)) return vlan;
  throw unsupported('a trunk of all 4094 VLANs needs one of them untagged');
}

function vlanId(vlan: number): number {
  if (!Number.isInteger(vlan) || vlan < 1 || vlan > 4094) throw unsupported(`VLAN id ${vlan} is not within 1..4094`);
  // IEEE 802.1Q leaves them free, IOS keeps them for FDDI and Token Ring.
  if (vlan >= 1002 && vlan <= 1005) throw unsupported(`VLAN ${vlan} is reserved on IOS`);
  return vlan;
}

function unsupported(message: string): FabricError {
  return new FabricError('switch_unsupported', message);
}
