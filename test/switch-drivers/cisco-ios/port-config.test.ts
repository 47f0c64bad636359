import { describe, expect, test } from 'vitest';
import { canonicalName, isSwitchPort, shortName } from '../../../switch-drivers/cisco-ios/port-names.ts';
import { foreignSettings, portConfig } from '../../../switch-drivers/cisco-ios/readers/port-config.ts';

test('port names: any form in, one form out', () => {
  for (const [printed, canonical, short] of [
    ['Gi1/0/1', 'GigabitEthernet1/0/1', 'Gi1/0/1'],
    ['gigabitethernet 1/0/1', 'GigabitEthernet1/0/1', 'Gi1/0/1'],
    ['Twe1/0/1', 'TwentyFiveGigE1/0/1', 'Twe1/0/1'],
    ['Tw1/0/1', 'TwoGigabitEthernet1/0/1', 'Tw1/0/1'],
    ['Te1/1/1', 'TenGigabitEthernet1/1/1', 'Te1/1/1'],
    ['Hu1/0/1/2', 'HundredGigE1/0/1/2', 'Hu1/0/1/2'],
    ['Po1', 'Port-channel1', 'Po1'],
    ['port-channel 12', 'Port-channel12', 'Po12'],
    ['Vl10', 'Vlan10', 'Vl10'],
    ['GigabitEthernet2/0/4.100', 'GigabitEthernet2/0/4.100', 'Gi2/0/4.100'],
  ] as const) {
    expect(canonicalName(printed), printed).toBe(canonical);
    expect(shortName(canonical)).toBe(short);
    expect(canonicalName(shortName(canonical))).toBe(canonical);
  }
  for (const none of ['CPU', 'Router', '1/0/1', 'Xx1/1', 'Gi', 'Gi1/0/', 'G1/0/1', '', 'Gi1/0/1 x']) {
    expect(canonicalName(none), none).toBeNull();
  }
  expect(['GigabitEthernet1/0/1', 'Port-channel1', 'Ethernet0/0'].every(isSwitchPort)).toBe(true);
  const others = ['Vlan1', 'Loopback0', 'FastEthernet0', 'GigabitEthernet1/0/1.10', 'Tunnel1'];
  expect(others.some(isSwitchPort)).toBe(false);
});

describe('running configuration', () => {
  const CONFIG = [
    'interface Port-channel1',
    ' switchport mode trunk',
    'interface GigabitEthernet0/0',
    ' vrf forwarding Mgmt-vrf',
    ' no ip address',
    'interface GigabitEthernet1/0/1',
    'interface GigabitEthernet1/0/2',
    ' description  rack 4 | node ! "7"',
    ' switchport access vlan 20',
    ' switchport mode access',
    ' switchport voice vlan 30',
    ' shutdown',
    ' mtu 9198',
    ' spanning-tree portfast',
    'interface GigabitEthernet1/0/3',
    ' switchport trunk native vlan 99',
    ' switchport trunk allowed vlan 10,20-22,99',
    ' switchport trunk allowed vlan add 30',
    ' switchport mode trunk',
    ' channel-group 1 mode active',
    'interface GigabitEthernet1/0/4',
    ' switchport trunk native vlan 99',
    ' switchport trunk allowed vlan none',
    ' switchport mode trunk',
    'interface GigabitEthernet1/0/5',
    ' switchport mode dot1q-tunnel',
    ' l2protocol-tunnel stp',
    'interface GigabitEthernet1/0/6',
    ' switchport access vlan 5000',
    ' switchport frobnicate vlan 7',
    ' frobnicate',
    'interface GigabitEthernet1/0/7',
    ' switchport access vlan 7',
    ' no switchport',
    ' ip address 192.0.2.1 255.255.255.0',
    'interface GigabitEthernet1/0/8',
    ' service instance 10 ethernet',
    '  encapsulation dot1q 10',
    '  bridge-domain 10',
    'interface Vlan1',
    ' no ip address',
    ' shutdown',
  ].join('\r\n');

  test('settings and defaults', () => {
    const { rows, unparsed } = portConfig.read(CONFIG);
    const of = (portId: string) => rows.find((row) => row.portId === portId);
    expect(rows).toHaveLength(11);
    expect(of('Port-channel1')).toMatchObject({ adminUp: true, mode: 'trunk', untagged: 1, tagged: 'all', lag: null });
    expect(of('GigabitEthernet0/0')).toMatchObject({ mode: 'routed', untagged: null, tagged: null });
    expect(of('GigabitEthernet1/0/1')).toEqual({
      portId: 'GigabitEthernet1/0/1',
      adminUp: true,
      operUp: null,
      mode: 'access',
      untagged: 1,
      tagged: [],
      lag: null,
      description: null,
      mtu: null,
    });
    expect(of('GigabitEthernet1/0/2')).toMatchObject({
      adminUp: false,
      mode: 'access',
      untagged: 20,
      description: ' rack 4 | node ! "7"',
      mtu: 9198,
    });
    expect(of('GigabitEthernet1/0/3')).toMatchObject({
      mode: 'trunk',
      untagged: 99,
      tagged: [10, 20, 21, 22, 30],
      lag: 'Port-channel1',
    });
    // The native VLAN is not allowed: untagged frames are dropped.
    expect(of('GigabitEthernet1/0/4')).toMatchObject({ mode: 'trunk', untagged: null, tagged: [] });
    expect(of('GigabitEthernet1/0/5')).toMatchObject({ mode: 'other', untagged: null, tagged: null });
    expect(of('GigabitEthernet1/0/6')).toMatchObject({ mode: 'access', untagged: null });
    expect(of('GigabitEthernet1/0/7')).toMatchObject({ mode: 'routed' });
    expect(of('Vlan1')).toMatchObject({ mode: 'routed', adminUp: false });
    expect(unparsed).toEqual([' switchport access vlan 5000', ' switchport frobnicate vlan 7', ' frobnicate']);
  });

  test('what a row cannot express is listed per port', () => {
    expect([...foreignSettings(CONFIG)]).toEqual([
      ['GigabitEthernet1/0/2', ['switchport voice vlan 30']],
      ['GigabitEthernet1/0/5', ['switchport mode dot1q-tunnel', 'l2protocol-tunnel stp']],
      ['GigabitEthernet1/0/6', ['switchport access vlan 5000', 'switchport frobnicate vlan 7']],
      ['GigabitEthernet1/0/8', ['service instance 10 ethernet', 'encapsulation dot1q 10', 'bridge-domain 10']],
    ]);
  });

  test('settings below a heading that is no interface are not given to the port before', () => {
    const { rows, unparsed } = portConfig.read('interface Gi1/0/1\ninterface Foo7\n shutdown\n');
    expect(rows).toMatchObject([{ portId: 'GigabitEthernet1/0/1', adminUp: true }]);
    expect(unparsed).toEqual(['interface Foo7', ' shutdown']);
  });
});
