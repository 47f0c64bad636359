import { afterEach, describe, expect, test } from 'vitest';
import { cancelCommit, commit, discardChanges } from '../../../switch-drivers/transports/netconf/commit.ts';
import {
  copyConfig,
  editConfig,
  editOperation,
  get,
  getConfig,
  lock,
  unlock,
  validate,
} from '../../../switch-drivers/transports/netconf/operations.ts';
import { textOf } from '../../../switch-drivers/transports/netconf/xml/read.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { MODEL, m, port, ports, RUNNING, type SshRig, startSshRig, text } from './rig.ts';

let rig: SshRig | null = null;
afterEach(async () => {
  await rig?.stop();
  rig = null;
});

describe.each([{ bases: ['1.0'] as const }, { bases: ['1.0', '1.1'] as const }])(
  'over SSH, base versions $bases',
  ({ bases }) => {
    test('get, get-config with subtree and XPath filters', async () => {
      rig = await startSshRig({ bases, state: () => [m('state', m('up', 'true'))] });
      const session = await rig.open();
      expect(session.id).toBe('1');
      expect((await get(session)).map(({ name }) => name)).toEqual(['ports', 'state']);
      const one = await getConfig(session, 'running', { subtree: [ports(m('port', [m('name', 'e2'), m('vlan')]))] });
      expect(one.map(textOf)).toEqual(['e210']);
      const xpath = { xpath: "/p:ports/p:port[p:name='e1']/p:vlan", prefixes: { p: MODEL } };
      expect((await getConfig(session, 'running', xpath)).map(textOf)).toEqual(['10']);
      expect(await getConfig(session, 'running', { subtree: [m('other')] })).toEqual([]);
    });

    test('the life of a change in the candidate', async () => {
      rig = await startSshRig({ bases });
      const { device } = rig.server;
      const session = await rig.open();
      const before = text(device.read('running'));
      await lock(session, 'candidate');
      await editConfig(session, { target: 'candidate', config: [ports(port('e1', 20))] });
      await discardChanges(session);
      expect(text(device.read('candidate'))).toBe(before);
      await editConfig(session, { target: 'candidate', config: [ports(port('e1', 30))], testOption: 'test-then-set' });
      await validate(session, 'candidate');
      expect(text(device.read('running'))).toBe(before);
      await commit(session);
      expect(text(device.read('running'))).toBe(text([ports(port('e1', 30), port('e2', 10))]));
      await copyConfig(session, 'running', 'startup');
      expect(device.read('startup')).toBe(device.read('running'));
      await unlock(session, 'candidate');
      await session.close();
      expect(session.ended?.code).toBe('switch_session_closed');
    });

    test('operation attributes and default operations', async () => {
      rig = await startSshRig({ bases, capabilities: RUNNING });
      const { device } = rig.server;
      const session = await rig.open();
      const attributes = (operation: Parameters<typeof editOperation>[0]) => ({
        attributes: [editOperation(operation)],
      });
      const edit = (config: Parameters<typeof ports>, defaultOperation?: 'merge' | 'replace' | 'none') =>
        editConfig(session, {
          target: 'running',
          config: [ports(...config)],
          defaultOperation,
          errorOption: 'rollback-on-error',
        });
      const entry = (name: string, operation: Parameters<typeof editOperation>[0]) =>
        m('port', [m('name', name), m('vlan', 7)], attributes(operation));
      await edit([entry('e3', 'create'), entry('e2', 'delete'), entry('e9', 'remove')]);
      expect(text(device.read('running'))).toBe(text([ports(port('e1', 10), port('e3', 7))]));
      await expect(edit([entry('e3', 'create')])).rejects.toMatchObject({
        context: { errors: [{ tag: 'data-exists' }] },
      });
      await expect(edit([entry('e9', 'delete')])).rejects.toMatchObject({
        context: { errors: [{ tag: 'data-missing' }] },
      });
      await edit([entry('e1', 'replace')], 'none');
      await expect(edit([port('e8', 1)], 'none')).rejects.toMatchObject({ code: 'switch_rejected' });
      expect(text(device.read('running'))).toBe(text([ports(port('e1', 7), port('e3', 7))]));
      await edit([port('e5', 5)], 'replace');
      expect(text(device.read('running'))).toBe(text([ports(port('e5', 5))]));
    });

    test('hostile values end up as text and as nothing else', async () => {
      rig = await startSshRig({ bases });
      const session = await rig.open();
      const values = [
        '"><vlan>1</vlan>',
        ']]>]]>',
        '\n##\n',
        "a'b",
        '$(reboot) `id`',
        '&lt;',
        '<![CDATA[x]]>',
        'two\nlines\r\n',
      ];
      await editConfig(session, {
        target: 'running',
        config: [ports(...values.map((value, n) => port(`p${n}`, 1, value)))],
      });
      const stored = rig.server.device.read('running');
      expect(text(stored)).toBe(
        text([ports(port('e1', 10), port('e2', 10), ...values.map((value, n) => port(`p${n}`, 1, value)))]),
      );
      expect(await getConfig(session, 'running')).toMatchObject([{ children: { length: 2 + values.length } }]);
    });

    test('confirmed commit: confirmed from another session, cancelled, ended by the timer', async () => {
      rig = await startSshRig({ bases });
      const { device } = rig.server;
      const vlan = () => textOf(device.read('running')[0]!);
      const [session, other] = [await rig.open(), await rig.open()];
      const change = (to: number) => editConfig(session, { target: 'candidate', config: [ports(port('e1', to))] });
      await change(20);
      await commit(session, { confirmWithinSeconds: 30, persist: 'mine' });
      await expect(commit(other)).rejects.toMatchObject({ code: 'switch_locked', retryable: true });
      await expect(commit(other, { persistId: 'guess' })).rejects.toMatchObject({ code: 'switch_rejected' });
      await commit(other, { persistId: 'mine' });
      expect([vlan(), device.confirmed.pending]).toEqual(['e120e210', false]);
      await change(30);
      await commit(session, { confirmWithinSeconds: 30, persist: 'mine' });
      await cancelCommit(other, 'mine');
      expect(vlan()).toBe('e120e210');
      await change(40);
      await commit(session, { confirmWithinSeconds: 1 });
      expect(vlan()).toBe('e140e210');
      await expect.poll(vlan, { timeout: 20_000 }).toBe('e120e210');
      await discardChanges(session);
      await change(50);
      await commit(session, { confirmWithinSeconds: 30 });
      session.end(new FabricError('switch_session_lost', 'cut by the test'));
      await expect.poll(vlan, { timeout: 20_000 }).toBe('e120e210');
    });
  },
);

test('what the device does not offer is not asked of it', async () => {
  rig = await startSshRig({ capabilities: RUNNING });
  const session = await rig.open();
  const lacking = { code: 'switch_unsupported' };
  await expect(commit(session)).rejects.toMatchObject(lacking);
  await expect(lock(session, 'candidate')).rejects.toMatchObject(lacking);
  await expect(validate(session, 'running')).rejects.toMatchObject(lacking);
  await expect(get(session, { xpath: '/a', prefixes: {} })).rejects.toMatchObject(lacking);
  await expect(editConfig(session, { target: 'running', config: [], testOption: 'set' })).rejects.toMatchObject(
    lacking,
  );
  expect(rig.server.device.transcript).toEqual([]);
});
