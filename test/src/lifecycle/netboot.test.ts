import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBootBackend, imageUrl } from '../../../src/lifecycle/netboot/boot-backend.ts';
import { createDhcpBackend } from '../../../src/lifecycle/netboot/dhcp-backend.ts';
import { createLeaseStore } from '../../../src/lifecycle/netboot/leases.ts';
import { RAMDISK_STATES } from '../../../src/lifecycle/states.ts';
import { type TestLifecycle, testLifecycle } from './support.ts';

let life: TestLifecycle;
beforeAll(async () => {
  life = await testLifecycle();
});
afterAll(() => life?.close());

const RESTING = ['enroll', 'manageable', 'available', 'active', 'deploy failed', 'clean failed', 'error', 'deleting'];

describe('DHCP', () => {
  const lookup = (mac: string, role: 'inspection' | 'provisioning' | 'cleaning') =>
    createDhcpBackend(life.store.db).lookup({ mac, role } as never);

  test('does not know a MAC that no node has', async () => {
    expect(await lookup('02:ff:00:00:00:01', 'provisioning')).toBeNull();
  });

  test.each(RAMDISK_STATES)('answers a node in %s on the network it was placed on', async (state) => {
    const node = await life.addNode({ provision_state: state, placement: 'provisioning' });
    const { address } = await life.addPort(node);
    expect(await lookup(address, 'provisioning')).toEqual({ allow: true });
    expect(await lookup(address, 'cleaning')).toEqual({ allow: false });
    // A cable that was moved to a port at rest: its ramdisk is let in, so that its LLDP can be heard.
    expect(await lookup(address, 'inspection')).toEqual({ allow: true });
  });

  test.each(RESTING)('does not answer a node in %s, on no network', async (state) => {
    const node = await life.addNode({ provision_state: state, placement: 'provisioning' });
    const { address } = await life.addPort(node);
    for (const role of ['inspection', 'provisioning', 'cleaning'] as const) {
      expect(await lookup(address, role)).toEqual({ allow: false });
    }
  });
});

describe('the boot script', () => {
  const backend = (ramdisk: { kernel?: string; initramfs?: string; kernelParams: string }) =>
    createBootBackend({
      db: life.store.db,
      ramdisk,
      baseFor: (address) => (address.startsWith('127.1.') ? 'http://127.1.0.1:8080' : null),
      imageDirectory: '/images',
    });
  const whole = { kernel: '/k', initramfs: '/i', kernelParams: 'quiet console=ttyS0 console=tty0' };
  const ask = (mac: string | null, uuid: string | null = null, remoteAddress = '127.1.0.9', ramdisk: object = whole) =>
    backend(ramdisk as typeof whole).scriptFor({ mac, uuid, remoteAddress } as never);

  test('is for nobody outside the provisioning networks', async () => {
    expect(await ask('02:ff:00:00:00:02', null, '192.0.2.1')).toBeNull();
  });

  test('lets a stranger wait, and in once somebody is being inspected', async () => {
    await life.store.db.deleteFrom('node').execute();
    expect(await ask('02:ff:00:00:00:03')).toEqual({ action: 'wait', seconds: 10 });
    const node = await life.addNode({ provision_state: 'inspect wait' });
    expect(await ask('02:ff:00:00:00:03')).toMatchObject({ action: 'boot' });
    await life.store.db.deleteFrom('node').where('uuid', '=', node).execute();
  });

  test.each(RESTING)('boots a node in %s from its disk', async (state) => {
    const { address } = await life.addPort(await life.addNode({ provision_state: state }));
    expect(await ask(address)).toEqual({ action: 'local-disk' });
  });

  test('of an inspection names where the report goes, that of a cleaning does not', async () => {
    const inspected = await life.addNode({
      provision_state: 'inspect wait',
      driver_internal_info: JSON.stringify({ system_uuid: '5e000000-0000-4000-8000-000000000001' }),
    });
    const byUuid = await ask(null, '5E000000-0000-4000-8000-000000000001');
    expect(JSON.stringify(byUuid)).toContain('http://127.1.0.1:8080/v1/continue_inspection');
    await life.store.db.deleteFrom('node').where('uuid', '=', inspected).execute();
    const { address } = await life.addPort(await life.addNode({ provision_state: 'clean wait' }));
    const cleaned = await ask(address);
    expect(cleaned).toMatchObject({
      action: 'boot',
      kernel: 'http://127.1.0.1:8080/files/ramdisk/kernel',
      initrd: 'http://127.1.0.1:8080/files/ramdisk/initramfs',
      params: { quiet: true, console: ['ttyS0', 'tty0'] },
    });
    expect(JSON.stringify(cleaned)).not.toContain('continue_inspection');
  });

  test('waits where no ramdisk is configured', async () => {
    const { address } = await life.addPort(await life.addNode({ provision_state: 'deploying' }));
    expect(await ask(address, null, '127.1.0.9', { kernelParams: '' })).toEqual({ action: 'wait', seconds: 10 });
  });

  test('files are the ramdisk’s and whole images, and nothing else', async () => {
    const key = `${'a'.repeat(40)}-raw`;
    const files = backend(whole);
    expect(await files.fileFor('ramdisk/kernel', {} as never)).toEqual({ path: '/k' });
    expect(await files.fileFor(`images/${key}.raw`, {} as never)).toEqual({ path: `/images/${key}.raw` });
    for (const name of [`images/${key}.1:2.part`, `images/${key}.json`, 'images/../secrets.key', '../k', 'ramdisk/']) {
      expect(await files.fileFor(name, {} as never)).toBeNull();
    }
    expect(imageUrl('http://127.1.0.1', `/images/${key}.raw`)).toBe(`http://127.1.0.1/files/images/${key}.raw`);
  });
});

