import type { PortState } from '../../../topology/plan/model.ts';
import type { NetconfPorts, NetconfReader } from '../../transports/netconf/platform.ts';
import { dataOf, descendant, getRequest, withoutAttributes } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText, textOf } from '../../transports/netconf/xml/read.ts';
import { invalidOutput } from '../../transports/ssh-cli/parse.ts';
import { AGGREGATE, ETHERNET, INTERFACES, NETWORK_INSTANCE, of, type PortKind, VLAN } from '../model.ts';
import type { OpenconfigOptions } from '../options.ts';
import { switching } from './switching.ts';

const oc = of(INTERFACES);
const ni = of(NETWORK_INSTANCE);
const switchedVlan = of(VLAN)('switched-vlan');

/** Not counters, and no protocols. */
const FILTER = oc(
  'interfaces',
  oc('interface', [
    oc('name'),
    oc('config'),
    oc('state', [oc('enabled'), oc('admin-status'), oc('oper-status')]),
    of(ETHERNET)('ethernet', [of(ETHERNET)('config'), switchedVlan]),
    of(AGGREGATE)('aggregation', switchedVlan),
    oc('subinterfaces'),
  ]),
);

export const ports: NetconfReader<NetconfPorts, OpenconfigOptions> = {
  requests: ({ networkInstance }) => [
    { operation: getRequest([FILTER]) },
    {
      operation: getRequest([
        ni('network-instances', ni('network-instance', [ni('name', networkInstance), ni('vlans')])),
      ]),
    },
  ],
  read([ports, instances], { networkInstance }) {
    const config = [...dataOf(ports), ...dataOf(instances)].map(withoutAttributes);
    const interfaces = config.find(({ name }) => name === 'interfaces');
    if (!interfaces) throw invalidOutput('get', 'no openconfig-interfaces');
    const states = childrenOf(interfaces, 'interface', null).flatMap(portState);
    return {
      ports: states.toSorted((a, b) => a.portId.localeCompare(b.portId, 'en', { numeric: true })),
      vlans: vlansOf(config, networkInstance),
      config,
    };
  },
};

/** VLAN interfaces, loopbacks and tunnels are no ports. */
export function kindOf(entry: XmlElement): PortKind | null {
  const type = descendant(entry, 'config', 'type');
  const name = type ? bareValue(type) : null;
  if (name === 'ieee8023adLag' || descendant(entry, 'aggregation')) return 'aggregation';
  return name === 'ethernetCsmacd' || descendant(entry, 'ethernet') ? 'ethernet' : null;
}

/** A value, of an identity without whatever prefix the device binds its module to. */
function bareValue(leaf: XmlElement): string {
  return textOf(leaf).replace(/^[\w-]+:/, '');
}

function portState(entry: XmlElement): PortState[] {
  const portId = childText(entry, 'name', null);
  const kind = kindOf(entry);
  if (portId === undefined || kind === null) return [];
  const leaf = (name: string) => {
    for (const holder of ['state', 'config']) {
      const found = descendant(entry, holder, name);
      if (found) return bareValue(found);
    }
    return null;
  };
  const oper = leaf('oper-status');
  const description = descendant(entry, 'config', 'description');
  const base = {
    portId,
    adminUp: (leaf('enabled') ?? 'true') === 'true',
    operUp: oper === null ? null : oper === 'UP',
    description: description ? textOf(description) : null,
  };
  return [{ ...base, ...switching(entry, kind) }];
}

/** VLANs that carry frames: a suspended one does not. */
function vlansOf(config: readonly XmlElement[], networkInstance: string): number[] {
  const instances = config.find(({ name }) => name === 'network-instances');
  const instance = (instances ? childrenOf(instances, 'network-instance', null) : []).find(
    (one) => childText(one, 'name', null) === networkInstance,
  );
  const vlans = descendant(instance, 'vlans');
  return (vlans ? childrenOf(vlans, 'vlan', null) : [])
    .filter((vlan) => {
      const status = descendant(vlan, 'state', 'status') ?? descendant(vlan, 'config', 'status');
      return !status || bareValue(status) !== 'SUSPENDED';
    })
    .map((vlan) => Number(childText(vlan, 'vlan-id', null)))
    .filter((id) => Number.isInteger(id) && id >= 1 && id <= 4094)
    .toSorted((a, b) => a - b);
}
