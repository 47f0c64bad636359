import type { PortSettings } from '../../topology/plan/model.ts';
import { normalSettings } from '../../topology/plan/settings.ts';
import { type CliLine, line } from '../transports/ssh-cli/guard.ts';
import type { OrderedLines } from '../transports/ssh-cli/platform.ts';
import { unsupported, vlanId } from '../transports/ssh-cli/settings.ts';

/**
 * Membership is kept per VLAN and port: what leaves goes first, so that the port has nothing in between rather than too
 * much. A port that is in no VLAN passes nothing. Where the release knows modes, a member is refused that does not fit the
 * mode, so the mode changes while the port has only members that fit both.
 */
export const order: OrderedLines = {
  mode: 'shell',
  vlanCreate: (vlan) => [line`config vlan add ${vlanId(vlan)}`],
  portSet({ state, block }, settings) {
    const { portId } = state;
    const [old, wanted] = [normalSettings(state), normalSettings(settings)];
    if (wanted.mode === 'access' && wanted.untagged === null) throw unsupported('access mode takes one untagged VLAN');
    const mode = modeLines(portId, block, wanted);
    const lines = [
      ...(old.adminUp && !wanted.adminUp ? [line`config interface shutdown ${portId}`] : []),
      ...leaving(portId, old, wanted),
      ...mode.lines,
      ...joining(portId, old, wanted),
      ...(!old.adminUp && wanted.adminUp ? [line`config interface startup ${portId}`] : []),
    ];
    return { groups: lines.length === 0 ? [] : [{ open: null, lines }], block: mode.block };
  },
};

function modeLines(portId: string, block: readonly string[], { mode }: PortSettings) {
  const [current] = block;
  if (current === undefined || current === `mode ${mode}`) return { lines: [], block };
  const text =
    mode === 'access' ? line`config switchport mode access ${portId}` : line`config switchport mode trunk ${portId}`;
  return { lines: [text], block: [`mode ${mode}`] };
}

function leaving(portId: string, old: PortSettings, wanted: PortSettings): CliLine[] {
  const tagged = old.tagged.filter((vlan) => !wanted.tagged.includes(vlan));
  const untagged = old.untagged === null || old.untagged === wanted.untagged ? [] : [old.untagged];
  return [...untagged, ...tagged].map((vlan) => line`config vlan member del ${vlanId(vlan)} ${portId}`);
}

function joining(portId: string, old: PortSettings, wanted: PortSettings): CliLine[] {
  const tagged = wanted.tagged.filter((vlan) => !old.tagged.includes(vlan));
  return [
    ...tagged.map((vlan) => line`config vlan member add ${vlanId(vlan)} ${portId}`),
    ...(wanted.untagged === null || wanted.untagged === old.untagged
      ? []
      : [line`config vlan member add -u ${vlanId(wanted.untagged)} ${portId}`]),
  ];
}
