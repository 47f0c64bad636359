import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../../switch-drivers/contract/driver.ts';
import type { Change } from '../../../topology/plan/model.ts';
import { type Rig, startRig } from '../simulator/rig.ts';

let rig: Rig;
let session: Session;
beforeEach(async () => {
  rig = await startRig({ ports: 32 });
  rig.sim.model.change('set-up', ({ vlans }) => {
    for (const id of [10, 20, 999]) vlans[id] = { name: `v${id}`, active: true };
  });
  session = await rig.open();
});
afterEach(() => rig.stop());

const access = (portId: string, untagged: number, adminUp = true): Change => ({
  op: 'port-set',
  portId,
  settings: { adminUp, mode: 'access', untagged, tagged: [] },
});
const trunk = (portId: string, untagged: number | null, tagged: number[]): Change => ({
  op: 'port-set',
  portId,
  settings: { adminUp: true, mode: 'trunk', untagged, tagged },
});
const sent = (pattern: RegExp) => rig.sim.device.transcript.filter((line) => pattern.test(line));
const running = () => JSON.stringify(rig.sim.model.running);

test('access, trunk with and without native VLAN, and quarantine reach the switch as told', async () => {
  await session.apply([
    { op: 'vlan-create', vlan: 30, name: 'tenant-30' },
    access('Ethernet1', 30),
    trunk('Ethernet2', 10, [20, 30]),
    trunk('Ethernet3', null, [20]),
    access('Ethernet4', 999, false),
    trunk('Ethernet5', 10, []),
  ]);
  const { model } = rig.sim;
  expect(model.running.vlans[30]).toEqual({ name: 'tenant-30', active: true });
  expect(model.port('Ethernet1')).toMatchObject({ mode: 'access', untagged: 30, tagged: [], adminUp: true });
  expect(model.port('Ethernet2')).toMatchObject({ mode: 'trunk', untagged: 10, tagged: [20, 30] });
  expect(model.port('Ethernet3')).toMatchObject({ mode: 'trunk', untagged: null, tagged: [20] });
  expect(model.port('Ethernet4')).toMatchObject({ untagged: 999, adminUp: false });
  expect(model.port('Ethernet5')).toMatchObject({ mode: 'trunk', untagged: 10, tagged: [] });
  const { ports } = await session.read(['Ethernet2', 'Ethernet3']);
  expect(ports.map(({ untagged, tagged }) => [untagged, tagged])).toEqual([
    [10, [20, 30]],
    [null, [20]],
  ]);
});

test('a port that leaves trunk mode keeps nothing that would come back with it', async () => {
  await session.apply([trunk('Ethernet1', 10, [20])]);
  await session.apply([access('Ethernet1', 999)]);
  expect(rig.sim.model.running.ports.Ethernet1).toMatchObject({ mode: 'access', nativeVlan: 1, allowed: [] });
});

test('30 port moves are one configuration session, and no instant shows anything but before and after', async () => {
  const from = rig.sim.model.history.length;
  await session.apply(Array.from({ length: 30 }, (_, index) => access(`Ethernet${index + 1}`, 10)));
  expect(sent(/^configure session \S+$/)).toHaveLength(1);
  const changes = rig.sim.model.history.slice(from);
  expect(changes).toHaveLength(30);
  expect(new Set(changes.map(({ cause, untagged }) => `${cause.split(' ')[0]} ${untagged}`))).toEqual(
    new Set(['commit 10']),
  );
});

test('the session is kept: a second change logs in no second time', async () => {
  await session.apply([access('Ethernet1', 10)]);
  await session.apply([access('Ethernet1', 20)]);
  expect(sent(/^terminal length 0$/)).toHaveLength(1);
  expect(rig.sim.model.port('Ethernet1').untagged).toBe(20);
});

test('rendered lines are the lines that are sent', async () => {
  const { lines } = session.render([access('Ethernet1', 10)]);
  await session.apply([access('Ethernet1', 10)]);
  expect(rig.sim.device.transcript.filter((line) => lines.includes(line))).toEqual(lines);
});

test('one rejected line undoes the whole change and is told in the words of the device', async () => {
  const before = running();
  rig.sim.device.faults.reject = { line: /^switchport access vlan 20$/, text: '% VLAN 20 is reserved' };
  await expect(session.apply([access('Ethernet1', 10), access('Ethernet2', 20)])).rejects.toMatchObject({
    code: 'switch_rejected',
    context: { line: 'switchport access vlan 20', device: '% VLAN 20 is reserved', undone: true },
  });
  expect(running()).toBe(before);
  rig.sim.device.faults.reject = null;
  await session.apply([access('Ethernet2', 20)]);
  expect(rig.sim.model.port('Ethernet2').untagged).toBe(20);
});

test('a commit that is refused leaves the switch as it was', async () => {
  const before = running();
  rig.sim.device.faults.reject = { line: /^commit/, text: '% Commit failed' };
  await expect(session.apply([access('Ethernet1', 10)])).rejects.toMatchObject({
    code: 'switch_rejected',
    context: { undone: true },
  });
  expect(running()).toBe(before);
});

test('a line that is taken but ignored is found by the read-back, and everything is undone', async () => {
  const before = running();
  rig.sim.device.faults.ignore = /^switchport access vlan 20$/;
  await expect(session.apply([access('Ethernet1', 10), access('Ethernet2', 20)])).rejects.toMatchObject({
    code: 'switch_not_applied',
    context: { undone: true, mismatches: [expect.stringContaining('Ethernet2')] },
  });
  expect(running()).toBe(before);
});

