import type { PortState } from '../../../topology/plan/model.ts';
import { descendant } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText, textOf } from '../../transports/netconf/xml/read.ts';
import type { PortKind } from '../model.ts';
import { trunkVlans } from './vlan-list.ts';

type Switching = Pick<PortState, 'mode' | 'untagged' | 'tagged' | 'lag' | 'foreign'>;

/** What VLANs a port carries, as applied where the device tells it (`state`), else as configured. */
export function switching(entry: XmlElement, kind: PortKind): Switching {
  const member = ['config', 'state']
    .map((holder) => descendant(entry, 'ethernet', holder, 'aggregate-id'))
    .find(Boolean);
  const lag = member ? textOf(member) : null;
  const vlans = descendant(entry, kind, 'switched-vlan');
  const config = descendant(vlans, 'config');
  const state = descendant(vlans, 'state');
  const leaves = (name: string): string[] => {
    const holder = [state, config].find((one) => one && childrenOf(one, name, null).length > 0);
    return holder ? childrenOf(holder, name, null).map(textOf) : [];
  };
  const mode = leaves('interface-mode')[0];
  const foreign = (reason: string): Switching => ({ mode: 'access', untagged: null, tagged: [], lag, foreign: reason });

  if (lag !== null) return foreign(`it is a member of ${lag}`);
  const other = otherTraffic(entry);
  if (other !== null) return foreign(other);
  if (mode === undefined) return foreign('it has no switched-vlan: it is a routed port');
  if (mode === 'ACCESS') {
    const untagged = vlanId(leaves('access-vlan')[0]);
    if (untagged === null) return foreign('its VLAN could not be read');
    return { mode: 'access', untagged, tagged: [], lag, foreign: null };
  }
  if (mode !== 'TRUNK') return foreign(`its interface-mode is ${mode}`);
  const carried = trunkVlans(leaves('trunk-vlans'));
  if (carried === null) return foreign('its VLANs could not be read');
  const native = vlanId(leaves('native-vlan')[0]);
  const isCarried = native !== null && carried.includes(native);
  // Devices differ in whether such a native VLAN passes. One that only `state` tells is the device's default.
  if (!isCarried && config && childrenOf(config, 'native-vlan', null).length > 0)
    return foreign(`its native VLAN ${native ?? ''} is not among its trunk VLANs`);
  const untagged = isCarried ? native : null;
  return { mode: 'trunk', untagged, tagged: carried.filter((vlan) => vlan !== untagged), lag, foreign: null };
}

/** What is on the port besides the VLANs of `switched-vlan`; null: nothing. */
function otherTraffic(entry: XmlElement): string | null {
  const tpid = descendant(entry, 'config', 'tpid');
  if (tpid && !/(?:^|:)TPID_0X8100$/.test(textOf(tpid))) return `it has the tag protocol ${textOf(tpid)}`;
  const holder = descendant(entry, 'subinterfaces');
  for (const sub of holder ? childrenOf(holder, 'subinterface', null) : []) {
    const index = childText(sub, 'index', null) ?? '';
    const tags = [descendant(sub, 'vlan', 'config', 'vlan-id'), descendant(sub, 'vlan', 'match')];
    if (index !== '0' || tags.some((tag) => tag && textOf(tag) !== '')) return `it has the subinterface ${index}`;
    if (['ipv4', 'ipv6'].some((family) => descendant(sub, family, 'addresses', 'address')))
      return 'it is a routed port';
  }
  return null;
}

function vlanId(text: string | undefined): number | null {
  const id = /^\d{1,4}$/.test(text ?? '') ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}
