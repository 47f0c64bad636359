import { expect, test } from 'vitest';
import { foreignSettings, portConfig, vlanConfig } from '../../../switch-drivers/zte-zxros/readers/port-config.ts';

const ZXROS = [
  '!<if-intf>',
  'interface xgei-1/1/0/1',
  '  description to rack 7',
  '  no shutdown',
  '  switch attribute enable',
  '$',
  'interface xgei-1/1/0/2',
  '  ip address 10.0.0.1 255.255.255.252',
  '  shutdown',
  '$',
  '!</if-intf>',
  '!<switchvlan>',
  'switchvlan-configuration',
  '  vlan 10',
  '    name office',
  '  $',
  '  vlan list 20-21',
  '  interface xgei-1/1/0/1',
  '    switchport mode trunk',
  '    switchport trunk vlan 10,20-21',
  '    switchport trunk native vlan 5',
  '    switchport qinq customer',
  '  $',
  '  interface smartgroup1',
  '    switchport mode hybrid',
  '    switchport hybrid vlan 10 tag',
  '    switchport hybrid vlan 20 untag',
  '    switchport hybrid native vlan 71',
  '    switchport surprise',
  '  $',
  '$',
  '!</switchvlan>',
  '!<lacp>',
  'lacp',
  '  interface xgei-1/1/0/3',
  '    smartgroup 1 mode active',
  '  $',
  '$',
  '!</lacp>',
].join('\n');

test('ports from the configuration of ZXROS', () => {
  const { rows, unparsed } = portConfig.read(ZXROS);
  expect(unparsed).toEqual(['    switchport surprise']);
  expect(rows).toMatchObject([
    {
      portId: 'xgei-1/1/0/1',
      adminUp: true,
      mode: 'trunk',
      untagged: 5,
      tagged: [10, 20, 21],
      description: 'to rack 7',
      lag: null,
    },
    { portId: 'xgei-1/1/0/2', adminUp: false, mode: 'routed', untagged: null, tagged: [] },
    { portId: 'smartgroup1', mode: 'other', untagged: 71, tagged: [10] },
    { portId: 'xgei-1/1/0/3', adminUp: null, mode: null, lag: 'smartgroup1' },
  ]);
  expect([...foreignSettings(ZXROS)]).toEqual([
    ['xgei-1/1/0/1', ['switchport qinq customer']],
    ['smartgroup1', ['switchport surprise', 'switchport hybrid vlan 20 untag']],
  ]);
  expect(vlanConfig.read(ZXROS).rows).toMatchObject([
    { vlan: 10, name: 'office' },
    { vlan: 20, name: null },
    { vlan: 21, name: null },
  ]);
});

test('ports from the configuration of ROS', () => {
  const { rows, unparsed } = portConfig.read(
    ['interface gei_5/2', '  negotiation auto', '  switchport access vlan 7', '!', 'interface gei_5/3', '!', ''].join(
      '\n',
    ),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toMatchObject([
    { portId: 'gei_5/2', adminUp: true, mode: 'access', untagged: 7, tagged: [] },
    { portId: 'gei_5/3', adminUp: true, mode: 'access', untagged: 1, tagged: [] },
  ]);
});
