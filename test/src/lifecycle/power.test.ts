import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newCursor } from '../../../src/lifecycle/node-record.ts';
import { applyPowerRequest, requestPower } from '../../../src/lifecycle/power-request.ts';
import { syncPower } from '../../../src/lifecycle/power-sync.ts';
import { createLifecycle } from '../../../src/lifecycle/service.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { type TestLifecycle, testLifecycle } from './support.ts';

let life: TestLifecycle;
beforeAll(async () => {
  life = await testLifecycle();
});
beforeEach(() => life.reset());
afterAll(() => life?.close());

const never = new AbortController().signal;
const silent = new FabricError('bmc_unreachable', 'no answer from the BMC', { retryable: false });
const ask = (uuid: string, target: string) => requestPower(life.deps, uuid, target, { by: 'test' });
const apply = async (uuid: string) => applyPowerRequest(life.deps, await life.node(uuid), never);

describe('a power request', () => {
  test.each([
    ['power on', 'power off', ['setPower on'], 'power on'],
    ['power off', 'power on', ['setPower off'], 'power off'],
    ['soft power off', 'power on', ['setPower soft'], 'power off'],
    ['rebooting', 'power on', ['setPower off', 'setPower on'], 'power on'],
    ['soft rebooting', 'power on', ['setPower soft', 'setPower on'], 'power on'],
    ['power on', 'power on', [], 'power on'],
  ] as const)('%s of a node with %s', async (target, before, sent, after) => {
    const uuid = await life.addNode({ provision_state: 'active' });
    life.bmc.power = before;
    await ask(uuid, target);
    expect((await life.node(uuid)).target_power_state).toBe(target);
    expect(await life.jobs()).toContain(uuid);
    await apply(uuid);
    expect(life.bmc.asked.filter((one) => one.startsWith('setPower'))).toEqual(sent);
    expect(await life.node(uuid)).toMatchObject({ power_state: after, target_power_state: null, last_error: null });
    expect(life.bmc.closed).toBe(life.bmc.opened);
  });

  test('that was broken off is carried out by whoever comes next', async () => {
    const uuid = await life.addNode({ provision_state: 'active' });
    life.bmc.power = 'power on';
    await ask(uuid, 'rebooting');
    const stop = new AbortController();
    life.bmc.onAsk = () => {
      stop.abort(new Error('the controller stops'));
      return new Promise(() => {});
    };
    await applyPowerRequest(life.deps, await life.node(uuid), stop.signal);
    expect((await life.node(uuid)).target_power_state).toBe('rebooting');
    life.bmc.onAsk = async () => {};
    await apply(uuid);
    expect(await life.node(uuid)).toMatchObject({ power_state: 'power on', target_power_state: null });
  });

  test('whose answer is lost is carried out when the power says so', async () => {
    const uuid = await life.addNode({ provision_state: 'active' });
    await ask(uuid, 'power on');
    life.bmc.onAsk = async () => {
      if (life.bmc.asked.at(-1) !== 'setPower on') return;
      life.bmc.power = 'power on';
      throw new FabricError('bmc_command_failed', 'Unable to set Chassis Power Control to Up/On', { retryable: true });
    };
    await apply(uuid);
    expect(life.bmc.asked.filter((one) => one === 'setPower on')).toHaveLength(1);
    expect(await life.node(uuid)).toMatchObject({ power_state: 'power on', last_error: null });
  });

  test('that the BMC refuses ends with the reason, and the node is free again', async () => {
    const uuid = await life.addNode({ provision_state: 'active', power_state: 'power on' });
    await ask(uuid, 'power off');
    life.bmc.fails = silent;
    await apply(uuid);
    expect(await life.node(uuid)).toMatchObject({
      power_state: 'power on',
      target_power_state: null,
      last_error: 'power off: no answer from the BMC',
    });
    expect(life.bmc.closed).toBe(life.bmc.opened);
  });

  test('is refused for an unknown target, during another, and while the lifecycle switches the power', async () => {
    const uuid = await life.addNode({ provision_state: 'active' });
    await expect(ask(uuid, 'explode')).rejects.toMatchObject({ code: 'power_target_invalid' });
    await ask(uuid, 'power on');
    await expect(ask(uuid, 'power off')).rejects.toMatchObject({ code: 'node_locked', retryable: true });
    for (const state of ['cleaning', 'clean wait', 'deploying', 'wait call-back', 'inspecting', 'deleting']) {
      const busy = await life.addNode({ provision_state: state });
      await expect(ask(busy, 'power off')).rejects.toMatchObject({ code: 'provision_state_invalid' });
    }
  });
});

describe('reading the power of resting nodes', () => {
  test('keeps the record true and gives the BMC session back', async () => {
    const uuid = await life.addNode({ provision_state: 'active', power_state: 'power on' });
    await syncPower(life.deps, never);
    expect((await life.node(uuid)).power_state).toBe('power off');
    expect(life.bmc.closed).toBe(life.bmc.opened);
  });

  test('tells once that a BMC does not answer, and once that it does again', async () => {
    const uuid = await life.addNode({ provision_state: 'active', power_state: 'power off' });
    life.bmc.fails = silent;
    await syncPower(life.deps, never);
    await syncPower(life.deps, never);
    life.bmc.fails = null;
    await syncPower(life.deps, never);
    await syncPower(life.deps, never);
    const events = await life.store.db.selectFrom('event').select('kind').where('node_uuid', '=', uuid).execute();
    expect(events.map(({ kind }) => kind)).toEqual(['node.bmc-unreachable', 'node.power']);
    expect((await life.node(uuid)).driver_internal_info).toEqual({});
  });

  test('an answer that comes after the node went through another life is thrown away', async () => {
    const uuid = await life.addNode({
      provision_state: 'active',
      power_state: 'power on',
      driver_internal_info: JSON.stringify({ tenant: 'blue' }),
    });
    life.bmc.onAsk = async () => {
      await life.store.db
        .updateTable('node')
        .set({ cursor: JSON.stringify(newCursor(null)), driver_internal_info: JSON.stringify({ tenant: 'green' }) })
        .where('uuid', '=', uuid)
        .execute();
    };
    await syncPower(life.deps, never);
    expect(await life.node(uuid)).toMatchObject({ power_state: 'power on', driver_internal_info: { tenant: 'green' } });
  });

  test('leaves alone what is in work, in maintenance, or being switched', async () => {
    await life.addNode({ provision_state: 'deploying' });
    await life.addNode({ provision_state: 'active', maintenance: true });
    await life.addNode({ provision_state: 'active', target_power_state: 'power on' });
    await syncPower(life.deps, never);
    expect(life.bmc.asked).toEqual([]);
  });
});

test('boot device calls give the BMC session back, also when it fails', async () => {
  const uuid = await life.addNode();
  const lifecycle = createLifecycle(life.deps);
  expect(await lifecycle.getBootDevice(uuid)).toEqual({ boot_device: 'pxe', persistent: false });
  await expect(lifecycle.setBootDevice(uuid, 'floppy', false)).rejects.toMatchObject({ code: 'boot_device_invalid' });
  life.bmc.fails = silent;
  await expect(lifecycle.setBootDevice(uuid, 'disk', true)).rejects.toMatchObject({ code: 'bmc_unreachable' });
  expect(life.bmc.closed).toBe(life.bmc.opened);
});
