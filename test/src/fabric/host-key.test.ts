import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFabric, type FabricEngine } from '../../../src/fabric/create.ts';
import { silentLog } from '../../../src/log.ts';
import type { Store } from '../../../src/store/store.ts';
import { loadDriver } from '../../../switch-drivers/registry.ts';
import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { testSecrets } from '../../support/secrets.ts';
import { testStore } from '../../support/store.ts';

let store: Store;
let fabric: FabricEngine;
let sim: SimulatedSwitch;

beforeAll(async () => {
  store = await testStore();
  const second = 1000;
  fabric = createFabric({
    store,
    secrets: testSecrets(),
    openDriver: loadDriver,
    log: silentLog,
    settings: {
      persistQuietMs: 60 * second,
      auditMs: 600 * second,
      retryMs: 60 * second,
      connectTimeoutMs: 30 * second,
      commandTimeoutMs: 30 * second,
      sessionIdleMs: 60 * second,
    },
  });
  sim = await startSimulatedSwitch({
    platform: 'arista-eos',
    name: 'leaf1',
    ports: 2,
    chassisMac: '00:1c:73:00:00:01',
    username: 'admin',
    password: 'secret',
  });
}, 120_000);
afterAll(async () => {
  await fabric?.close();
  await sim?.stop();
  await store?.close();
});

test('a switch registered with trust-first is held to the host key it offered', { timeout: 120_000 }, async () => {
  const { host, port, hostKeyFingerprint } = sim;
  await fabric.admin.addSwitch(
    {
      name: 'leaf1',
      platform: 'arista-eos',
      options: { host, port, username: 'admin', password: 'secret', hostKey: 'trust-first' },
      managedPorts: ['Ethernet1'],
      managedVlans: '100-199',
      restPolicy: 'idle',
      physicalNetwork: null,
    },
    'test',
  );
  const { options } = await store.db.selectFrom('switch').select('options').executeTakeFirstOrThrow();
  expect(options.hostKey).toBe(hostKeyFingerprint);
});
