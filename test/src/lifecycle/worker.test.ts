import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cursorOf, newCursor } from '../../../src/lifecycle/node-record.ts';
import { startSweeper } from '../../../src/lifecycle/sweeper.ts';
import { startVerb } from '../../../src/lifecycle/verbs.ts';
import { lookAtNode } from '../../../src/lifecycle/worker.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { type TestLifecycle, testLifecycle } from './support.ts';

let life: TestLifecycle;
beforeAll(async () => {
  life = await testLifecycle();
});
beforeEach(() => life.reset());
afterAll(() => life?.close());

const never = new AbortController().signal;
const look = (uuid: string, stop = never) => lookAtNode(life.deps, uuid, stop);

describe('a node that waits for its ramdisk', () => {
  test.each([
    ['deploying', 'wait-agent', 'wait call-back', 'verify-cabling'],
    ['cleaning', 'wait-agent', 'clean wait', 'clean-steps'],
    ['inspecting', 'wait-inspection', 'inspect wait', 'process-inspection'],
  ])('from %s begins to wait, with a deadline', async (state, step, waits, next) => {
    const uuid = await life.addNode({ provision_state: state, cursor: JSON.stringify(newCursor(step)) });
    await look(uuid);
    const node = await life.node(uuid);
    expect(node.provision_state).toBe(waits);
    expect(cursorOf(node).step).toBe(next);
    expect(Date.parse(cursorOf(node).deadline!)).toBeGreaterThan(Date.now());
  });

  test('that called back before (its controller had died) does not wait', async () => {
    const uuid = await life.addNode({
      provision_state: 'deploying',
      cursor: JSON.stringify(newCursor('wait-agent')),
      driver_internal_info: JSON.stringify({ agent_url: 'https://127.0.0.1:1' }),
    });
    await look(uuid);
    const events = await life.store.db.selectFrom('event').select('message').where('node_uuid', '=', uuid).execute();
    expect(events.some(({ message }) => message.includes('wait call-back'))).toBe(false);
    // It went on: what stops it here is that this test has no agent.
    expect((await life.node(uuid)).last_error).toContain('no agent in this test');
  });

  test('fails when its time is up, with what to look at, and is brought to idle', async () => {
    const past = new Date(Date.now() - 1000).toISOString();
    const uuid = await life.addNode({
      provision_state: 'clean wait',
      cursor: JSON.stringify({ ...newCursor('clean-steps'), deadline: past }),
    });
    life.bmc.power = 'power on';
    await look(uuid);
    expect(await life.node(uuid)).toMatchObject({ provision_state: 'clean failed', maintenance: true });
    await look(uuid);
    const node = await life.node(uuid);
    expect(node.last_error).toMatch(/Nothing was heard from the ramdisk.*console/s);
    expect(cursorOf(node).step).toBeNull();
    expect(life.bmc.power).toBe('power off');
    expect(life.placed).toEqual(['idle']);
  });
});

describe('a retreat', () => {
  const failed = () =>
    life.addNode({
      provision_state: 'deploy failed',
      last_error: 'write the image: disk full',
      cursor: JSON.stringify(newCursor('retreat')),
    });

  test('leaves the reason of the failure', async () => {
    const uuid = await failed();
    await look(uuid);
    expect(await life.node(uuid)).toMatchObject({
      provision_state: 'deploy failed',
      last_error: 'write the image: disk full',
    });
    expect(life.placed).toEqual(['idle']);
  });

  test('goes to idle also when the BMC does not answer', async () => {
    const uuid = await failed();
    life.bmc.fails = new FabricError('bmc_unreachable', 'no answer', { retryable: false });
    await look(uuid);
    expect(life.placed).toEqual(['idle']);
    expect((await life.node(uuid)).last_error).toBe('write the image: disk full');
  });

  test('that the switch refuses is told, and tried until it succeeds', async () => {
    const uuid = await failed();
    life.operation.state = 'failed';
    life.operation.error = { code: 'switch_failed', message: 'no answer from leaf1.', retryable: false };
    for (let tries = 0; tries < 2; tries++) {
      await expect(look(uuid)).rejects.toThrow(/no answer from leaf1/);
      const node = await life.node(uuid);
      expect(node.last_error).toMatch(/^write the image: disk full\. Then: .*no answer from leaf1.*tried again\.$/);
      expect(cursorOf(node).step).toBe('retreat');
    }
    Object.assign(life.operation, { state: 'succeeded', error: null });
    await look(uuid);
    const node = await life.node(uuid);
    expect(cursorOf(node).step).toBeNull();
    expect(node.last_error).toBe('write the image: disk full');
  });
});

