import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/dell-os10/outputs.ts';
import { canonicalName, isSwitchPort, portList, shortName } from '../../../switch-drivers/dell-os10/port-names.ts';
import { neighbors } from '../../../switch-drivers/dell-os10/readers/evidence.ts';
import { macTable } from '../../../switch-drivers/dell-os10/readers/mac-table.ts';
import { neighborTable } from '../../../switch-drivers/dell-os10/readers/neighbor-table.ts';
import { neighborsDetail } from '../../../switch-drivers/dell-os10/readers/neighbors.ts';
import { ports } from '../../../switch-drivers/dell-os10/readers/ports.ts';
import { vlans } from '../../../switch-drivers/dell-os10/readers/vlans.ts';

test('port names: any form in, one form out', () => {
  for (const [printed, canonical, short] of [
    ['Eth 1/1/1', 'ethernet1/1/1', 'Eth1/1/1'],
    ['ethernet1/1/25:4', 'ethernet1/1/25:4', 'Eth1/1/25:4'],
    ['Po 10', 'port-channel10', 'Po10'],
    ['port-channel1000', 'port-channel1000', 'Po1000'],
  ] as const) {
    expect(canonicalName(printed), printed).toBe(canonical);
    expect(shortName(canonical)).toBe(short);
    expect(canonicalName(short)).toBe(canonical);
    expect(isSwitchPort(canonical)).toBe(true);
  }
  for (const none of ['ethernet1', 'port-channel1/1/1', 'Eth 1/1', 'breakout 1/1/1', '', 'ethernet1/1/1 x']) {
    expect(canonicalName(none), none).toBeNull();
  }
  expect(['vlan10', 'mgmt1/1/1', 'loopback0', 'virtual-network100'].some(isSwitchPort)).toBe(false);
  expect(portList('Eth1/1/2,1/1/9-1/1/11')).toEqual([2, 9, 10, 11].map((port) => `ethernet1/1/${port}`));
  expect(portList('Po1,10-12')).toEqual([1, 10, 11, 12].map((id) => `port-channel${id}`));
  for (const none of ['Eth1/1/1:1-1/1/2:4', 'Eth1/1/9-1/1/2', 'Eth1/1/1-1/2/4', 'Te1/1/1']) {
    expect(portList(none), none).toBeNull();
  }
});

const STATUS = `
---------------------------------------------------------------------------------
Port            Description     Status   Speed    Duplex   Mode Vlan Tagged-Vlans
---------------------------------------------------------------------------------
Eth 1/1/1                       up       25G      full     A    20   -
Eth 1/1/2       to the spine of up       25G      full     T    7    107,200-210
Eth 1/1/3                       down     0                 T    -    30
Eth 1/1/4                       down     0        auto     A    1    -
Eth 1/1/5                       up       25G      full     -
Eth 1/1/6                       down     0                 A    1    -
Eth 1/1/7                       down     0                 A    40   -
---------------------------------------------------------------------------------
`;

const VLANS = `Codes: * - Default VLAN, M - Management VLAN, R - Remote Port Mirroring VLANs,
       @ - Attached to Virtual Network, P - Primary, C - Community, I - Isolated,
       S - VLAN-Stack VLAN
Q: A - Access (Untagged), T - Tagged
    NUM    Status    Description                     Q Ports
*   1      Inactive                                  A Eth1/1/4
M   20     Active    rack A                          T Po10
                                                     A Eth1/1/1,1/1/8-1/1/9
 @  107    Active                                    T Eth1/1/2:1-1/1/3:4
    200    Inactive
`;

