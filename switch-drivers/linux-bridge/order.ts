import type { PortSettings } from '../../topology/plan/model.ts';
import { normalSettings } from '../../topology/plan/settings.ts';
import { type CliLine, line } from '../transports/ssh-cli/guard.ts';
import { formatVlanList } from '../transports/ssh-cli/parse.ts';
import type { OrderedLines } from '../transports/ssh-cli/platform.ts';
import { unsupported, vlanId } from '../transports/ssh-cli/settings.ts';

/**
 * bridge(8): a VLAN that was added again gets the flags of the last time, and a port without VLANs passes nothing, so what
 * leaves goes first and nothing else has to be closed meanwhile.
 */
export const order: OrderedLines = {
  mode: 'shell',
  vlanCreate: () => [],
  portSet({ state }, settings) {
    const { portId } = state;
    const [old, wanted] = [normalSettings(state), normalSettings(settings)];
    if (wanted.mode === 'access' && wanted.untagged === null) throw unsupported('access mode takes one untagged VLAN');
    const down = old.adminUp && !wanted.adminUp ? [line`ip link set dev ${portId} down`] : [];
    const up = !old.adminUp && wanted.adminUp ? [line`ip link set dev ${portId} up`] : [];
    const lines = [...down, ...membership(portId, old, wanted), ...up];
    return { groups: lines.length === 0 ? [] : [{ open: null, lines }], block: [] };
  },
};

function membership(portId: string, old: PortSettings, wanted: PortSettings): CliLine[] {
  const carried = (side: PortSettings) => [...side.tagged, ...(side.untagged === null ? [] : [side.untagged])];
  const leaving = carried(old).filter((vlan) => !carried(wanted).includes(vlan));
  const tagging = wanted.tagged.filter((vlan) => !old.tagged.includes(vlan));
  return [
    ...ranges(leaving).map((range) => line`bridge vlan del dev ${portId} vid ${range}`),
    ...ranges(tagging).map((range) => line`bridge vlan add dev ${portId} vid ${range}`),
    ...(wanted.untagged === null || wanted.untagged === old.untagged
      ? []
      : [line`bridge vlan add dev ${portId} vid ${vlanId(wanted.untagged)} pvid untagged`]),
  ];
}

function ranges(vlans: readonly number[]): string[] {
  return formatVlanList(vlans.map((vlan) => vlanId(vlan)))
    .split(',')
    .filter(Boolean);
}
