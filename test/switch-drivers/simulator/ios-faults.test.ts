import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IosRig, send, startIos } from './ios-rig.ts';
import { startRig } from './rig.ts';

let rig: IosRig;
beforeEach(async () => {
  rig = await startIos();
});
afterEach(() => rig.stop());

const GI1 = 'GigabitEthernet1/0/1';

test('the enable secret is asked for three times, then refused', async () => {
  rig.sim.device.knobs.enableSecret = 'open';
  await expect(rig.open()).rejects.toMatchObject({ code: 'switch_auth_failed' });
  await expect(rig.open({}, { enableSecret: 'wrong' })).rejects.toMatchObject({ code: 'switch_auth_failed' });
  const cli = await rig.open({}, { enableSecret: 'open' });
  expect(cli.mode).toBe('privileged');
  const guest = await rig.open({ home: 'user', setup: [], questions: [{ prompt: /^Password:$/, answer: 'no' }] });
  await expect(guest.run('show running-config')).rejects.toMatchObject({ code: 'switch_rejected' });
  await expect(guest.run('enable')).rejects.toMatchObject({ context: { device: '% Bad secrets' } });
  expect(rig.sim.device.transcript).not.toContain('open');
});

test('a locked configuration is refused in the words of the vendor', async () => {
  const cli = await rig.open();
  rig.sim.device.faults.lockHeld = 'carol';
  await expect(cli.run('configure terminal')).rejects.toMatchObject({
    context: {
      device: expect.stringMatching(/^Configuration mode is locked by process '\d+' user 'carol' from terminal/),
    },
  });
  expect(cli.mode).toBe('privileged');
});

test('the other platform is locked, too', async () => {
  const eos = await startRig();
  try {
    const session = await eos.open();
    eos.sim.device.faults.lockHeld = 'carol';
    await expect(session.apply([{ op: 'vlan-create', vlan: 10, name: 'x' }])).rejects.toMatchObject({
      code: 'switch_rejected',
    });
    expect(eos.sim.model.running.vlans[10]).toBeUndefined();
  } finally {
    await eos.stop();
  }
});

test('a garbled answer is cut off by noise, the same for the same seed, and leaves the prompt away for a while', async () => {
  rig.sim.device.faults.garble = { line: /^show version$/, ms: 20, seed: 7 };
  const cli = await rig.open();
  const garbled = await cli.run('show version');
  expect(garbled).toMatch(/^Cisco IOS XE Software/);
  expect(garbled).not.toContain('Configuration register');
  expect(garbled).toContain('\ufffd');
  expect(await cli.run('show version')).toBe(garbled);
  rig.sim.device.faults.garble.seed = 8;
  expect(await cli.run('show version')).not.toBe(garbled);
  rig.sim.device.faults.garble.ms = 3000;
  await expect(cli.run('show version', { timeoutMs: 500 })).rejects.toMatchObject({ code: 'switch_timeout' });
});

test('a stalled line is in force though its answer does not come', async () => {
  const cli = await rig.open();
  await send(cli, 'configure terminal', 'interface Gi1/0/1');
  rig.sim.device.faults.stall = { line: /^shutdown$/, ms: 5000 };
  await expect(cli.run('shutdown', { timeoutMs: 500 })).rejects.toMatchObject({ code: 'switch_timeout' });
  await expect.poll(() => rig.sim.model.port(GI1).adminUp, { timeout: 4000 }).toBe(false);
});

test('another administrator edits at the moment a line arrives', async () => {
  const cli = await rig.open();
  rig.sim.device.faults.editOn = {
    line: /^interface Gi1\/0\/1$/,
    edit: (model) => model.change('carol', ({ ports }) => Object.assign(ports[GI1]!, { description: 'mine' })),
  };
  await send(cli, 'configure terminal', 'interface Gi1/0/1', 'switchport mode access', 'end');
  expect(await cli.run('show running-config interface Gi1/0/1')).toContain(
    ' description mine\n switchport mode access',
  );
});

test('cut off half way, what was sent is in force and what was edited of a VLAN is not', async () => {
  const cli = await rig.open();
  rig.sim.device.faults.drop = { line: /^name blue$/, when: 'after' };
  await send(cli, 'configure terminal', 'interface Gi1/0/1', 'shutdown', 'vlan 10');
  await expect(cli.run('name blue')).rejects.toMatchObject({ code: 'switch_session_lost' });
  expect(rig.sim.model.port(GI1).adminUp).toBe(false);
  expect(rig.sim.model.running.vlans[10]).toBeUndefined();
});

test('a save that fails says why, and a reboot loses what was not saved', async () => {
  const cli = await rig.open();
  await send(cli, 'configure terminal', 'vlan 10', 'end');
  rig.sim.device.faults.saveError = 'startup-config file open failed (Device or resource busy)';
  expect(await cli.run('write memory')).toBe(`Building configuration...\n${rig.sim.device.faults.saveError}`);
  rig.sim.device.faults.rebootBeforeSave = true;
  await expect(cli.run('write memory')).rejects.toMatchObject({ code: 'switch_session_lost' });
  expect(rig.sim.model.running.vlans[10]).toBeUndefined();
});

test('serves a client that knows the ports by other names', async () => {
  await rig.stop();
  rig = await startIos({ ports: ['FastEthernet0/1', 'FastEthernet0/2'], name: 'sw' });
  const cli = await rig.open();
  await send(
    cli,
    'terminal width 511',
    'conf t',
    'interface FastEthernet0/1',
    'switchport access vlan 1000',
    'end',
    'write mem',
  );
  expect(rig.sim.model.startup.ports['FastEthernet0/1']?.accessVlan).toBe(1000);
});
