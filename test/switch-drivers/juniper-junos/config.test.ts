import { expect, test } from 'vitest';
import { foreignSettings, portConfig } from '../../../switch-drivers/juniper-junos/readers/port-config.ts';
import { read } from './read.ts';

const CONFIG = [
  'set interfaces interface-range users member "ge-0/0/[1-2]"',
  'set interfaces interface-range users unit 0 family ethernet-switching interface-mode access',
  'set interfaces interface-range users unit 0 family ethernet-switching vlan members office',
  'set interfaces ge-0/0/2 description "desk \\"7\\", window"',
  'set interfaces ge-0/0/2 disable',
  'set interfaces xe-0/0/10 mtu 9216',
  'set interfaces xe-0/0/10 native-vlan-id 5',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching interface-mode trunk',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching vlan members office',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching vlan members 20-22',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching vlan members 5',
  'set interfaces xe-0/0/11 unit 0 family ethernet-switching interface-mode trunk',
  'set interfaces xe-0/0/11 unit 0 family ethernet-switching vlan members all',
  'set interfaces xe-0/0/12 unit 0 family ethernet-switching vlan members unknown',
  'set interfaces xe-0/0/13 ether-options 802.3ad ae0',
  'set interfaces xe-0/0/14 flexible-vlan-tagging',
  'set interfaces xe-0/0/14 unit 100 vlan-id 100',
  'set interfaces xe-0/0/15 unit 0 family inet address 10.0.0.1/31',
  'set interfaces xe-0/0/16 unit 0 family ethernet-switching',
  'set interfaces xe-0/0/17 disable',
  'deactivate interfaces xe-0/0/17 disable',
  'set interfaces xe-0/0/17 frobnicate',
  'set interfaces ae0 aggregated-ether-options lacp active',
  'set interfaces irb unit 10 family inet address 10.0.10.1/24',
  'set vlans office vlan-id 10',
  'set vlans office l3-interface irb.10',
  'set vlans lab vlan-id-list 30-31',
  'set vlans old interface ge-0/0/3.0',
  'set vlans old vlan-id 40',
  'set vlans old dot1q-tunneling',
  'set switch-options voip interface ge-0/0/1.0 vlan lab',
].join('\n');

test('ports from the configuration', () => {
  const { rows, unparsed } = portConfig.read(CONFIG);
  expect(unparsed).toEqual(['set interfaces xe-0/0/17 frobnicate']);
  const row = (portId: string) => rows.find((one) => one.portId === portId);
  expect(row('ge-0/0/1')).toMatchObject({ adminUp: true, mode: 'access', untagged: 10, tagged: [] });
  expect(row('ge-0/0/2')).toMatchObject({
    adminUp: false,
    mode: 'access',
    untagged: 10,
    description: 'desk "7", window',
  });
  expect(row('ge-0/0/3')).toMatchObject({ mode: 'access', untagged: 40 });
  expect(row('xe-0/0/10')).toMatchObject({ mode: 'trunk', untagged: 5, tagged: [10, 20, 21, 22], mtu: 9216 });
  expect(row('xe-0/0/11')).toMatchObject({ mode: 'trunk', untagged: null, tagged: 'all' });
  expect(row('xe-0/0/12')).toMatchObject({ mode: 'access', untagged: null });
  expect(row('xe-0/0/13')).toMatchObject({ mode: null, lag: 'ae0' });
  expect(row('xe-0/0/15')).toMatchObject({ mode: 'routed', tagged: [] });
  expect(row('xe-0/0/16')).toMatchObject({ mode: 'access', untagged: 1 });
  expect(row('xe-0/0/17')).toMatchObject({ adminUp: true });
  expect(row('irb')).toBeUndefined();
  expect([...foreignSettings(CONFIG)]).toEqual([
    ['ge-0/0/1', ['set switch-options voip interface ge-0/0/1.0 vlan lab']],
    ['xe-0/0/14', ['set interfaces xe-0/0/14 flexible-vlan-tagging', 'set interfaces xe-0/0/14 unit 100 vlan-id 100']],
    ['ge-0/0/3', ['set vlans old dot1q-tunneling']],
  ]);
});

test('VLANs from the configuration', () => {
  const { rows, unparsed } = read(
    'show configuration vlans | display set',
    [
      'set vlans office vlan-id 10',
      'set vlans lab vlan-id-list 30-31',
      'set vlans none vlan-id none',
      'set vlans x surprise',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual(['set vlans x surprise']);
  expect(rows).toEqual([
    { vlan: 10, name: 'office', active: null, ports: null },
    { vlan: 30, name: null, active: null, ports: null },
    { vlan: 31, name: null, active: null, ports: null },
  ]);
});
