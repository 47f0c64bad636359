import type { MacTableEntry, SwitchNeighbor } from '../../contract/driver.ts';
import type { NetconfReader } from '../../transports/netconf/platform.ts';
import { dataOf, descendant, getRequest } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText, textOf } from '../../transports/netconf/xml/read.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { LLDP, NETWORK_INSTANCE, of } from '../model.ts';
import type { OpenconfigOptions } from '../options.ts';

const lldp = of(LLDP);
const ni = of(NETWORK_INSTANCE);

/** openconfig-lldp-types: the subtypes of IEEE 802.1AB tables 8-2 and 8-3. */
const CHASSIS = [
  'CHASSIS_COMPONENT',
  'INTERFACE_ALIAS',
  'PORT_COMPONENT',
  'MAC_ADDRESS',
  'NETWORK_ADDRESS',
  'INTERFACE_NAME',
  'LOCAL',
];
const PORT = [
  'INTERFACE_ALIAS',
  'PORT_COMPONENT',
  'MAC_ADDRESS',
  'NETWORK_ADDRESS',
  'INTERFACE_NAME',
  'AGENT_CIRCUIT_ID',
  'LOCAL',
];

const subtype = (names: readonly string[], name: string | null): number | null =>
  name === null || !names.includes(name) ? null : names.indexOf(name) + 1;

export const neighbors: NetconfReader<SwitchNeighbor[], OpenconfigOptions> = {
  requests: () => [
    {
      operation: getRequest([lldp('lldp', lldp('interfaces', lldp('interface', [lldp('name'), lldp('neighbors')])))]),
    },
  ],
  read([reply]) {
    const interfaces = descendant(
      dataOf(reply).find(({ name }) => name === 'lldp'),
      'interfaces',
    );
    return all(interfaces, 'interface').flatMap((entry) =>
      all(descendant(entry, 'neighbors'), 'neighbor').flatMap((neighbor): SwitchNeighbor[] => {
        const text = (leaf: string) => value(descendant(neighbor, 'state', leaf));
        const portId = childText(entry, 'name', null);
        const chassisId = text('chassis-id');
        if (portId === undefined || chassisId === null) return [];
        const remote = text('port-id') ?? '';
        return [
          {
            portId,
            chassisIdSubtype: subtype(CHASSIS, text('chassis-id-type')),
            chassisId: normalizeMac(chassisId) ?? chassisId,
            portIdSubtype: subtype(PORT, text('port-id-type')),
            remotePortId: normalizeMac(remote) ?? remote,
            systemName: text('system-name'),
          },
        ];
      }),
    );
  },
};

export const macTable: NetconfReader<MacTableEntry[], OpenconfigOptions> = {
  requests: ({ networkInstance }) => [
    {
      operation: getRequest([
        ni(
          'network-instances',
          ni('network-instance', [ni('name', networkInstance), ni('fdb', ni('mac-table', ni('entries')))]),
        ),
      ]),
    },
  ],
  read([reply]) {
    const instances = dataOf(reply).find(({ name }) => name === 'network-instances');
    return all(instances, 'network-instance').flatMap((instance) =>
      all(descendant(instance, 'fdb', 'mac-table', 'entries'), 'entry').flatMap((entry): MacTableEntry[] => {
        const reference = descendant(entry, 'interface', 'interface-ref');
        const mac = normalizeMac(childText(entry, 'mac-address', null) ?? '');
        const portId = value(
          descendant(reference, 'state', 'interface') ?? descendant(reference, 'config', 'interface'),
        );
        const vlan = Number(childText(entry, 'vlan', null) ?? Number.NaN);
        if (mac === null || portId === null) return [];
        return [{ mac, portId, vlan: Number.isInteger(vlan) ? vlan : null }];
      }),
    );
  },
};

function all(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent ? childrenOf(parent, name, null) : [];
}

function value(leaf: XmlElement | undefined): string | null {
  return (leaf && textOf(leaf)) || null;
}
