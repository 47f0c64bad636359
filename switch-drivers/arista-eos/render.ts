import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Change, PortSettings } from '../../topology/plan/model.ts';
import { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
import { formatVlanList } from '../transports/ssh-cli/parse.ts';

/**
 * The lines of one change inside a configuration session. Order is of no consequence there (all or nothing at commit), but
 * it is the order that would be safe without one: down first, allowed list before trunk mode, up last.
 */
export function render(change: Change): CliLine[] {
  if (change.op === 'vlan-create') {
    return [
      line`vlan ${vlanId(change.vlan)}`,
      line`name ${safeName(change.name)}`,
      // A VLAN that somebody suspended carries no frames.
      line`state active`,
      line`exit`,
    ];
  }
  const { portId, settings } = change;
  return [
    line`interface ${portId}`,
    ...(settings.adminUp ? [] : [line`shutdown`]),
    ...(settings.mode === 'access' ? access(portId, settings) : trunk(settings)),
    ...(settings.adminUp ? [line`no shutdown`] : []),
    line`exit`,
  ];
}

/** What the other mode would use is emptied: nothing of an old tenant may come back should somebody switch the mode. */
function access(portId: string, { untagged, tagged }: PortSettings): CliLine[] {
  if (untagged === null || tagged.length > 0) {
    throw unsupported(`port ${portId}: access mode takes exactly one untagged VLAN and no tagged ones`);
  }
  return [
    line`switchport access vlan ${vlanId(untagged)}`,
    line`switchport mode access`,
    line`no switchport trunk native vlan`,
    line`switchport trunk allowed vlan none`,
  ];
}

/** EOS applies the allowed list to the native VLAN too, and a trunk without a list carries every VLAN. */
function trunk({ untagged, tagged }: PortSettings): CliLine[] {
  const allowed = [...tagged, ...(untagged === null ? [] : [untagged])].map(vlanId);
  return [
    allowed.length === 0
      ? line`switchport trunk allowed vlan none`
      : line`switchport trunk allowed vlan ${formatVlanList(allowed)}`,
    // `tag`: untagged frames are dropped.
    untagged === null ? line`switchport trunk native vlan tag` : line`switchport trunk native vlan ${vlanId(untagged)}`,
    line`switchport mode trunk`,
    line`no switchport access vlan`,
  ];
}

function vlanId(vlan: number): number {
  if (!Number.isInteger(vlan) || vlan < 1 || vlan > 4094) throw unsupported(`VLAN id ${vlan} is not within 1..4094`);
  return vlan;
}

function unsupported(message: string): FabricError {
  return new FabricError('switch_unsupported', message);
}
