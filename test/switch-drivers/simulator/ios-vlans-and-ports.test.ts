import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CliSession } from '../../../switch-drivers/transports/ssh-cli/cli-session.ts';
import { type IosRig, send, startIos } from './ios-rig.ts';

let rig: IosRig;
let cli: CliSession;
beforeEach(async () => {
  rig = await startIos();
  cli = await rig.open();
});
afterEach(() => rig.stop());

const GI1 = 'GigabitEthernet1/0/1';
const GI2 = 'GigabitEthernet1/0/2';
const GI5 = 'GigabitEthernet1/0/5';
const up = (...ports: string[]) => {
  for (const port of ports) rig.sim.model.setLink(port, true);
};
const config = (...lines: string[]) => send(cli, 'configure terminal', ...lines, 'end');
const refusal = async (line: string): Promise<string> => {
  const error = await cli.run(line).catch((caught: { context?: { device?: string } }) => caught);
  return typeof error === 'string' ? '' : (error.context?.device ?? '');
};
const port = (name: string) => rig.sim.model.port(name);
const block = async (name: string) => {
  const output = await cli.run(`show running-config interface ${name}`);
  return output.split('\n').filter((row) => row.startsWith(' '));
};

test('VLANs take effect on leaving their mode; default ones stay, and names are used once', async () => {
  await send(cli, 'configure terminal', 'vlan 10', 'name blue');
  expect(rig.sim.model.running.vlans[10], 'not yet').toBeUndefined();
  await send(cli, 'vlan 20');
  expect(rig.sim.model.running.vlans[10]).toEqual({ name: 'blue', active: true });
  expect(await refusal('name blue')).toBe('VLAN #20 and #10 have an identical name: blue');
  await send(cli, 'state suspend', 'exit');
  expect(rig.sim.model.running.vlans[20]).toEqual({ name: 'VLAN0020', active: false });
  expect(await refusal('no vlan 1')).toMatch(/Default VLAN 1 may not be deleted\./);
  expect(await refusal('no vlan 1003')).toMatch(/Default VLAN 1003 may not be deleted\./);
  await send(cli, 'no vlan 10');
  expect(rig.sim.model.running.vlans[10]).toBeUndefined();
  rig.sim.device.knobs.vtpClient = true;
  expect(await refusal('vlan 30')).toMatch(/^VTP VLAN configuration not allowed when device is in CLIENT mode/);
});

test('a port whose VLAN is deleted carries nothing, and a port set to its defaults is as new', async () => {
  up(GI1);
  await config('interface Gi1/0/1', 'switchport mode access', 'switchport access vlan 10', 'description x', 'shutdown');
  await config('no vlan 10', 'interface Gi1/0/1', 'no shutdown');
  expect(port(GI1).untagged).toBeNull();
  expect(await cli.run('show interfaces status')).toMatch(/^Gi1\/0\/1 +x +inactive +10 /m);
  const [, said] = await config('default interface Gi1/0/1');
  expect(said).toBe(`Interface ${GI1} set to default configuration`);
  expect(await block(GI1)).toEqual([]);
  expect(port(GI1).untagged).toBe(1);
});

test('the first member makes the port channel, and what the channel is told its members do', async () => {
  up(GI1, GI2);
  await config('interface Gi1/0/1', 'channel-group 1 mode active', 'interface Gi1/0/2', 'channel-group 1 mode active');
  await config('interface Port-channel1', 'switchport mode access', 'switchport access vlan 10');
  for (const name of [GI1, GI2]) expect(port(name)).toMatchObject({ lag: 'Port-channel1', untagged: 10 });
  expect(await block(GI1)).toEqual([
    ' switchport access vlan 10',
    ' switchport mode access',
    ' channel-group 1 mode active',
  ]);
  expect(await cli.run('show etherchannel summary')).toContain(
    '1      Po1(SU)         LACP      Gi1/0/1(P)      Gi1/0/2(P)',
  );
  expect(await cli.run('show interfaces Gi1/0/1 switchport')).toContain(
    'Operational Mode: static access (member of bundle Po1)',
  );
  await config('interface Gi1/0/2', 'no channel-group', 'no interface Po1');
  expect(port(GI1).lag).toBeNull();
  expect(rig.sim.model.running.ports['Port-channel1']).toBeUndefined();
});

test('portfast and BPDU guard are kept, with the warning that is no error', async () => {
  const outputs = await config('interface Gi1/0/5', 'spanning-tree portfast trunk', 'spanning-tree bpduguard enable');
  expect(outputs[2]).toMatch(/^%Warning: portfast/);
  expect(await block(GI5)).toEqual([' spanning-tree portfast trunk', ' spanning-tree bpduguard enable']);
  await config('interface Gi1/0/5', 'no spanning-tree portfast', 'no spanning-tree bpduguard');
  expect(await block(GI5)).toEqual([]);
});

test('a routed port is no switch port until it is made one again', async () => {
  await send(cli, 'configure terminal', 'interface Gi1/0/1', 'no switchport');
  expect(await refusal('switchport mode trunk')).toBe('Command rejected: Gi1/0/1 not a switching port.');
  expect(await cli.run('do show interfaces Gi1/0/1 switchport')).toBe('Name: Gi1/0/1\nSwitchport: Disabled');
  await send(cli, 'switchport', 'switchport mode trunk');
});