const CONFIG = `!
interface breakout 1/1/1 map 100g-1x
!
interface vlan20
 description "rack A"
 no shutdown
 !
 vrrp-group 7
  priority 150
!
interface port-channel10
 no shutdown
 switchport mode trunk
 switchport access vlan 1
 switchport trunk allowed vlan 20
 vlt-port-channel 10
!
interface ethernet1/1/1
 description "node 1, left"
 no shutdown
 switchport access vlan 20
 mtu 9216
 flowcontrol receive off
 spanning-tree port type edge
!
interface ethernet1/1/2
 no shutdown
 switchport mode trunk
 switchport access vlan 7
 switchport trunk allowed vlan 107
 switchport trunk allowed vlan 200-210
!
interface ethernet1/1/3
 shutdown
 switchport mode trunk
 switchport trunk allowed vlan 30
!
interface ethernet1/1/4
 no shutdown
 switchport access vlan 1
 dot1x port-control auto
!
interface ethernet1/1/5
 no shutdown
 no switchport
 ip address 192.0.2.1/31
!
interface ethernet1/1/6
 no shutdown
 channel-group 10 mode active
 no switchport
!
interface ethernet1/1/7
 no shutdown
 switchport access vlan 4099
 frobnicate
!
interface ethernet1/1/8
 no shutdown
 switchport mode trunk
 no switchport access vlan
!
`;

test('ports: blocks and tables together; what could carry another VLAN is foreign', () => {
  const table = ports.read([STATUS, VLANS, CONFIG, ' member-interface ethernet1/1/8 vlan-tag 100\n']);
  expect(table.vlans).toEqual([1, 20, 107, 200]);
  expect(table.ports).toMatchObject([
    { portId: 'ethernet1/1/1', adminUp: true, operUp: true, mode: 'access', untagged: 20, description: 'node 1, left' },
    {
      portId: 'ethernet1/1/2',
      mode: 'trunk',
      untagged: 7,
      tagged: [107, ...Array.from({ length: 11 }, (_, i) => 200 + i)],
    },
    // Its block is silent: the table tells that there is no access VLAN.
    { portId: 'ethernet1/1/3', adminUp: false, mode: 'trunk', untagged: null, tagged: [30], foreign: null },
    { portId: 'ethernet1/1/4', foreign: 'it has "dot1x port-control auto"' },
    { portId: 'ethernet1/1/5', foreign: 'it is a routed port' },
    { portId: 'ethernet1/1/6', foreign: 'it is a member of port-channel10' },
    { portId: 'ethernet1/1/7', foreign: 'it has "switchport access vlan 4099"' },
    { portId: 'ethernet1/1/8', foreign: 'it has "member-interface ethernet1/1/8 vlan-tag 100"' },
    { portId: 'port-channel10', mode: 'trunk', untagged: 1, tagged: [20], foreign: null },
  ]);
  expect(table.unparsed).toEqual([
    ' switchport access vlan 4099',
    ' frobnicate',
    ' @  107    Active                                    T Eth1/1/2:1-1/1/3:4',
  ]);
});

test('a port about whose access VLAN nothing is said is not ours', () => {
  const config = 'interface ethernet1/1/1\n no shutdown\n switchport mode trunk\n';
  expect(ports.read(['', VLANS, config, '']).ports).toMatchObject([{ foreign: 'its mode could not be read' }]);
});

test('VLANs: an inactive one exists; members by their letter', () => {
  const { rows } = vlans.read(VLANS);
  expect(rows).toMatchObject([
    { vlan: 1, name: null, active: null, ports: [{ portId: 'ethernet1/1/4', tagged: false }] },
    { vlan: 20, name: 'rack A', active: true },
    { vlan: 107, active: true, ports: null },
    { vlan: 200, active: null, ports: [] },
  ]);
  expect(rows[1]?.ports).toEqual([
    { portId: 'port-channel10', tagged: true },
    ...[1, 8, 9].map((port) => ({ portId: `ethernet1/1/${port}`, tagged: false })),
  ]);
});

