import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cursorOf } from '../../../src/lifecycle/node-record.ts';
import { VERB_TRANSITIONS } from '../../../src/lifecycle/states.ts';
import { startVerb } from '../../../src/lifecycle/verbs.ts';
import { type TestLifecycle, testLifecycle } from './support.ts';

let life: TestLifecycle;
beforeAll(async () => {
  life = await testLifecycle();
});
afterAll(() => life?.close());

const IMAGE = {
  image_source: 'file:///image.raw',
  image_os_hash_algo: 'sha256',
  image_os_hash_value: 'a'.repeat(64),
};
const instance_info = JSON.stringify(IMAGE);
const ask = (uuid: string, target: string, extra = {}) => startVerb(life.deps, uuid, { target, by: 'test', ...extra });

describe('a verb', () => {
  test.each(VERB_TRANSITIONS.filter(({ on }) => on !== 'clean'))(
    '$on leads from $from to $to',
    async ({ from, on, to }) => {
      const uuid = await life.addNode({ provision_state: from, instance_info });
      await ask(uuid, on === 'delete' ? 'deleted' : on);
      const node = await life.node(uuid);
      expect(node.provision_state).toBe(to);
      expect(await life.jobs()).toContain(uuid);
    },
  );

  test('that the state does not allow is refused in Ironic’s words, with what is possible', async () => {
    const uuid = await life.addNode({ provision_state: 'active' });
    await expect(ask(uuid, 'provide')).rejects.toMatchObject({
      code: 'provision_state_invalid',
      message:
        `The requested action "provide" can not be performed on node "${uuid}" while it is in state "active". ` +
        'Possible here: rebuild, delete.',
    });
    await expect(ask(uuid, 'dance')).rejects.toMatchObject({ code: 'provision_state_invalid' });
    expect((await life.node(uuid)).provision_state).toBe('active');
    expect(await life.jobs()).not.toContain(uuid);
  });

  test('of a node nobody knows is node_not_found', async () => {
    await expect(ask('00000000-0000-4000-8000-000000000000', 'manage')).rejects.toMatchObject({
      code: 'node_not_found',
    });
  });

  test('waits for the power to be changed first', async () => {
    const uuid = await life.addNode({ provision_state: 'available', target_power_state: 'power on', instance_info });
    await expect(ask(uuid, 'active')).rejects.toMatchObject({ code: 'node_locked', retryable: true });
  });

  test('deploy is refused in maintenance, other verbs are not', async () => {
    const uuid = await life.addNode({ provision_state: 'available', maintenance: true, name: 'broken', instance_info });
    await expect(ask(uuid, 'active')).rejects.toMatchObject({
      code: 'node_in_maintenance',
      message: `The active command can not be performed on node broken because it's in maintenance mode.`,
    });
    await ask(uuid, 'manage');
    expect((await life.node(uuid)).provision_state).toBe('manageable');
  });

  test('deploy is refused without an image or its checksum', async () => {
    const none = await life.addNode({ provision_state: 'available' });
    await expect(ask(none, 'active')).rejects.toMatchObject({ code: 'instance_info_invalid' });
    const unchecked = await life.addNode({
      provision_state: 'available',
      instance_info: JSON.stringify({ image_source: 'file:///image.raw' }),
    });
    await expect(ask(unchecked, 'active')).rejects.toThrow(/no checksum/);
  });

  test('deploy keeps the config drive it was given and refuses one it cannot read', async () => {
    const uuid = await life.addNode({ provision_state: 'available', instance_info });
    await expect(ask(uuid, 'active', { configdrive: { meta: {} } })).rejects.toMatchObject({
      code: 'config_drive_invalid',
    });
    await ask(uuid, 'active', { configdrive: { meta_data: { hostname: 'a' } } });
    expect((await life.node(uuid)).instance_info).toEqual({ ...IMAGE, configdrive: { meta_data: { hostname: 'a' } } });
  });

  test('delete and rebuild spare a protected node', async () => {
    const uuid = await life.addNode({
      provision_state: 'active',
      protected: true,
      protected_reason: 'payroll',
      instance_info,
    });
    for (const target of ['deleted', 'rebuild']) {
      await expect(ask(uuid, target)).rejects.toMatchObject({ code: 'node_protected', message: /payroll/ });
    }
  });

  test('manage checks the form of driver_info before anything is done', async () => {
    const uuid = await life.addNode({ driver_info: '{}' });
    await expect(ask(uuid, 'manage')).rejects.toMatchObject({ code: 'driver_info_invalid' });
    expect((await life.node(uuid)).provision_state).toBe('enroll');
  });

  test('clean needs steps, keeps them, and leads back to manageable', async () => {
    const uuid = await life.addNode({ provision_state: 'manageable' });
    for (const cleanSteps of [undefined, [], [{ step: 'erase_devices' }]]) {
      await expect(ask(uuid, 'clean', { cleanSteps })).rejects.toMatchObject({ code: 'clean_steps_invalid' });
    }
    const steps = [{ interface: 'deploy', step: 'erase_devices_metadata' }];
    await ask(uuid, 'clean', { cleanSteps: steps });
    const node = await life.node(uuid);
    expect(node).toMatchObject({ provision_state: 'cleaning', target_provision_state: 'manageable' });
    expect(cursorOf(node).data.manualSteps).toEqual(steps);
  });

  test('forgets the last boot’s agent and its token, and nothing else', async () => {
    const uuid = await life.addNode({
      provision_state: 'manageable',
      driver_internal_info: JSON.stringify({
        agent_url: 'https://x',
        agent_token_hash: 'h',
        inspection_reported: true,
        tenant: 'blue',
      }),
    });
    await ask(uuid, 'inspect');
    expect((await life.node(uuid)).driver_internal_info).toEqual({ tenant: 'blue' });
  });

  test('provide skips the cleaning only where the operator says so and no tenant was there (rule 5)', async () => {
    const fresh = await life.addNode({ provision_state: 'manageable', automated_clean: false });
    await ask(fresh, 'provide');
    expect(cursorOf(await life.node(fresh)).step).toBe('power-off-after');
    const used = await life.addNode({
      provision_state: 'manageable',
      automated_clean: false,
      driver_internal_info: JSON.stringify({ tenant: 'blue' }),
    });
    await ask(used, 'provide');
    expect(cursorOf(await life.node(used)).step).toBe('power-off');
  });

  test('of two at once only one is carried out', async () => {
    const uuid = await life.addNode({ provision_state: 'manageable' });
    const outcomes = await Promise.allSettled([ask(uuid, 'inspect'), ask(uuid, 'provide')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
