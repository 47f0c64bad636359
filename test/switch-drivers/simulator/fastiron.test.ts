import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialect } from '../../../switch-drivers/fastiron/dialect.ts';
import { type CliRig, startCli } from './cli-rig.ts';

let rig: CliRig;
beforeAll(async () => {
  rig = await startCli('fastiron', dialect);
});
afterAll(() => rig.stop());

const port = () => rig.sim.model.port('ethernet1/1/1');

test('refusals in the words of the vendor', async () => {
  expect(await rig.type('show vlam')).toBe('Invalid input -> vlam\nType ? for a list');
  expect(await rig.type('configure terminal', 'interface')).toBe('Incomplete command.');
  expect(await rig.type('vlan 4091')).toBe('Error - VLAN 4091 is reserved.');
  expect(await rig.type('interface ethernet 1/1/99')).toMatch(/^Invalid input -> ethernet 1\/1\/99/);
  expect(await rig.type('interface ethernet 1/1/1', 'dual-mode 10')).toMatch(/^Invalid input -> /);
});

test('a port joins untagged from the default VLAN only, and falls back to it', async () => {
  expect(await rig.type('vlan 10 name blue by port', 'untagged ethernet 1/1/1 to 1/1/2')).toBe(
    'Added untagged port(s) ethe 1/1/1 to 1/1/2 to port-vlan 10.',
  );
  expect(await rig.type('vlan 20', 'untagged ethernet 1/1/1')).toBe(
    'Error - port ethe 1/1/1 are not member of default vlan',
  );
  expect(await rig.type('vlan 10', 'no untagged ethernet 1/1/1')).toMatch(/^Deleted untagged/);
  expect(port()).toMatchObject({ untagged: 1, tagged: [] });
  expect(await rig.type('vlan 1', 'no untagged ethernet 1/1/1')).toMatch(/are in no other vlan/);
  await rig.type('vlan 20', 'tagged ethe 1/1/1', 'vlan 1', 'no untagged ethe 1/1/1');
  expect(port()).toMatchObject({ mode: 'trunk', untagged: null, tagged: [20] });
  expect(await rig.type('do show running-config vlan')).toBe(
    [
      'vlan 1 name DEFAULT-VLAN by port',
      ' no untagged ethe 1/1/1',
      ' spanning-tree',
      '!',
      'vlan 10 name blue by port',
      ' untagged ethe 1/1/2',
      ' spanning-tree',
      '!',
      'vlan 20 by port',
      ' tagged ethe 1/1/1',
      ' spanning-tree',
      '!',
    ].join('\n'),
  );
  await rig.type('vlan 20', 'no tagged ethe 1/1/1');
  expect(port()).toMatchObject({ untagged: 1, tagged: [] });
});