test('neighbours: subtypes by number, what was not advertised, a description of several lines', () => {
  const { rows, unparsed } = neighborsDetail.read(
    'Remote Chassis ID Subtype: Mac address (4)\nRemote Chassis ID: 0C:42:A1:00:00:01\n' +
      'Remote Port Subtype: Mac address (3)\nRemote Port ID: 0c:42:a1:00:00:02\nRemote Port Description: NIC\n' +
      'Local Port ID: ethernet1/1/1:1\nLocally assigned remote Neighbor Index: 4064\nRemote TTL: 121\n' +
      'Information valid for next 98 seconds\nTime since last information change of this neighbor: 3 weeks\n' +
      'Remote System Name: node1\nRemote Management Address (IPv4): 192.0.2.7\nRemote System Desc: Linux\n with words: x\n' +
      'Existing System Capabilities: Station only\nRemote Max Frame Size: 0\nMAC PHY Configuration:\n' +
      '    Auto-neg supported: 0\nNew thing: 1\n---------------------------------------------------------------------------\n' +
      '\nRemote Chassis ID Subtype: Locally assigned (7)\nRemote Chassis ID: Not Advertised\nLocal Port ID: mgmt1/1/1\n',
  );
  expect(rows).toMatchObject([
    {
      portId: 'ethernet1/1/1:1',
      chassisIdSubtype: 4,
      chassisId: '0c:42:a1:00:00:01',
      portIdSubtype: 3,
      remotePortId: '0c:42:a1:00:00:02',
      systemName: 'node1',
      managementAddresses: ['192.0.2.7'],
    },
    { portId: 'mgmt1/1/1', chassisIdSubtype: 7, chassisId: null },
  ]);
  expect(rows[0]?.systemDescription).toMatch(/^Linux\n with words: x/);
  expect(unparsed).toEqual([]);
});

test('a neighbour whose description looks like another neighbour proves nothing but itself', () => {
  const block = (chassis: string, port: string) =>
    `Remote Chassis ID Subtype: Mac address (4)\nRemote Chassis ID: ${chassis}\nRemote Port ID: eth0\nLocal Port ID: ${port}\n`;
  const ruler = '-'.repeat(75);
  const detail =
    `${block('02:00:00:00:00:01', 'ethernet1/1/1')}Remote System Desc: x\nLocal Port ID: ethernet1/1/2\n${ruler}\n` +
    `${block('02:00:00:00:00:02', 'ethernet1/1/2')}${ruler}\n${block('39373638-3935-5A43-4A39-3336', 'ethernet1/1/3:1')}`;
  const table =
    'Loc PortID          Rem Host Name        Rem Port Id                    Rem Chassis Id\n' +
    `${'-'.repeat(86)}\nethernet1/1/1       Not Advertised       eth0                          02:00:00:00:00:01\n` +
    'ethernet1/1/3:1     B-R03-U23 Mellano... Eth 1/32                      39373638-3935-5A43-4A39-\n';
  expect(neighbors.read([table, detail]).map(({ portId, chassisId }) => [portId, chassisId])).toEqual([
    ['ethernet1/1/1', '02:00:00:00:00:01'],
    ['ethernet1/1/3:1', '39373638-3935-5A43-4A39-3336'],
  ]);
  expect(neighborTable.read(table)).toMatchObject({
    rows: [{ systemName: null }, { systemName: 'B-R03-U23 Mellano...', remotePortId: 'Eth 1/32' }],
    unparsed: [],
  });
});

test('MAC table: private VLANs, VLANs out of range', () => {
  const { rows, unparsed } = macTable.read(
    'Codes: pv <vlan-id> - private vlan where the mac is originally learnt\n' +
      'VlanId        Mac Address         Type        Interface\n' +
      '1             88:6F:D4:98:A7:B1   dynamic     ethernet1/1/11\n20 88:6f:d4:98:a7:b2 static port-channel10 pv 30\n' +
      '4095 88:6f:d4:98:a7:b3 dynamic ethernet1/1/1\n',
  );
  expect(rows).toEqual([
    { mac: '88:6f:d4:98:a7:b1', vlan: 1, portId: 'ethernet1/1/11', kind: 'dynamic' },
    { mac: '88:6f:d4:98:a7:b2', vlan: 20, portId: 'port-channel10', kind: 'static' },
  ]);
  expect(unparsed).toHaveLength(1);
});

test('nothing printed is nothing read; garbage is handed back', () => {
  const garbage = ['{"a": 1}', '  ~~ \u0000\u0007 ~~', '%% strange %%'];
  for (const reader of outputs) {
    expect(reader.read(''), reader.command.source).toEqual({ rows: [], unparsed: [] });
    expect(reader.read('OS10# show x\r\n\r\nOS10#'), reader.command.source).toEqual({ rows: [], unparsed: [] });
    expect(reader.read(garbage.join('\r\n')), reader.command.source).toEqual({ rows: [], unparsed: garbage });
  }
});