test('a VLAN that is not really created is found too', async () => {
  rig.sim.device.faults.ignore = /^(vlan 30|name|state)/;
  await expect(session.apply([{ op: 'vlan-create', vlan: 30, name: 'x' }])).rejects.toMatchObject({
    code: expect.stringMatching(/switch_(not_applied|mode_unreachable)/),
    context: { undone: true },
  });
});

test('cut off before the commit: nothing is in force, and the next session clears what was left', async () => {
  const before = running();
  rig.sim.device.faults.drop = { line: /^switchport mode access$/, when: 'after' };
  await expect(session.apply([access('Ethernet1', 10)])).rejects.toMatchObject({
    code: 'switch_session_lost',
    retryable: true,
    context: { undone: true },
  });
  rig.sim.device.faults.drop = null;
  expect(running()).toBe(before);
  const next = await rig.open();
  expect(sent(/^configure session swy-\S+ abort$/)).toHaveLength(1);
  await next.apply([access('Ethernet1', 10)]);
  expect(rig.sim.model.port('Ethernet1').untagged).toBe(10);
});

test('cut off between commit and confirmation: the next session undoes it before it reads anything', async () => {
  const before = running();
  rig.sim.device.faults.drop = { line: /^commit timer/, when: 'after' };
  await expect(session.apply([access('Ethernet1', 10)])).rejects.toMatchObject({
    code: 'switch_session_lost',
    context: { undone: false },
  });
  rig.sim.device.faults.drop = null;
  expect(rig.sim.model.port('Ethernet1').untagged).toBe(10);
  await rig.open();
  expect(running()).toBe(before);
});

test('a second session leaves the change of the first alone', async () => {
  rig.sim.device.knobs.lineLatencyMs = 5;
  const change = session.apply([access('Ethernet1', 10), access('Ethernet2', 10)]);
  const [second] = await Promise.all([rig.open(), change]);
  expect(rig.sim.model.port('Ethernet2').untagged).toBe(10);
  expect(sent(/ abort$/)).toEqual([]);
  expect((await second.read(['Ethernet1'])).ports[0]?.untagged).toBe(10);
});

test('another admin’s edit of another port survives', async () => {
  const drop = rig.sim.model.onChange(({ portId }) => {
    if (portId !== 'Ethernet1') return;
    drop();
    rig.sim.model.change('admin', ({ ports }) => {
      ports.Ethernet9!.description = 'by hand';
    });
  });
  await session.apply([access('Ethernet1', 10)]);
  expect(rig.sim.model.running.ports.Ethernet9?.description).toBe('by hand');
});

test('persist saves; a failed save and a reboot before the save are told', async () => {
  await session.apply([access('Ethernet1', 10)]);
  expect(rig.sim.model.startup.ports.Ethernet1?.accessVlan).toBe(1);
  rig.sim.device.faults.saveError =
    '% Error copying system:/running-config to flash:/startup-config (No space left on device)';
  await expect(session.persist()).rejects.toMatchObject({ code: 'switch_save_failed', message: /No space left/ });
  rig.sim.device.faults.saveError = null;
  await session.persist();
  expect(rig.sim.model.startup.ports.Ethernet1?.accessVlan).toBe(10);
  await session.apply([access('Ethernet1', 20)]);
  rig.sim.device.faults.rebootBeforeSave = true;
  await expect(session.persist()).rejects.toMatchObject({ code: 'switch_session_lost', retryable: true });
  expect(rig.sim.model.port('Ethernet1').untagged).toBe(10);
});

test('what is not ours to write is refused before anything is sent', async () => {
  rig.sim.model.change('set-up', ({ ports }) => {
    ports.Ethernet1!.routed = true;
    ports.Ethernet2!.lag = 'Port-Channel1';
  });
  await session.read();
  const lines = rig.sim.device.transcript.length;
  for (const portId of ['Ethernet1', 'Ethernet2']) {
    await expect(session.apply([access(portId, 10)])).rejects.toMatchObject({ code: 'switch_unsupported' });
  }
  await expect(session.apply([access('Ethernet3', 4095)])).rejects.toMatchObject({ code: 'switch_unsupported' });
  await expect(
    session.apply([
      { op: 'port-set', portId: 'Ethernet3', settings: { adminUp: true, mode: 'access', untagged: null, tagged: [] } },
    ]),
  ).rejects.toMatchObject({ code: 'switch_unsupported' });
  expect(rig.sim.device.transcript).toHaveLength(lines);
});

const EVIL = [
  'Ethernet1\nhostname owned',
  'Ethernet1; reload',
  '"Ethernet1"',
  '$(reload)',
  '`reload`',
  'Ethernet1|bash',
  'a b',
  '',
];

test('port and VLAN names with quotes, semicolons, newlines or $() never reach a line of the device', async () => {
  const lines = rig.sim.device.transcript.length;
  for (const text of EVIL) {
    await expect(session.apply([access(text, 10)]), text).rejects.toMatchObject({ code: 'switch_port_unknown' });
    await expect(session.read([text]), text).rejects.toMatchObject({ code: 'switch_port_unknown' });
    await expect(session.apply([{ op: 'vlan-create', vlan: 30, name: text }]), text).rejects.toMatchObject({
      code: 'switch_unsafe_text',
    });
  }
  const shown = rig.sim.device.transcript.slice(lines);
  expect(shown.filter((line) => !line.startsWith('show '))).toEqual([]);
  expect(rig.sim.model.running.hostname).toBe('leaf1');
});
