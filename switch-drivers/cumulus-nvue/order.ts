import type { PortSettings } from '../../topology/plan/model.ts';
import { normalSettings, sameSettings } from '../../topology/plan/settings.ts';
import { type CliLine, line } from '../transports/ssh-cli/guard.ts';
import { formatVlanList } from '../transports/ssh-cli/parse.ts';
import type { OrderedLines } from '../transports/ssh-cli/platform.ts';
import { listPieces, unsupported, vlanId } from '../transports/ssh-cli/settings.ts';

/** Shells take far longer lines; NVUE is said to be slow with long lists. */
const LIST_LENGTH = 1000;

/** All lines of a change go into one candidate: only what it amounts to counts. */
export const order: OrderedLines = {
  mode: 'shell',
  vlanCreate: (vlan) => [line`nv set bridge domain br_default vlan ${vlanId(vlan)}`],
  portSet({ state }, settings) {
    const { portId } = state;
    const wanted = normalSettings(settings);
    const link = wanted.adminUp
      ? line`nv set interface ${portId} link state up`
      : line`nv set interface ${portId} link state down`;
    const lines = [
      ...(sameSettings({ ...state, adminUp: wanted.adminUp }, wanted) ? [] : membership(portId, wanted)),
      ...(state.adminUp === wanted.adminUp ? [] : [link]),
    ];
    return { groups: lines.length === 0 ? [] : [{ open: null, lines }], block: [] };
  },
};

function membership(portId: string, { mode, untagged, tagged }: PortSettings): CliLine[] {
  const clear = line`nv unset interface ${portId} bridge domain br_default`;
  if (mode === 'access') {
    if (untagged === null) throw unsupported('access mode takes one untagged VLAN');
    return [clear, line`nv set interface ${portId} bridge domain br_default access ${vlanId(untagged)}`];
  }
  // Without a list of its own a port has all VLANs of the bridge.
  if (tagged.length === 0) throw unsupported(`port ${portId} cannot be a trunk of no VLAN; shut it down instead`);
  const native =
    untagged === null
      ? line`nv set interface ${portId} bridge domain br_default untagged none`
      : line`nv set interface ${portId} bridge domain br_default untagged ${vlanId(untagged)}`;
  const lists = listPieces(formatVlanList(tagged.map((vlan) => vlanId(vlan))), LIST_LENGTH);
  return [
    clear,
    native,
    ...lists.map((list) => line`nv set interface ${portId} bridge domain br_default vlan ${list}`),
  ];
}
