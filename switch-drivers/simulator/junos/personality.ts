import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { attributeOf } from '../../transports/netconf/xml/read.ts';
import type { SimulatedDevice } from '../device.ts';
import type { NetconfDevice } from '../netconf/device.ts';
import type { Tree } from '../netconf/edit.ts';
import { faultOf, RpcFault } from '../netconf/fault.ts';
import { ModelStore } from '../netconf/model-store.ts';
import { startNetconfServer } from '../netconf/server.ts';
import type { SimulatedPlatform } from '../platform.ts';
import { inXnm } from './elements.ts';
import { INFORMATION } from './information.ts';
import { parse } from './parse.ts';
import { render } from './render.ts';

/** Junos has no version of :confirmed-commit beyond 1.0, and no startup configuration: what is committed is kept. */
const CAPABILITIES = [
  'urn:ietf:params:netconf:capability:candidate:1.0',
  'urn:ietf:params:netconf:capability:confirmed-commit:1.0',
  'urn:ietf:params:netconf:capability:validate:1.0',
  'http://xml.juniper.net/netconf/junos/1.0',
];

/** Junos with ELS on an EX4300. */
export const junos: SimulatedPlatform = {
  platform: 'juniper-junos',
  refusal: 'configuration check-out failed',
  operations: ['lock', 'discard-changes', 'edit-config', 'validate', 'commit', 'unlock'],
  portNames: (count) => Array.from({ length: count }, (_, index) => `ge-0/0/${index}`),
  async serve(device, options) {
    const { model } = device;
    return startNetconfServer({
      ...options,
      simulated: device,
      capabilities: CAPABILITIES,
      schema: { listKeys: { interface: ['name'], unit: ['name'], 'vlans/vlan': ['name'] }, leafLists: ['members'] },
      backing: new ModelStore(model, { parse, render }),
      normalize: (edits) => edits.map(inXnm),
      validate: (tree) => faultOf(() => parse(tree, model.running)),
      vendorRpc: (operation, context) => vendorRpc(device, operation, context),
      anyCommitConfirms: true,
      onPermanent: () => model.save(),
    });
  },
};

function vendorRpc(
  simulated: SimulatedDevice,
  operation: XmlElement,
  { session, device }: { session: string; device: NetconfDevice },
): Tree | undefined {
  if (Object.hasOwn(INFORMATION, operation.name)) return INFORMATION[operation.name]?.(simulated, operation, device);
  if (operation.name !== 'load-configuration') return undefined;
  if (attributeOf(operation, 'rollback') !== '1') throw new RpcFault('operation-not-supported', 'syntax error');
  device.load(session, device.previous);
  return [inXnm({ ...operation, name: 'load-success', attributes: [], children: [] })];
}
