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

test('each line is in force at once: history shows every instant between two settings', async () => {
  await config('vlan 10', 'vlan 20', 'exit');
  up(GI1);
  const from = rig.sim.model.history.length;
  await config('interface Gi1/0/1', 'switchport mode trunk', 'switchport trunk allowed vlan 10,20', 'sw tr nat vl 10');
  const seen = rig.sim.model.history
    .slice(from)
    .map(({ cause, mode, untagged, tagged }) => [cause, mode, untagged, tagged]);
  expect(seen).toEqual([
    ['switchport mode trunk', 'trunk', 1, [10, 20]],
    ['switchport trunk allowed vlan 10,20', 'trunk', null, [10, 20]],
    ['sw tr nat vl 10', 'trunk', 10, [20]],
  ]);
});

test('prompts follow the mode, and a question is a prompt too', async () => {
  const [entered] = await send(cli, 'configure terminal');
  expect(entered).toBe('Enter configuration commands, one per line.  End with CNTL/Z.');
  await send(cli, 'interface gigabitethernet 1/0/1', 'vlan 10', 'exit', 'exit');
  expect(cli.mode).toBe('privileged');
  expect(await cli.run('copy running-config startup-config')).toMatch(
    /^Destination filename \[startup-config\]\?\s+Building configuration\.\.\.\n\[OK\]$/,
  );
  expect(await cli.run('write memory')).toBe('Building configuration...\n[OK]');
  expect(rig.sim.device.saves).toBe(2);
  expect(rig.sim.model.startup.vlans[10]).toBeDefined();
});

test('a line that makes no sense is refused under a caret; one too short or with two meanings in its own words', async () => {
  const tolerant = await rig.open({ failures: [] });
  expect(await tolerant.run('show vlam')).toBe(
    `${' '.repeat('Switch#show vla'.length)}^\n% Invalid input detected at '^' marker.\n`,
  );
  expect(await tolerant.run('show')).toBe('% Incomplete command.\n');
  expect(await tolerant.run('te length')).toBe('% Incomplete command.\n');
  await tolerant.run('configure terminal');
  expect(await tolerant.run('e')).toBe('% Ambiguous command:  "e"');
  expect(await tolerant.run('show version'), 'needs do').toMatch(/^ {15}\^\n% Invalid input/);
  expect(await tolerant.run('do show version')).toMatch(/^Cisco IOS XE Software, Version 16/);
  await tolerant.run('interface Gi1/0/1');
  expect(await tolerant.run('switchport access vlan 4095')).toMatch(/^ {41}\^\n/);
  expect(await tolerant.run('mtu 9000')).toMatch(/% Invalid input/);
  expect(await tolerant.run('interface Gi1/0/99')).toMatch(/% Invalid input/);
  expect(await tolerant.run(`switchport trunk allowed vlan ${'100,'.repeat(60)}100`)).toMatch(/% Invalid input/);
  expect(rig.sim.model.running.ports[GI1]?.allowed).toBe('all');
});

test('an access VLAN that does not exist is made, with a warning', async () => {
  up(GI1);
  const outputs = await config('interface Gi1/0/1', 'switchport mode access', 'switchport access vlan 10');
  expect(outputs[3]).toBe('% Access VLAN does not exist. Creating vlan 10');
  expect(rig.sim.model.running.vlans[10]).toEqual({ name: 'VLAN0010', active: true });
  expect(port(GI1)).toMatchObject({ mode: 'access', untagged: 10 });
});

test('a dynamic port is access until its partner trunks', async () => {
  up(GI1);
  await config('vlan 10');
  expect(port(GI1)).toMatchObject({ mode: 'access', untagged: 1, tagged: [] });
  rig.sim.model.setLink(GI1, true, 'dynamic auto');
  expect(port(GI1).mode).toBe('access');
  await config('interface Gi1/0/1', 'switchport mode dynamic desirable');
  expect(port(GI1)).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
  await config('interface Gi1/0/1', 'no switchport mode');
  expect(port(GI1).mode).toBe('access');
  rig.sim.model.setLink(GI1, true, 'trunk');
  expect(port(GI1).mode).toBe('trunk');
  await send(cli, 'configure terminal', 'interface Gi1/0/1');
  expect(await refusal('switchport nonegotiate')).toMatch(
    /^Command rejected: Conflict between 'nonegotiate' and 'dynamic'/,
  );
  await send(cli, 'switchport mode access', 'switchport nonegotiate');
  expect(await refusal('switchport mode dynamic auto')).toMatch(/^Command rejected: Conflict/);
});

test('hardware with ISL trunks only when told the encapsulation; other hardware does not know the line', async () => {
  await send(cli, 'configure terminal', 'interface Gi1/0/1');
  expect(await refusal('switchport trunk encapsulation dot1q')).toMatch(/Invalid input/);
  rig.sim.device.knobs.isl = true;
  expect(await refusal('switchport mode trunk')).toMatch(
    /^Command rejected: An interface whose trunk encapsulation is "Auto"/,
  );
  await send(cli, 'switchport trunk encapsulation dot1q', 'switchport mode trunk', 'end');
  expect(await block(GI1)).toEqual([' switchport trunk encapsulation dot1q', ' switchport mode trunk']);
});

test('allowed lists are set, added to, taken from and inverted; a bad list names the character', async () => {
  const allowed = () => rig.sim.model.running.ports[GI1]?.allowed;
  await send(cli, 'configure terminal', 'interface Gi1/0/1', 'switchport trunk allowed vlan add 10');
  expect(allowed(), 'adding to all is all').toBe('all');
  await send(cli, 'switchport trunk allowed vlan none', 'switchport trunk allowed vlan add 10-12');
  await send(cli, 'switchport trunk allowed vlan remove 11');
  expect(allowed()).toEqual([10, 12]);
  await send(cli, 'switchport trunk allowed vlan except 3-4094');
  expect(allowed()).toEqual([1, 2]);
  expect(await refusal('switchport trunk allowed vlan 1,x')).toBe(
    'Command rejected: Bad VLAN list - character #3 is a non-numeric',
  );
  expect(await refusal('switchport trunk allowed vlan 10,4095')).toMatch(/character #8 \(EOL\) delimits a VLAN/);
  await send(cli, 'no switchport trunk allowed vlan 10');
  expect(allowed()).toBe('all');
});
