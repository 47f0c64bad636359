import { afterEach, expect, test } from 'vitest';
import { type Rig, startRig } from '../simulator/rig.ts';

let rig: Rig;
afterEach(() => rig.stop());

test('an unpinned host key is refused with the fingerprint to compare, a wrong one always', async () => {
  rig = await startRig();
  const key = rig.sim.hostKeyFingerprint;
  await expect(rig.open({ hostKey: undefined })).rejects.toMatchObject({
    code: 'switch_host_key_unknown',
    retryable: false,
    context: { offered: key },
  });
  const other = `SHA256:${'A'.repeat(43)}`;
  await expect(rig.open({ hostKey: other })).rejects.toMatchObject({
    code: 'switch_host_key_mismatch',
    context: { offered: key, pinned: other },
  });
  expect(rig.sim.device.transcript).toEqual([]);
});

test('trust-first tells the key, once and only then', async () => {
  rig = await startRig();
  const learned: string[] = [];
  const onHostKey = (key: string) => learned.push(key);
  await rig.open({ hostKey: 'trust-first' }, { onHostKey });
  await rig.open({}, { onHostKey });
  expect(learned).toEqual([rig.sim.hostKeyFingerprint]);
});

test('a wrong password and a dead address are told apart, and no secret is in the error', async () => {
  rig = await startRig();
  const refused = await rig.open({ password: 'hunter2' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'switch_auth_failed', retryable: false });
  expect(JSON.stringify(refused) + String(refused)).not.toContain('hunter2');
  await expect(rig.open({ port: 1 })).rejects.toMatchObject({ code: 'switch_unreachable', retryable: true });
});

test('the enable secret opens the privileged mode; a wrong one is told without showing it', async () => {
  rig = await startRig({ knobs: { enableSecret: 'up-we-go' } });
  const session = await rig.open({ enableSecret: 'up-we-go' });
  expect((await session.describe()).hostname).toBe('leaf1');
  const refused = await rig.open({ enableSecret: 'hunter2' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'switch_auth_failed' });
  expect(JSON.stringify(refused) + String(refused)).not.toContain('hunter2');
});

test('banner, paging that stays on, and latency change nothing', async () => {
  rig = await startRig({
    ports: 48,
    knobs: { banner: '*** Authorised use only #\n*** really >\n', pageLength: 7, lineLatencyMs: 2 },
  });
  // Paging cannot be turned off on this device.
  rig.sim.device.faults.ignore = /^terminal length/;
  const session = await rig.open();
  expect((await session.read()).ports).toHaveLength(48);
});

test('a device that answers too late is a time-out, and its late answer is nobody else’s', async () => {
  rig = await startRig();
  const session = await rig.open({}, { commandTimeoutMs: 2_000 });
  rig.sim.device.knobs.lineLatencyMs = 60_000;
  await expect(session.macTable()).rejects.toMatchObject({ code: 'switch_timeout', retryable: true });
  rig.sim.device.knobs.lineLatencyMs = 0;
  await expect(session.macTable()).rejects.toMatchObject({ code: 'switch_timeout' });
});

test('a session lost between two commands is told as retryable', async () => {
  rig = await startRig();
  const session = await rig.open();
  rig.sim.device.reboot();
  await expect(session.read()).rejects.toMatchObject({ code: 'switch_session_lost', retryable: true });
});

test('a device without a free session says so', async () => {
  rig = await startRig({ knobs: { sessionLimit: 1 } });
  const first = await rig.open();
  await expect(rig.open()).rejects.toMatchObject({ code: 'switch_session_lost', retryable: true });
  await first.close();
  await expect
    .poll(
      () =>
        rig.open().then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
});

test('output that is no JSON is a typed error naming the command', async () => {
  rig = await startRig();
  const session = await rig.open();
  rig.sim.device.faults.reject = { line: /^show mac/, text: '{"unicastTable": [' };
  await expect(session.macTable()).rejects.toMatchObject({
    code: 'switch_output_invalid',
    context: { command: 'show mac address-table | json' },
  });
});
