import { descendant } from '../../transports/netconf/requests.ts';
import { element, type XmlElement } from '../../transports/netconf/xml/element.ts';
import { elementsOf } from '../../transports/netconf/xml/read.ts';
import type { SimulatedDevice } from '../device.ts';
import type { NetconfDevice } from '../netconf/device.ts';
import { selectSubtree } from '../netconf/filter.ts';
import { inXnm, XNM } from './elements.ts';

const RELEASE = '21.4R3';

type Content = Parameters<typeof element>[2];

/** What operational commands print lies in a namespace of its own for each kind. */
const inKind =
  (kind: string) =>
  (name: string, content: Content = []): XmlElement =>
    element(`http://xml.juniper.net/junos/${RELEASE}/junos-${kind}`, name, content);

type Answer = (device: SimulatedDevice, operation: XmlElement, netconf: NetconfDevice) => XmlElement[];

/** Operations of Junos that ask something, by name. */
export const INFORMATION: Readonly<Record<string, Answer>> = {
  'get-configuration': (_device, operation, netconf) => {
    const wanted = elementsOf(operation).map(inXnm);
    const running = netconf.read('running');
    const selected = wanted.length === 0 ? running : selectSubtree(running, wanted);
    return selected.length > 0 ? [...selected] : [element(XNM, 'configuration')];
  },
  'get-system-information': ({ model }) => {
    const tag = inKind('simulated');
    const leaves = {
      'hardware-model': 'ex4300-48t',
      'os-name': 'junos',
      'os-version': RELEASE,
      'host-name': model.running.hostname,
    };
    return [
      tag(
        'system-information',
        Object.entries(leaves).map(([name, text]) => tag(name, text)),
      ),
    ];
  },
  'get-interface-information': ({ model }, operation) => {
    const tag = inKind('interface');
    const terse = descendant(operation, 'terse') !== undefined;
    const ports = model.portIds.map((portId, index) => {
      const { adminUp, operUp } = model.port(portId);
      const status = [tag('admin-status', adminUp ? 'up' : 'down'), tag('oper-status', operUp ? 'up' : 'down')];
      const snmp = (number: number) => (terse ? [] : [tag('snmp-index', number)]);
      return tag('physical-interface', [
        tag('name', portId),
        ...status,
        ...snmp(500 + 2 * index),
        tag('logical-interface', [tag('name', `${portId}.0`), ...status, ...snmp(501 + 2 * index)]),
      ]);
    });
    return [tag('interface-information', ports)];
  },
  'get-lldp-local-info': ({ model }) => {
    const tag = inKind('l2cpd');
    return [
      tag('lldp-local-info', [
        tag('lldp-local-chassis-id', model.chassisMac),
        tag('lldp-local-system-name', model.running.hostname),
      ]),
    ];
  },
  'get-lldp-neighbors-information': ({ model }) => {
    const tag = inKind('l2cpd');
    const rows = model
      .neighbors()
      .map((neighbor) =>
        tag('lldp-neighbor-information', [
          tag('lldp-local-port-id', neighbor.portId),
          tag('lldp-local-parent-interface-name', '-'),
          tag('lldp-remote-chassis-id-subtype', neighbor.chassisIdSubtype === 4 ? 'Mac address' : 'Locally assigned'),
          tag('lldp-remote-chassis-id', neighbor.chassisId),
          tag('lldp-remote-port-id-subtype', 'Interface name'),
          tag('lldp-remote-port-id', neighbor.remotePortId),
          ...(neighbor.systemName === null ? [] : [tag('lldp-remote-system-name', neighbor.systemName)]),
        ]),
      );
    return [tag('lldp-neighbors-information', rows)];
  },
  'get-ethernet-switching-table-information': ({ model }) => {
    const tag = inKind('l2ald');
    const rows = model
      .macTable()
      .map(({ mac, vlan, portId }) =>
        tag('l2ng-mac-entry', [
          tag('l2ng-l2-mac-vlan-name', model.running.vlans[vlan]?.name ?? ''),
          tag('l2ng-l2-mac-address', mac),
          tag('l2ng-l2-mac-flags', 'D'),
          tag('l2ng-l2-mac-age', '-'),
          tag('l2ng-l2-mac-logical-interface', `${portId}.0`),
        ]),
      );
    return [tag('l2ng-l2ald-rtb-macdb', tag('l2ng-l2ald-mac-entry-vlan', rows))];
  },
  'get-commit-information': (_device, _operation, netconf) => {
    const tag = inKind('simulated');
    const pending = [
      tag('comment', 'commit confirmed, rollback in 1mins'),
      tag('commit-confirmed', 'rollback pending'),
    ];
    const entry = [
      tag('sequence-number', 0),
      tag('user', 'admin'),
      tag('client', 'netconf'),
      ...(netconf.confirmed.pending ? pending : []),
    ];
    return [tag('commit-information', tag('commit-history', entry))];
  },
};
