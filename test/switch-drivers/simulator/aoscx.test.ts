import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialect } from '../../../switch-drivers/aruba-aoscx/dialect.ts';
import { type CliRig, startCli } from './cli-rig.ts';

let rig: CliRig;
beforeAll(async () => {
  rig = await startCli('aruba-aoscx', dialect);
});
afterAll(() => rig.stop());

const block = async (port: string) => {
  const output = await rig.cli.run(`do show running-config interface ${port}`);
  return output.split('\n').map((row) => row.trim());
};

test('refusals in the words of the vendor', async () => {
  expect(await rig.type('show vlam')).toBe('Invalid input: vlam');
  expect(await rig.type('configure terminal', 'interface')).toBe('% Command incomplete.');
  expect(await rig.type('interface 1/1/99')).toBe('Invalid input: 1/1/99');
  expect(await rig.type('interface 1/1/1', 'vlan access 77')).toBe('VLAN 77 should be created.');
  expect(await rig.type('vlan access 4095')).toBe('Invalid input: 4095');
  expect(await rig.type('routing', 'vlan access 1')).toBe('Operation not allowed on a routed interface.');
  expect(await rig.type('no routing', 'no vlan trunk allowed 1')).toBe('Operation not allowed on an access interface.');
});

test('the commands are the mode, and a trunk begins with every VLAN', async () => {
  await rig.type('vlan 10,20', 'exit', 'interface 1/1/2', 'vlan access 10');
  await rig.type('vlan trunk native 20');
  expect(await block('1/1/2')).toEqual([
    'interface 1/1/2',
    'no shutdown',
    'no routing',
    'vlan trunk native 20',
    'vlan trunk allowed all',
    'exit',
  ]);
  await rig.type('vlan access 10', 'vlan trunk allowed 10', 'vlan trunk allowed 20', 'no vlan trunk allowed 10');
  expect(await block('1/1/2')).toContain('vlan trunk allowed 20');
  await rig.type('no vlan trunk allowed 20');
  expect(await block('1/1/2'), 'the last one').toContain('vlan access 1');
});
