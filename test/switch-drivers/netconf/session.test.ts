import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { editConfig, get, lock, validate } from '../../../switch-drivers/transports/netconf/operations.ts';
import { NetconfSession } from '../../../switch-drivers/transports/netconf/session.ts';
import { element } from '../../../switch-drivers/transports/netconf/xml/element.ts';
import { m, memoryRig, port, ports, RUNNING_BARE, rejection, text } from './rig.ts';

test('errors of the device come as one error with its own words', async () => {
  const { device, open } = memoryRig({ validate: () => 'VLAN 4095 is not free' });
  const session = await open();
  expect(await rejection(validate(session, 'running'))).toMatchObject({
    code: 'switch_rejected',
    retryable: false,
    message: 'switch leaf1 refused validate: VLAN 4095 is not free (operation-failed)',
    context: { switch: 'leaf1', line: 'validate', device: 'VLAN 4095 is not free (operation-failed)' },
  });
  const edit = { target: 'running' as const, config: [ports(m('port', [m('vlan', 1)]))] };
  expect(await rejection(editConfig(session, edit))).toMatchObject({
    message: expect.stringContaining('port without its key name (missing-element) element name'),
    context: { errors: [{ tag: 'missing-element', type: 'application', severity: 'error', badElement: 'name' }] },
  });
  device.simulated.faults.reject = { line: /^get$/, text: 'no memory' };
  device.faults.rejectTag = 'resource-denied';
  expect(await rejection(get(session))).toMatchObject({ code: 'switch_rejected', retryable: true });
  expect(session.ended).toBeNull();
  await session.close();
});

test('warnings are no errors, and are handed on', async () => {
  const { device, open } = memoryRig();
  device.faults.warn = { operation: 'edit-config', text: 'uplink has no peer' };
  const session = await open();
  const warnings = await editConfig(session, { target: 'candidate', config: [ports(port('e1', 20))] });
  expect(warnings).toMatchObject([{ severity: 'warning', message: 'uplink has no peer' }]);
  expect(text(device.read('candidate'))).toContain('20');
  await session.close();
});

test('without rollback-on-error the device stops half-way', async () => {
  const { device, open } = memoryRig({ capabilities: RUNNING_BARE });
  const session = await open();
  const config = [ports(port('e1', 20)), ports(m('port', [m('vlan', 1)]))];
  await expect(editConfig(session, { target: 'running', config })).rejects.toMatchObject({ code: 'switch_rejected' });
  expect(text(device.read('running'))).toBe(text([ports(port('e1', 20), port('e2', 10))]));
  await session.close();
});

test('a lock of another session is named, and ends with that session', async () => {
  const { device, open } = memoryRig();
  const [holder, other] = [await open(), await open()];
  await lock(holder, 'candidate');
  expect(await rejection(lock(other, 'candidate'))).toMatchObject({
    code: 'switch_locked',
    retryable: true,
    context: { holder: holder.id },
  });
  const edit = { target: 'candidate' as const, config: [ports(port('e1', 20))] };
  expect(await rejection(editConfig(other, edit))).toMatchObject({ code: 'switch_locked', context: { holder: null } });
  await editConfig(holder, edit);
  await holder.close();
  await expect.poll(() => device.read('candidate') === device.read('running')).toBe(true);
  await lock(other, 'candidate');
  device.simulated.faults.lockHeld = 'root';
  await expect(lock(other, 'running')).rejects.toMatchObject({ context: { holder: '0' } });
  await other.close();
});

test('operations that overlap find their own replies', async () => {
  const { device, open } = memoryRig({
    vendorRpc: (operation) => (operation.name === 'echo' ? [operation] : undefined),
  });
  device.simulated.knobs.lineLatencyMs = 1;
  const session = await open();
  const replies = await Promise.all(Array.from({ length: 30 }, (_, n) => session.rpc(m('echo', n))));
  expect(replies.map(({ content }) => content[0]?.children[0])).toEqual(
    Array.from({ length: 30 }, (_, n) => String(n)),
  );
  await session.close();
});

test('a timeout closes the session', async () => {
  const { device, open } = memoryRig();
  device.simulated.faults.stall = { line: /^get$/, ms: 1000 };
  const session = await open(300);
  expect(await rejection(get(session))).toMatchObject({
    code: 'switch_timeout',
    retryable: true,
    context: { line: 'get' },
  });
  expect(await rejection(get(session))).toBe(session.ended);
});

test.each([
  ['no XML', '\n#5\nhello\n##\n'],
  ['broken framing', 'hello'],
  ['another reply', '\n#76\n<rpc-reply message-id="9" xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"/>  \n##\n'],
  ['a document type', '\n#16\n<!DOCTYPE a><a/>\n##\n'],
])('%s from the device ends the session with a typed error', async (_what, bytes) => {
  const { device, open } = memoryRig();
  const session = await open();
  const other = get(session);
  device.faults.garble = Buffer.from(bytes);
  const failures = await Promise.allSettled([other, get(session)]);
  expect(failures.map((one) => one.status === 'rejected' && one.reason.code)).toContain('netconf_malformed');
  expect(session.ended).toMatchObject({ code: 'netconf_malformed', context: { switch: 'leaf1' } });
});

test.each([
  ['netconf_malformed', '<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities/></hello>]]>]]>'],
  ['netconf_malformed', 'SSH banner]]>]]>'],
  [
    'switch_unsupported',
    '<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><session-id>1</session-id></hello>]]>]]>',
  ],
  ['switch_timeout', '<hello'],
])('%s at the hello', async (code, bytes) => {
  const [near, far] = duplexPair();
  far.resume();
  far.write(bytes);
  const dispose = () => near.destroy();
  expect(await rejection(NetconfSession.start({ name: 'x', stream: near, dispose, timeoutMs: 500 }))).toMatchObject({
    code,
  });
  far.destroy();
});

test('a vendor operation may hold anything', async () => {
  const { device, open } = memoryRig({
    vendorRpc: (operation) =>
      operation.name === 'get-configuration' ? [m('configuration', [m('version', '23.4R1')])] : undefined,
  });
  const session = await open();
  const { content } = await session.rpc(element('http://xml.juniper.net/xnm/1.1/xnm', 'get-configuration'));
  expect(content).toMatchObject([{ name: 'configuration', children: [{ name: 'version' }] }]);
  expect(device.transcript).toMatchObject([{ name: 'get-configuration' }]);
  await session.close();
});
