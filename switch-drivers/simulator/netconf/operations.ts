import { Capabilities, type CapabilityName } from '../../transports/netconf/capabilities.ts';
import { element, type XmlElement } from '../../transports/netconf/xml/element.ts';
import { NETCONF } from '../../transports/netconf/xml/namespaces.ts';
import { attributeOf, childOf, childText, elementsOf } from '../../transports/netconf/xml/read.ts';
import { type NetconfDevice, STORES, type Store } from './device.ts';
import { applyEdit, type Tree } from './edit.ts';
import { RpcFault } from './fault.ts';
import { selectSubtree } from './filter.ts';
import { selectXPath } from './xpath.ts';

/** RFC 6241 section 8.4.5.1: confirm-timeout when none is given. */
const CONFIRM_SECONDS = 600;

type Perform = (device: NetconfDevice, session: string, operation: XmlElement) => Tree | undefined | Promise<undefined>;

const PERFORM: Readonly<Record<string, Perform>> = {
  get: (device, _session, operation) =>
    data(
      device,
      operation,
      applyEdit(device.read('running'), device.options.state?.() ?? [], 'merge', device.options.schema),
    ),
  'get-config': (device, _session, operation) =>
    data(device, operation, device.read(store(device, operation, 'source'))),
  'edit-config': (device, session, operation) => {
    const target = store(device, operation, 'target');
    if (target === 'running') need(device, 'writable-running');
    const atomic = target !== 'running' || childText(operation, 'error-option') === 'rollback-on-error';
    const config = childOf(operation, 'config');
    if (!config) throw new RpcFault('missing-element', 'no config', { info: { 'bad-element': 'config' } });
    device.edit(session, target, elementsOf(config), childText(operation, 'default-operation') ?? 'merge', atomic);
    return undefined;
  },
  'copy-config': async (device, session, operation) => {
    await device.copy(session, store(device, operation, 'source'), store(device, operation, 'target'));
    return undefined;
  },
  lock: (device, session, operation) => {
    device.lock(session, store(device, operation, 'target'));
    return undefined;
  },
  unlock: (device, session, operation) => {
    device.unlock(session, store(device, operation, 'target'));
    return undefined;
  },
  'discard-changes': (device, session) => {
    need(device, 'candidate');
    device.discard(session);
    return undefined;
  },
  validate: (device, _session, operation) => {
    need(device, 'validate');
    device.validate(store(device, operation, 'source'));
    return undefined;
  },
  commit: (device, session, operation) => {
    need(device, 'candidate');
    const confirmed = childOf(operation, 'confirmed') !== undefined;
    if (confirmed) need(device, 'confirmed-commit');
    const [persist, persistId] = [childText(operation, 'persist') ?? null, childText(operation, 'persist-id') ?? null];
    if (persist !== null || persistId !== null) need(device, 'confirmed-commit', '1.1');
    const seconds = Number(childText(operation, 'confirm-timeout') ?? CONFIRM_SECONDS);
    device.commit(session, { seconds: confirmed ? seconds : null, persist, persistId });
    return undefined;
  },
  'cancel-commit': (device, session, operation) => {
    need(device, 'confirmed-commit', '1.1');
    device.confirmed.cancel(session, childText(operation, 'persist-id') ?? null);
    return undefined;
  },
  'close-session': () => undefined,
};

/** Carries out one operation; what the reply holds, undefined = `<ok/>`. Throws RpcFault. */
export async function perform(
  device: NetconfDevice,
  session: string,
  operation: XmlElement,
): Promise<Tree | undefined> {
  const own = device.options.vendorRpc?.(operation, { session, device });
  if (own) return own;
  if (operation.ns !== NETCONF || !Object.hasOwn(PERFORM, operation.name)) {
    throw new RpcFault('operation-not-supported', `no operation is called ${operation.name}`, { type: 'protocol' });
  }
  return PERFORM[operation.name]!(device, session, operation);
}

function data(device: NetconfDevice, operation: XmlElement, tree: Tree): Tree {
  const filter = childOf(operation, 'filter');
  if (!filter) return [element(NETCONF, 'data', tree)];
  if (attributeOf(filter, 'type') !== 'xpath')
    return [element(NETCONF, 'data', selectSubtree(tree, elementsOf(filter)))];
  need(device, 'xpath');
  return [element(NETCONF, 'data', selectXPath(tree, attributeOf(filter, 'select') ?? '', filter.scope))];
}

function store(device: NetconfDevice, operation: XmlElement, role: 'source' | 'target'): Store {
  const holder = childOf(operation, role);
  const named = holder && elementsOf(holder)[0]?.name;
  const found = STORES.find((name) => name === named);
  if (!found) throw new RpcFault('bad-element', `no datastore as ${role}`, { info: { 'bad-element': role } });
  if (found !== 'running') need(device, found);
  return found;
}

function need(device: NetconfDevice, name: CapabilityName, version?: string): void {
  if (new Capabilities(device.options.capabilities).has(name, version)) return;
  throw new RpcFault('operation-not-supported', `this device has no :${name}`, { type: 'protocol' });
}
