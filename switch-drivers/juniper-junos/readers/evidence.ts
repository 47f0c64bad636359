import type { MacTableEntry, SwitchNeighbor } from '../../contract/driver.ts';
import type { NetconfReader } from '../../transports/netconf/platform.ts';
import { descendant } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText, elementsOf } from '../../transports/netconf/xml/read.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { canonicalName } from '../port-names.ts';
import { conf } from './configuration.ts';

/** `show lldp neighbors`. Releases differ in how they name the local port, and in whether they tell the remote one's id. */
export const neighbors: NetconfReader<SwitchNeighbor[]> = {
  // Refused while LLDP is not configured.
  requests: () => [{ operation: conf('get-lldp-neighbors-information'), optional: true }],
  read([reply]) {
    const list = reply?.find(({ name }) => name === 'lldp-neighbors-information');
    return childrenIn(list, 'lldp-neighbor-information').flatMap((entry): SwitchNeighbor[] => {
      const text = (leaf: string) => childText(entry, `lldp-${leaf}`, null) ?? '';
      const portId = canonicalName(text('local-interface') || text('local-port-id'));
      const chassisId = text('remote-chassis-id');
      if (portId === null || chassisId === '') return [];
      const mac = /mac/i.test(text('remote-chassis-id-subtype')) ? normalizeMac(chassisId) : null;
      const remote = text('remote-port-id');
      return [
        {
          portId,
          chassisIdSubtype: mac === null ? null : 4,
          chassisId: mac ?? chassisId,
          portIdSubtype: null,
          remotePortId: normalizeMac(remote) ?? remote,
          systemName: text('remote-system-name') || null,
        },
      ];
    });
  },
};

/** `show ethernet-switching table`; with ELS an entry names its VLAN, whose id stands beside it or in the configuration. */
export const macTable: NetconfReader<MacTableEntry[]> = {
  requests: () => [
    { operation: conf('get-ethernet-switching-table-information') },
    { operation: conf('get-configuration', conf('configuration', conf('vlans'))) },
  ],
  read([table, configuration]) {
    const named = new Map([['default', 1]]);
    const vlans = configuration?.find(({ name }) => name === 'configuration');
    for (const vlan of childrenIn(descendant(vlans, 'vlans'), 'vlan')) {
      const id = vlanNumber(childText(vlan, 'vlan-id', null));
      if (id !== null) named.set(childText(vlan, 'name', null) ?? '', id);
    }
    return (table ?? [])
      .flatMap((root) => entriesOf(root, null))
      .flatMap(({ entry, vlan }): MacTableEntry[] => {
        const text = (leaf: string) => childText(entry, `l2ng-l2-${leaf}`, null);
        const mac = normalizeMac(text('mac-address') ?? '');
        const portId = canonicalName(text('mac-logical-interface') ?? '');
        if (mac === null || portId === null) return [];
        const id = vlanNumber(text('vlan-id')) ?? named.get(text('mac-vlan-name') ?? '') ?? vlan;
        return [{ mac, portId, vlan: id }];
      });
  },
};

/** Entries at whatever depth the release lays them, with the VLAN of the group they stand in. */
function entriesOf(node: XmlElement, vlan: number | null): Array<{ entry: XmlElement; vlan: number | null }> {
  const own = vlanNumber(childText(node, 'l2ng-l2-vlan-id', null)) ?? vlan;
  return elementsOf(node).flatMap((child) =>
    child.name === 'l2ng-mac-entry' ? [{ entry: child, vlan: own }] : entriesOf(child, own),
  );
}

function vlanNumber(text: string | undefined): number | null {
  const id = /^\d{1,4}$/.test(text ?? '') ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}

function childrenIn(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent ? childrenOf(parent, name, null) : [];
}
