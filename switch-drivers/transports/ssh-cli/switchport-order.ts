import type { PortSettings } from '../../../topology/plan/model.ts';
import { inPortBlock } from './blocks.ts';
import { type CliLine, line, safeName } from './guard.ts';
import { formatVlanList, parseVlanList } from './parse.ts';
import type { BlockSetting, OrderedLines } from './platform.ts';
import { EVERY_VLAN, listPieces, oneLine, unsupported, unusedVlan, vlanId } from './settings.ts';

const ALLOWED = 'switchport trunk allowed vlan';

/** In what the platforms differ whose ports are configured with Cisco's `switchport`. */
export interface SwitchportDialect {
  /** VLANs that the platform keeps for itself, as inclusive ranges, and what for. */
  reserved: ReadonlyArray<readonly [number, number, string]>;
  /** Lines that make a VLAN carry frames that somebody suspended or shut down. */
  vlanUp: readonly CliLine[];
  /** Is access the mode that the running configuration is silent about? */
  accessIsDefault: boolean;
  /** Characters a VLAN list in a line may have. */
  listLength: number;
}

/**
 * Each line is in force at once, and a trunk begins with all VLANs: down comes first, the allowed list before the mode, up
 * last. What the other mode would use is emptied, so that nothing of an old tenant comes back with the mode.
 */
export function switchportOrder(dialect: SwitchportDialect): OrderedLines {
  const { reserved, vlanUp } = dialect;
  return {
    mode: 'config',
    vlanCreate: (vlan, name) => [
      line`vlan ${vlanId(vlan, reserved)}`,
      line`name ${safeName(name)}`,
      ...vlanUp,
      line`exit`,
    ],
    portSet: inPortBlock(
      (portId) => line`interface ${portId}`,
      (settings, block) => {
        for (const vlan of [settings.untagged ?? 1, ...settings.tagged]) vlanId(vlan, reserved);
        const down = oneLine('shutdown', settings.adminUp ? null : line`shutdown`, line`no shutdown`);
        const layer2 = settings.mode === 'access' ? access(settings, dialect) : trunk(settings, block, dialect);
        return settings.adminUp ? [...layer2, down] : [down, ...layer2];
      },
    ),
  };
}

function access({ untagged, tagged }: PortSettings, dialect: SwitchportDialect): BlockSetting[] {
  if (untagged === null || tagged.length > 0) {
    throw unsupported('access mode takes exactly one untagged VLAN and no tagged ones');
  }
  return [accessVlan(untagged), accessMode(dialect), allowedVlans([], dialect), nativeVlan(1)];
}

function trunk(
  { untagged, tagged }: PortSettings,
  block: readonly string[],
  dialect: SwitchportDialect,
): BlockSetting[] {
  const allowed = untagged === null ? tagged : [...tagged, untagged];
  // A native VLAN that is not allowed passes nothing: there is no other way to drop untagged frames on one port.
  const native = untagged ?? unusedVlan([...tagged, ...kept(dialect)]);
  const mode = oneLine('switchport mode', line`switchport mode trunk`, line`no switchport mode`);
  const isTrunk = block.includes('switchport mode trunk');
  const vlans = [allowedVlans(allowed, dialect), nativeVlan(native)];
  // On a port that is a trunk already, a native VLAN must not be let in before it is native.
  return [...(isTrunk ? vlans.toReversed() : vlans), mode, accessVlan(1)];
}

function kept({ reserved }: SwitchportDialect): number[] {
  return EVERY_VLAN.filter((vlan) => reserved.some(([first, last]) => vlan >= first && vlan <= last));
}

function accessMode({ accessIsDefault }: SwitchportDialect): BlockSetting {
  const text = line`switchport mode access`;
  if (!accessIsDefault) return oneLine('switchport mode', text, line`no switchport mode`);
  // Some releases print it all the same.
  return { ...oneLine('switchport mode', null, text), same: (current) => current.every((row) => row === text) };
}

/** The running configuration is silent about VLAN 1. */
function accessVlan(vlan: number): BlockSetting {
  const text = vlan === 1 ? null : line`switchport access vlan ${vlan}`;
  return oneLine('switchport access vlan', text, line`no switchport access vlan`);
}

function nativeVlan(vlan: number): BlockSetting {
  const text = vlan === 1 ? null : line`switchport trunk native vlan ${vlan}`;
  return oneLine('switchport trunk native vlan', text, line`no switchport trunk native vlan`);
}

/** Always the whole list: further lines with `add` only go on with it. */
function allowedVlans(vlans: readonly number[], { listLength }: SwitchportDialect): BlockSetting {
  const [first = 'none', ...more] = listPieces(formatVlanList(vlans), listLength);
  return {
    words: ALLOWED,
    lines: [
      line`switchport trunk allowed vlan ${first}`,
      ...more.map((piece) => line`switchport trunk allowed vlan add ${piece}`),
    ],
    off: line`no switchport trunk allowed vlan`,
    same: (current) => listOf(current) === formatVlanList(vlans),
  };
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
