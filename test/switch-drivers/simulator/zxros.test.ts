import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialect } from '../../../switch-drivers/zte-zxros/dialect.ts';
import { type CliRig, startCli } from './cli-rig.ts';

let rig: CliRig;
beforeAll(async () => {
  rig = await startCli('zte-zxros', dialect);
});
afterAll(() => rig.stop());

test('refusals by number; a line is looked for in the current mode only', async () => {
  expect(await rig.type('show vlam')).toMatch(/^ +\^\n%Error 20200: Invalid input detected at '\^' marker\.$/);
  expect(await rig.type('configure terminal', 'interface')).toBe('%Error 20203: Incomplete command');
  expect(await rig.type('interface xgei-1/1/0/1', 'switchport mode trunk')).toMatch(/%Error 20200/);
  expect(await rig.type('switchvlan-configuration')).toMatch(/%Error 20200/);
  await rig.type('exit', 'switchvlan-configuration', 'interface xgei-1/1/0/1');
  expect(await rig.type('switchport access vlan 77')).toBe('%Error 20610: VLAN 77 does not exist.');
  expect(await rig.type('switchport trunk vlan 1')).toBe('%Error 20605: The interface is not in trunk mode.');
});

test('a trunk begins with native VLAN 1, is added to, and forgets with its mode', async () => {
  await rig.type('exit', 'vlan 10', 'name blue', 'exit', 'interface xgei-1/1/0/2', 'switchport mode trunk');
  const port = () => rig.sim.model.port('xgei-1/1/0/2');
  expect(port()).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [] });
  await rig.type('switchport trunk vlan 10', 'switchport trunk vlan 1', 'switchport trunk native vlan 10');
  expect(await rig.type('do show running-config switchvlan')).toBe(
    [
      '!<switchvlan>',
      'switchvlan-configuration',
      '  vlan list 1',
      '  vlan 10',
      '    name blue',
      '  $',
      '  interface xgei-1/1/0/2',
      '    switchport mode trunk',
      '    switchport trunk vlan 1,10',
      '    switchport trunk native vlan 10',
      '  $',
      '$',
      '!</switchvlan>',
    ].join('\n'),
  );
  await rig.type('switchport mode access', 'switchport mode trunk');
  expect(port()).toMatchObject({ untagged: 1, tagged: [] });
});
