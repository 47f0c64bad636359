import { afterEach, beforeEach, expect, test } from 'vitest';
import { dialect } from '../../../switch-drivers/dell-os10/dialect.ts';
import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { CliSession } from '../../../switch-drivers/transports/ssh-cli/cli-session.ts';
import { sshOptions } from '../../../switch-drivers/transports/ssh-cli/options.ts';

let sim: SimulatedSwitch;
let cli: CliSession;

/** A session that takes refusals for output. */
beforeEach(async () => {
  const login = { username: 'admin', password: 'secret' };
  sim = await startSimulatedSwitch({
    platform: 'dell-os10',
    name: 'leaf1',
    ports: 4,
    chassisMac: '02:00:5e:00:53:00',
    ...login,
  });
  const ssh = sshOptions.parse({ host: sim.host, port: sim.port, ...login, hostKey: sim.hostKeyFingerprint });
  cli = await CliSession.open('leaf1', { ...dialect, failures: [] }, ssh, {});
});
afterEach(async () => {
  await cli.close();
  await sim.stop();
});

const PORT = 'ethernet1/1/1';
const config = async (...lines: string[]) => {
  const outputs: string[] = [];
  for (const text of ['configure terminal', ...lines, 'end']) outputs.push(await cli.run(text));
  return outputs.slice(1, -1);
};
const block = async () => {
  const output = await cli.run(`show running-configuration interface ${PORT}`);
  return output.split('\n').filter((row) => row.startsWith(' '));
};

test('refusals: no such command, port, VLAN; and what a port cannot be at once', async () => {
  expect(await cli.run('shwo vlan')).toBe('% Error: Unrecognized command.');
  const outputs = await config(
    'interface ethernet1/1/9',
    'interface vlan4094',
    'show vlan',
    `interface ${PORT}`,
    'switchport access vlan 30',
    'switchport trunk allowed vlan 1',
    'switchport mode trunk',
    'switchport trunk allowed vlan 1',
    'switchport trunk allowed vlan 30',
  );
  const refused = outputs.map((output) => output.startsWith('% Error: '));
  expect(refused).toEqual([true, true, true, false, true, true, false, true, true]);
  expect(sim.model.running.ports[PORT]).toMatchObject({ mode: 'trunk', nativeVlan: 1, allowed: [1] });
});

test('a trunk keeps the access VLAN and begins without tagged ones; access mode begins in the default VLAN', async () => {
  sim.model.setLink(PORT, true);
  await config('interface vlan10', 'interface vlan 20', 'interface vlan30');
  const from = sim.model.history.length;
  await config(
    `interface ${PORT}`,
    'switchport access vlan 10',
    'switchport mode trunk',
    'switchport trunk allowed vlan 20',
    'switchport trunk allowed vlan 30',
    'no switchport access vlan',
    'no switchport trunk allowed vlan 20',
    'switchport mode access',
  );
  const seen = sim.model.history.slice(from).map(({ untagged, tagged }) => [untagged, tagged]);
  expect(seen).toEqual([
    [10, []],
    [10, []],
    [10, [20]],
    [10, [20, 30]],
    [null, [20, 30]],
    [null, [30]],
    [1, []],
  ]);
});

test('the running configuration shows VLAN 1 and the state; tables and filters', async () => {
  expect(await block()).toEqual([' no shutdown', ' switchport access vlan 1', ' flowcontrol receive off']);
  await config('interface vlan10', 'description "rack A"', `interface ${PORT}`, 'shutdown', 'switchport mode trunk');
  await config(`interface ${PORT}`, 'no switchport access vlan', 'switchport trunk allowed vlan 10');
  expect(await block()).toEqual([
    ' shutdown',
    ' switchport mode trunk',
    ' no switchport access vlan',
    ' switchport trunk allowed vlan 10',
    ' flowcontrol receive off',
  ]);
  expect(await cli.run('show vlan')).toMatch(
    /^\* {3}1 +Inactive +A Eth1\/1\/2-1\/1\/4\n {4}10 +Inactive +rack A +T Eth1\/1\/1$/m,
  );
  expect(await cli.run('show running-configuration | grep ^hostname')).toBe('hostname leaf1');
  expect(await cli.run('show running-configuration | except .')).toBe('');
  expect((await cli.run('show running-configuration | find vlan10')).split('\n')[1]).toBe(' description "rack A"');
});

test('a deleted VLAN leaves its ports to the default one; saving is silent unless it fails', async () => {
  await config('interface vlan10', `interface ${PORT}`, 'switchport access vlan 10');
  await config('no interface vlan10');
  expect(sim.model.port(PORT).untagged).toBe(1);
  expect(await cli.run('write memory')).toBe('');
  expect(sim.device.saves).toBe(1);
  sim.device.faults.saveError = '% Error: no space left on device';
  expect(await cli.run('copy running-configuration startup-configuration')).toMatch(/^% Error/);
});
