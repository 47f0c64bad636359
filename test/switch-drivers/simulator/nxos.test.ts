import { afterEach, beforeEach, expect, test } from 'vitest';
import { dialect } from '../../../switch-drivers/cisco-nxos/dialect.ts';
import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { CliSession } from '../../../switch-drivers/transports/ssh-cli/cli-session.ts';
import { sshOptions } from '../../../switch-drivers/transports/ssh-cli/options.ts';

let sim: SimulatedSwitch;
let cli: CliSession;

/** A session that takes refusals for output. */
beforeEach(async () => {
  const login = { username: 'admin', password: 'secret' };
  sim = await startSimulatedSwitch({
    platform: 'cisco-nxos',
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

const config = async (...lines: string[]) => {
  const outputs: string[] = [];
  for (const text of ['configure terminal', ...lines, 'end']) outputs.push(await cli.run(text));
  return outputs.slice(1, -1);
};
const block = async (name: string) => {
  const output = await cli.run(`show running-config interface ${name}`);
  return output.split('\n').filter((row) => row.startsWith(' '));
};

test('what makes no sense is refused under a caret, what is the switch’s own in words', async () => {
  expect(await cli.run('show foo')).toBe(`${' '.repeat('leaf1# show '.length)}^\n% Invalid command at '^' marker.`);
  expect(await cli.run('show')).toMatch(/^ +\^\n% Incomplete command at '\^' marker\.$/);
  const [ambiguous, badPort, , badVlan, reserved, tooMuch, shown] = await config(
    'e',
    'interface Ethernet1/9',
    'interface Ethernet1/1',
    'switchport access vlan 4095',
    'switchport access vlan 4000',
    'switchport trunk allowed vlan 1,x',
    'show vlan brief',
  );
  expect(ambiguous).toMatch(/% Ambiguous command at/);
  expect([badPort, badVlan, tooMuch].every((output) => / at '\^' marker\.$/.test(output ?? ''))).toBe(true);
  expect(reserved).toMatch(/^ERROR: .*reserved/);
  expect(shown, 'show works within the configuration').toMatch(/^\nVLAN Name/);
  expect(sim.model.running.ports['Ethernet1/1']).toMatchObject({ accessVlan: 1, allowed: 'all' });
});

test('a trunk begins with all VLANs; an access VLAN that does not exist carries nothing; VLANs are made when left', async () => {
  sim.model.setLink('Ethernet1/1', true);
  await config('vlan 10', 'name blue', 'exit', 'interface e1/1', 'switchport mode trunk');
  expect(sim.model.port('Ethernet1/1')).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
  await config('interface e1/1', 'switchport mode access', 'switchport access vlan 30');
  expect(sim.model.port('Ethernet1/1').untagged).toBeNull();
  expect(await cli.run('show interface status')).toMatch(/^Eth1\/1 +-- +inactive +30 /m);
  await cli.run('configure terminal');
  await cli.run('vlan 30');
  expect(sim.model.running.vlans[30]).toBeUndefined();
  await cli.run('exit');
  expect(sim.model.port('Ethernet1/1').untagged).toBe(30);
});

test('the running configuration leaves defaults out and goes on with add; layers forget each other', async () => {
  const list = Array.from({ length: 40 }, (_, index) => 100 + 2 * index).join(',');
  await config('interface e1/1', `switchport trunk allowed vlan ${list}`, 'switchport mode trunk', 'shutdown');
  const rows = await block('Ethernet1/1');
  expect(rows[0]).toBe('  switchport mode trunk');
  expect(rows.filter((row) => row.startsWith('  switchport trunk allowed vlan add ')).length).toBeGreaterThan(0);
  expect(rows.at(-1)).toBe('  shutdown');
  const [, , , refused] = await config('interface e1/1', 'no switchport', 'no shutdown', 'switchport mode trunk');
  expect(refused).toMatch(/^ERROR: /);
  expect(await block('Ethernet1/1')).toEqual(['  no switchport', '  no shutdown']);
  await config('interface e1/1', 'switchport');
  expect(await block('Ethernet1/1')).toEqual([]);
});

test('saving says so, or why not; a locked configuration is not entered', async () => {
  expect(await cli.run('copy running-config startup-config')).toMatch(/100%\n.*\nCopy complete\.$/);
  expect(sim.device.saves).toBe(1);
  sim.device.faults.saveError = 'ERROR: no space left on device';
  expect(await cli.run('copy running-config startup-config')).not.toMatch(/Copy complete/);
  sim.device.faults.lockHeld = 'bob';
  expect(await cli.run('configure terminal')).toMatch(/^ERROR: .*locked by user bob/);
  expect(cli.mode).toBe('exec');
});
