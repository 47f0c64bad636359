import { expect, test } from 'vitest';
import { canonicalName, isSwitchPort, shortName } from '../../../switch-drivers/cisco-nxos/port-names.ts';
import { foreignSettings, portConfig } from '../../../switch-drivers/cisco-nxos/readers/port-config.ts';

test('port names: any form in, one form out', () => {
  for (const [printed, canonical, short] of [
    ['Eth1/1', 'Ethernet1/1', 'Eth1/1'],
    ['Et3/1/1', 'Ethernet3/1/1', 'Eth3/1/1'],
    ['ethernet 1/1', 'Ethernet1/1', 'Eth1/1'],
    ['Eth101/1/1', 'Ethernet101/1/1', 'Eth101/1/1'],
    ['Po10', 'port-channel10', 'Po10'],
    ['port-channel 10', 'port-channel10', 'Po10'],
    ['Lo0', 'loopback0', 'Lo0'],
    ['mgmt0', 'mgmt0', 'mgmt0'],
    ['Vlan10', 'Vlan10', 'Vlan10'],
    ['Ethernet1/1.100', 'Ethernet1/1.100', 'Eth1/1.100'],
  ] as const) {
    expect(canonicalName(printed), printed).toBe(canonical);
    expect(shortName(canonical)).toBe(short);
    expect(canonicalName(shortName(canonical))).toBe(canonical);
  }
  for (const none of ['Drop', '--', '1/1', 'Foo1/1', 'Eth', 'Eth1/', '', 'vPC Peer-Link', 'Eth1/1 x']) {
    expect(canonicalName(none), none).toBeNull();
  }
  expect(['Ethernet1/1', 'Ethernet1/1/1', 'port-channel7'].every(isSwitchPort)).toBe(true);
  expect(['mgmt0', 'Vlan1', 'loopback0', 'nve1', 'Ethernet1/1.100', 'Tunnel1'].some(isSwitchPort)).toBe(false);
});

const CONFIG = `!Command: show running-config interface
!Time: Sat Nov 21 20:00:00 2026

version 9.3(5) Bios:version 07.67

interface Vlan1

interface port-channel10
  switchport mode trunk
  switchport trunk native vlan 99
  switchport trunk allowed vlan 10,20-22,99
  vpc 10

interface nve1
  no shutdown
  member vni 10010
    mcast-group 239.0.0.1

interface Ethernet1/1
  description  rack 4 | node
  switchport mode trunk
  switchport trunk allowed vlan 10
  switchport trunk allowed vlan add 30
  spanning-tree port type edge trunk
  mtu 9216
  channel-group 10 force mode active

interface Ethernet1/2

interface Ethernet1/3
  switchport access vlan 20
  shutdown

interface Ethernet1/4
  no switchport
  ip address 192.0.2.1/24
  no shutdown

interface Ethernet1/5
  switchport mode fex-fabric
  fex associate 101
  channel-group 101

interface Ethernet1/6
  inherit port-profile leaf
  service instance 5 vni
    encapsulation profile p default
  switchport trunk allowed vlan 10,4095
  frobnicate

interface Ethernet1/7
  no switchport
`;

test('settings and defaults', () => {
  const { rows, unparsed } = portConfig.read(CONFIG);
  const of = (portId: string) => rows.find((row) => row.portId === portId);
  expect(rows).toHaveLength(10);
  expect(of('port-channel10')).toMatchObject({ adminUp: true, mode: 'trunk', untagged: 99, tagged: [10, 20, 21, 22] });
  expect(of('nve1')).toMatchObject({ adminUp: true, mode: 'routed' });
  expect(of('Ethernet1/1')).toEqual({
    portId: 'Ethernet1/1',
    adminUp: true,
    operUp: null,
    mode: 'trunk',
    // VLAN 1 is native and not allowed: untagged frames are dropped.
    untagged: null,
    tagged: [10, 30],
    lag: 'port-channel10',
    description: ' rack 4 | node',
    mtu: 9216,
  });
  expect(of('Ethernet1/2')).toMatchObject({ adminUp: true, mode: 'access', untagged: 1, tagged: [] });
  expect(of('Ethernet1/3')).toMatchObject({ adminUp: false, mode: 'access', untagged: 20 });
  expect(of('Ethernet1/4')).toMatchObject({ adminUp: true, mode: 'routed', untagged: null });
  expect(of('Ethernet1/5')).toMatchObject({ mode: 'other', lag: 'port-channel101' });
  expect(of('Ethernet1/7')).toMatchObject({ adminUp: false, mode: 'routed' });
  expect(unparsed).toEqual(['  switchport trunk allowed vlan 10,4095', '  frobnicate']);
});

test('what a row cannot express is listed per port', () => {
  expect([...foreignSettings(CONFIG)]).toEqual([
    ['Ethernet1/5', ['switchport mode fex-fabric', 'fex associate 101']],
    [
      'Ethernet1/6',
      [
        'inherit port-profile leaf',
        'service instance 5 vni',
        'encapsulation profile p default',
        'switchport trunk allowed vlan 10,4095',
      ],
    ],
  ]);
});

test('a switch whose ports are routed, or shut down, unless told otherwise', () => {
  const routed = 'interface Ethernet1/1\n  switchport\n  no shutdown\ninterface Ethernet1/2\n';
  expect(portConfig.read(routed).rows).toMatchObject([
    { mode: 'access', adminUp: true },
    { mode: 'routed', adminUp: false },
  ]);
  const shut = 'interface Ethernet1/1\n  no shutdown\ninterface Ethernet1/2\ninterface port-channel1\n';
  expect(portConfig.read(shut).rows).toMatchObject([
    { mode: 'access', adminUp: true },
    { mode: 'access', adminUp: false },
    { mode: 'access', adminUp: true },
  ]);
  const told =
    'no system default switchport\nsystem default switchport shutdown\ninterface Ethernet1/2\n  switchport\n';
  expect(portConfig.read(told)).toMatchObject({ rows: [{ mode: 'access', adminUp: false }], unparsed: [] });
});
