import { expect, test } from 'vitest';
import { foreignSettings } from '../../../switch-drivers/arista-eos/readers/port-config.ts';
import { read } from './read-output.ts';

const CONFIG = `! Command: show running-config section interface
interface Port-Channel7
   description  rack "7"
   switchport trunk native vlan tag
   switchport trunk allowed vlan 10-11,20
   switchport mode trunk
!
interface Ethernet1
!
interface Ethernet2
   shutdown
   mtu 9214
   switchport access vlan 10
   switchport trunk allowed vlan none
   spanning-tree portfast
interface Ethernet3
   switchport trunk native vlan 10
   switchport mode trunk
interface Ethernet4
   switchport trunk native vlan 10
   switchport trunk allowed vlan 10-11
   switchport trunk allowed vlan add 12
   switchport mode trunk
   switchport vlan mapping 11 12
interface Ethernet5
   no switchport
   ip address 10.0.0.1/31
interface Ethernet6
   channel-group 7 mode active
interface Ethernet7
   switchport mode dot1q-tunnel
   a setting of tomorrow
   switchport access vlan 4095
interface Vlan10
   ip address 10.1.0.1/24
`;

test('the configuration: defaults, both modes, and what a row cannot express', () => {
  const { rows, unparsed } = read('show running-config section interface', CONFIG);
  const by = new Map(rows.map((row) => [(row as { portId: string }).portId, row]));
  expect(by.get('Port-Channel7')).toMatchObject({
    adminUp: true,
    mode: 'trunk',
    untagged: null,
    tagged: [10, 11, 20],
    description: ' rack "7"',
  });
  expect(by.get('Ethernet1')).toEqual({
    portId: 'Ethernet1',
    adminUp: true,
    operUp: null,
    mode: 'access',
    untagged: 1,
    tagged: [],
    lag: null,
    description: null,
    mtu: null,
  });
  expect(by.get('Ethernet2')).toMatchObject({ adminUp: false, mode: 'access', untagged: 10, tagged: [], mtu: 9214 });
  expect(by.get('Ethernet3')).toMatchObject({ mode: 'trunk', untagged: 10, tagged: 'all' });
  expect(by.get('Ethernet4')).toMatchObject({ mode: 'trunk', untagged: 10, tagged: [11, 12] });
  expect(by.get('Ethernet5')).toMatchObject({ mode: 'routed', untagged: null, tagged: null });
  expect(by.get('Ethernet6')).toMatchObject({ lag: 'Port-Channel7' });
  expect(by.get('Ethernet7')).toMatchObject({ mode: 'other' });
  expect(by.get('Vlan10')).toMatchObject({ mode: 'routed' });
  expect(unparsed.map((line) => line.trim())).toEqual(['a setting of tomorrow', 'switchport access vlan 4095']);
  expect([...foreignSettings(CONFIG)]).toEqual([
    ['Ethernet4', ['switchport vlan mapping 11 12']],
    ['Ethernet7', ['switchport mode dot1q-tunnel']],
  ]);
});

test('the configuration: ports may be routed by default', () => {
  const { rows } = read(
    'show running-config section interface',
    'switchport default mode routed\ninterface Ethernet1\ninterface Ethernet2\n   switchport\n',
  );
  expect(rows).toMatchObject([{ mode: 'routed' }, { mode: 'access', untagged: 1 }]);
});