describe('leases in the database', () => {
  const NOW = Date.parse('2026-01-01T00:00:00Z');
  const MINUTE = 60_000;
  const lease = (scope: string, mac: string, address: string, expiresAt = NOW + MINUTE) => ({
    scope,
    mac,
    address,
    state: 'bound' as const,
    hostname: null,
    expiresAt,
  });

  test('of many that claim one address at once exactly one gets it', async () => {
    const leases = createLeaseStore(life.store.db);
    const claims = Array.from({ length: 16 }, (_, index) =>
      leases.claim(lease('race', `02:00:00:00:01:${index.toString(16).padStart(2, '0')}`, '10.0.0.10'), NOW),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    expect(await leases.taken('race', NOW)).toEqual(new Set(['10.0.0.10']));
  });

  test('a MAC that claims two addresses at once ends with one of them', async () => {
    const leases = createLeaseStore(life.store.db);
    const mac = '02:00:00:00:02:01';
    await Promise.all(['10.0.0.1', '10.0.0.2'].map((address) => leases.claim(lease('twice', mac, address), NOW)));
    const held = await leases.find(mac, 'twice');
    expect(await leases.taken('twice', NOW)).toEqual(new Set([held!.address]));
  });

  test('an expired address goes to the next, a live one does not, and scopes are apart', async () => {
    const leases = createLeaseStore(life.store.db);
    const [first, second] = ['02:00:00:00:03:01', '02:00:00:00:03:02'] as const;
    expect(await leases.claim(lease('old', first, '10.0.0.1'), NOW)).toBe(true);
    expect(await leases.claim(lease('old', second, '10.0.0.1'), NOW)).toBe(false);
    expect(await leases.claim(lease('other', second, '10.0.0.1'), NOW)).toBe(true);
    const later = NOW + 2 * MINUTE;
    expect(await leases.claim(lease('old', second, '10.0.0.1', later + MINUTE), later)).toBe(true);
    expect(await leases.find(first, 'old')).toBeNull();
    expect(await leases.find(second, 'old')).toMatchObject(lease('old', second, '10.0.0.1', later + MINUTE));
  });

  test('a released address is free but remembered; somebody else’s cannot be released', async () => {
    const leases = createLeaseStore(life.store.db);
    const mac = '02:00:00:00:04:01';
    await leases.claim(lease('free', mac, '10.0.0.1'), NOW);
    await leases.release(mac, 'free', '10.0.0.2', NOW);
    expect(await leases.taken('free', NOW)).toEqual(new Set(['10.0.0.1']));
    await leases.release(mac, 'free', '10.0.0.1', NOW);
    expect(await leases.taken('free', NOW)).toEqual(new Set());
    expect((await leases.find(mac, 'free'))?.address).toBe('10.0.0.1');
  });

  test('a declined address is nobody’s until its time is over', async () => {
    const leases = createLeaseStore(life.store.db);
    const mac = '02:00:00:00:05:01';
    await leases.claim(lease('aside', mac, '10.0.0.1'), NOW);
    await leases.quarantine('aside', '10.0.0.1', NOW + MINUTE);
    expect(await leases.find(mac, 'aside')).toBeNull();
    expect(await leases.claim(lease('aside', mac, '10.0.0.1'), NOW)).toBe(false);
    expect(await leases.taken('aside', NOW)).toEqual(new Set(['10.0.0.1']));
    expect(await leases.claim(lease('aside', mac, '10.0.0.1', NOW + 3 * MINUTE), NOW + 2 * MINUTE)).toBe(true);
  });
});