test('what a ramdisk of an earlier boot left is forgotten once the power is off', async () => {
  const uuid = await life.addNode({
    provision_state: 'deleting',
    cursor: JSON.stringify(newCursor('power-off')),
    driver_internal_info: JSON.stringify({ agent_token_hash: 'x', agent_url: 'https://127.0.0.1:1', tenant: 'blue' }),
  });
  life.bmc.power = 'power on';
  const stop = new AbortController();
  life.operation.state = 'pending';
  life.deps.fabric.waitOperation = async () => {
    stop.abort(new Error('enough'));
    throw stop.signal.reason;
  };
  await look(uuid, stop.signal);
  expect(cursorOf(await life.node(uuid)).step).toBe('network-idle');
  expect((await life.node(uuid)).driver_internal_info).toEqual({ tenant: 'blue' });
});

test('a verb that takes the node over while a step runs has the last word', async () => {
  const uuid = await life.addNode({ provision_state: 'wait call-back', cursor: JSON.stringify(newCursor(null)) });
  await startVerb(life.deps, uuid, { target: 'abort', by: 'operator' });
  life.bmc.onAsk = async () => {
    life.bmc.onAsk = async () => {};
    await startVerb(life.deps, uuid, { target: 'deleted', by: 'operator' });
  };
  const stop = new AbortController();
  const events = life.store.subscribe('switchyard_node', () => {});
  life.deps.fabric.place = async () => {
    stop.abort(new Error('far enough'));
    throw stop.signal.reason;
  };
  await look(uuid, stop.signal);
  events();
  expect((await life.node(uuid)).provision_state).toBe('deleting');
});

test('a stop does not wait for a BMC that does not answer; the step is taken up again', async () => {
  const uuid = await life.addNode();
  await startVerb(life.deps, uuid, { target: 'manage', by: 'test' });
  const stop = new AbortController();
  const answer = Promise.withResolvers<void>();
  life.bmc.onAsk = () => {
    stop.abort(new Error('the controller stops'));
    return answer.promise;
  };
  await look(uuid, stop.signal);
  expect((await life.node(uuid)).provision_state).toBe('verifying');
  answer.resolve();
  life.bmc.onAsk = async () => {};
  await look(uuid);
  expect((await life.node(uuid)).provision_state).toBe('manageable');
});

test('the sweeper wakes what has work to do and nothing else, and ends at once', async () => {
  const past = new Date(Date.now() - 1000).toISOString();
  const future = new Date(Date.now() + 60_000).toISOString();
  const cursor = (step: string | null, deadline: string | null = null) =>
    JSON.stringify({ ...newCursor(step), deadline });
  const awake = [
    await life.addNode({ provision_state: 'deploying', cursor: cursor('power-off') }),
    await life.addNode({ provision_state: 'clean wait', cursor: cursor('clean-steps', past) }),
    await life.addNode({ provision_state: 'deploy failed', cursor: cursor('retreat') }),
    await life.addNode({ provision_state: 'active', target_power_state: 'power on' }),
  ];
  await life.addNode({ provision_state: 'active', cursor: cursor(null) });
  await life.addNode({ provision_state: 'deploy failed', cursor: cursor(null) });
  await life.addNode({ provision_state: 'clean wait', cursor: cursor('clean-steps', future) });
  life.bmc.onAsk = () => new Promise(() => {});
  const stop = startSweeper(life.deps, { sweepMs: 60_000, powerSyncMs: 60_000 });
  await expect.poll(() => life.jobs(), { timeout: 10_000 }).toHaveLength(awake.length);
  await stop();
  expect((await life.jobs()).sort()).toEqual(awake.sort());
});
