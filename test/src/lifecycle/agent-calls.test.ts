import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heartbeat, lookup } from '../../../src/lifecycle/agent-calls.ts';
import { cursorOf, newCursor } from '../../../src/lifecycle/node-record.ts';
import { RAMDISK_STATES } from '../../../src/lifecycle/states.ts';
import { SECRET_COLUMNS } from '../../../src/store/secrets/columns.ts';
import { type TestLifecycle, testLifecycle } from './support.ts';

let life: TestLifecycle;
beforeAll(async () => {
  life = await testLifecycle();
});
afterAll(() => life?.close());

const MASK = '******';
const waiting = (step: string | null = null) => ({
  provision_state: 'clean wait',
  cursor: JSON.stringify({ ...newCursor(step), deadline: new Date(Date.now() + 60_000).toISOString() }),
});

async function waitingNode(): Promise<{ uuid: string; address: string; token: string }> {
  const uuid = await life.addNode(waiting('clean-steps'));
  const { address } = await life.addPort(uuid);
  const { config } = await lookup(life.deps, { addresses: [address] });
  return { uuid, address, token: String(config.agent_token) };
}

const beat = (agentToken: string, changes = {}) => ({
  callbackUrl: 'https://127.0.0.1:9999',
  agentToken,
  agentVersion: '11.0.0',
  agentVerifyCa: 'certificate',
  ...changes,
});

describe('lookup', () => {
  test('gives the token once a boot; the second asker sees a mask', async () => {
    const { uuid, address, token } = await waitingNode();
    expect(token).toMatch(/^[\w-]{32,}$/);
    const again = await lookup(life.deps, { addresses: [address] });
    expect(again).toMatchObject({ nodeUuid: uuid, config: { agent_token: MASK } });
    const { driver_internal_info: internal } = await life.node(uuid);
    expect(JSON.stringify(internal)).not.toContain(token);
    expect(life.deps.secrets.open(SECRET_COLUMNS.driverInternalInfo, uuid, internal).agent_secret_token).toBe(token);
  });

  test('of two at once only one gets the token', async () => {
    const uuid = await life.addNode(waiting());
    const { address } = await life.addPort(uuid);
    const both = await Promise.all([1, 2].map(() => lookup(life.deps, { addresses: [address] })));
    expect(both.filter(({ config }) => config.agent_token === MASK)).toHaveLength(1);
  });

  test('answers only while a ramdisk is expected, and tells no difference to an unknown machine', async () => {
    for (const state of ['active', 'available', 'manageable', 'deploy failed', 'deleting']) {
      const uuid = await life.addNode({ provision_state: state });
      const { address } = await life.addPort(uuid);
      await expect(lookup(life.deps, { addresses: [address] })).rejects.toMatchObject({ code: 'node_not_found' });
    }
    for (const state of RAMDISK_STATES) {
      const uuid = await life.addNode({ provision_state: state });
      const { address } = await life.addPort(uuid);
      expect((await lookup(life.deps, { addresses: [address] })).nodeUuid).toBe(uuid);
    }
    const unknown = lookup(life.deps, { addresses: ['02:ff:ff:ff:ff:ff'] });
    await expect(unknown).rejects.toThrow('Node with the given addresses could not be found.');
  });

  test('refuses addresses of two nodes, and a uuid that is not the addresses’', async () => {
    const [one, other] = [await waitingNode(), await waitingNode()];
    const both = lookup(life.deps, { addresses: [one.address, other.address] });
    await expect(both).rejects.toMatchObject({ code: 'node_not_found' });
    const wrong = lookup(life.deps, { addresses: [one.address], nodeUuid: other.uuid });
    await expect(wrong).rejects.toMatchObject({ code: 'node_not_found' });
  });
});

describe('heartbeat', () => {
  test('wakes a node that waits, at the step its cursor names', async () => {
    const { uuid, token } = await waitingNode();
    await heartbeat(life.deps, uuid, beat(token));
    const node = await life.node(uuid);
    expect(node.provision_state).toBe('cleaning');
    expect(cursorOf(node)).toMatchObject({ step: 'clean-steps', deadline: null });
    expect(node.driver_internal_info).toMatchObject({ agent_url: 'https://127.0.0.1:9999' });
    expect(await life.jobs()).toContain(uuid);
  });

  test.each([
    ['without a token', { agentToken: undefined }, /token is required/],
    ['with a wrong token', { agentToken: 'wrong' }, /Invalid or missing agent token/],
    ['over plain http', { callbackUrl: 'http://127.0.0.1:9999' }, /TLS is required/],
    ['without a certificate', { agentVerifyCa: null }, /agent_verify_ca/],
  ])('%s is refused and changes nothing', async (_what, changes, reason) => {
    const { uuid, token } = await waitingNode();
    const refused = heartbeat(life.deps, uuid, beat(token, changes));
    await expect(refused).rejects.toMatchObject({ code: 'agent_heartbeat_refused', message: reason });
    expect((await life.node(uuid)).provision_state).toBe('clean wait');
  });

  test('may not move to another address within a boot', async () => {
    const { uuid, token } = await waitingNode();
    await heartbeat(life.deps, uuid, beat(token));
    const moved = heartbeat(life.deps, uuid, beat(token, { callbackUrl: 'https://127.0.0.2:9999' }));
    await expect(moved).rejects.toThrow(/Detected change/);
    expect((await life.node(uuid)).driver_internal_info.agent_url).toBe('https://127.0.0.1:9999');
  });
});
