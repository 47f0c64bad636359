import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/cisco-nxos/outputs.ts';
import { interfaceStatus } from '../../../switch-drivers/cisco-nxos/readers/interface-status.ts';
import { interfaceSwitchport } from '../../../switch-drivers/cisco-nxos/readers/interface-switchport.ts';
import { macTable } from '../../../switch-drivers/cisco-nxos/readers/mac-table.ts';
import { neighborTable } from '../../../switch-drivers/cisco-nxos/readers/neighbor-table.ts';
import { neighborsDetail } from '../../../switch-drivers/cisco-nxos/readers/neighbors.ts';
import { portChannels } from '../../../switch-drivers/cisco-nxos/readers/port-channels.ts';
import { version } from '../../../switch-drivers/cisco-nxos/readers/version.ts';
import { vlans } from '../../../switch-drivers/cisco-nxos/readers/vlans.ts';

test('VLANs: wrapped ports, a pushed name, numbers out of range', () => {
  const long = 'x'.repeat(60);
  const { rows, unparsed } = vlans.read(
    'VLAN Name                             Status    Ports\r\n---- ---- --------- -----\r\n' +
      `7    a b                              suspended Po1, Eth1/1/2\r\n${' '.repeat(48)}Eth101/1/1\r\n` +
      `8    ${long}\r\n${' '.repeat(38)}active    Eth1/3\r\n0    bad                              active\r\n`,
  );
  expect(rows).toEqual([
    {
      vlan: 7,
      name: 'a b',
      active: false,
      ports: ['port-channel1', 'Ethernet1/1/2', 'Ethernet101/1/1'].map((portId) => ({ portId, tagged: null })),
    },
    { vlan: 8, name: long, active: true, ports: [{ portId: 'Ethernet1/3', tagged: null }] },
  ]);
  expect(unparsed).toEqual(['0    bad                              active']);
});

test('status: a name like a status, the uplink of a fabric extender, a missing transceiver', () => {
  const { rows, unparsed } = interfaceStatus.read(
    'Port          Name               Status    Vlan      Duplex  Speed   Type\n' +
      'Eth1/1        trunk full auto    disabled  10        auto    auto    10Gbase-SR\n' +
      'Eth1/2        FEX101             connected 1         full    10G     Fabric Extender\n' +
      'Eth1/3/1      --                 sfpAbsent trunk     auto    auto    --\n' +
      'Eth1/4        --                 connected 4095      full    10G     --\n',
  );
  expect(rows).toMatchObject([
    { description: 'trunk full auto', adminUp: false, mode: 'access', untagged: 10 },
    { description: 'FEX101', adminUp: true, operUp: true, mode: 'other', untagged: null },
    { portId: 'Ethernet1/3/1', description: null, adminUp: null, operUp: false, mode: 'trunk' },
  ]);
  expect(unparsed).toHaveLength(1);
});

test('switchport: wrapped list, native VLAN not allowed, routed, a key nobody knows', () => {
  const { rows, unparsed } = interfaceSwitchport.read(
    'Name: Ethernet1/1\n  Switchport: Enabled\n  Operational Mode: trunk\n  Trunking Native Mode VLAN: 999 (x)\n' +
      '  Trunking VLANs Allowed: 10,20,\n    30-32\n  Frobnication: on\nName: Ethernet1/2\n  Switchport: Disabled\n' +
      'Name: port-channel1\n  Switchport: Enabled\n  Operational Mode: Private-vlan host\n',
  );
  expect(rows).toMatchObject([
    { mode: 'trunk', untagged: null, tagged: [10, 20, 30, 31, 32] },
    { mode: 'routed', untagged: null },
    { portId: 'port-channel1', mode: 'other' },
  ]);
  expect(unparsed).toEqual(['  Frobnication: on']);
});

test('LAGs: wrapped members, hot-standby', () => {
  const { rows, unparsed } = portChannels.read(
    'Flags:  D - Down        P - Up in port-channel (members)\n        p - Up in delay-lacp mode (member)\n' +
      'Group Port-       Type     Protocol  Member Ports\n      Channel\n' +
      `1     Po1(SU)     Eth      LACP      Eth1/1(P)    Eth1/2/1(H)\n${' '.repeat(37)}Eth1/3(s)\n` +
      '4096  Po4096(RD)  Eth      NONE      Eth1/9(D)\n',
  );
  expect(rows).toMatchObject([
    {
      lag: 'port-channel1',
      protocol: 'lacp',
      operUp: true,
      members: [{ bundled: true }, { portId: 'Ethernet1/2/1', bundled: false }, { bundled: false }],
    },
    { lag: 'port-channel4096', protocol: 'static', operUp: false },
  ]);
  expect(unparsed).toEqual([]);
});

test('neighbours: a description that looks like fields, what was not advertised', () => {
  const { rows, unparsed } = neighborsDetail.read(
    'Chassis id: 0011.22AA.bbcc\nPort id: 0011.22aa.bbcd\nLocal Port id: Eth1/1\nPort Description: null\n' +
      'System Name: null\nSystem Description: Linux\nChassis id: 1\nLocal Port id: Eth1/9\nTime remaining: 99 seconds\n' +
      'System Capabilities: not advertised\nManagement Address: 192.0.2.7\nManagement Address IPV6: 2001:db8::7\n' +
      'Vlan ID: not advertised\nNew thing: 1\nTotal entries displayed: 1\n',
  );
  expect(rows).toEqual([
    {
      portId: 'Ethernet1/1',
      chassisIdSubtype: 4,
      chassisId: '00:11:22:aa:bb:cc',
      portIdSubtype: 3,
      remotePortId: '00:11:22:aa:bb:cd',
      portDescription: null,
      systemName: null,
      systemDescription: 'Linux\nChassis id: 1\nLocal Port id: Eth1/9',
      managementAddresses: ['192.0.2.7', '2001:db8::7'],
    },
  ]);
  expect(unparsed).toEqual(['New thing: 1']);
});

test('neighbour table: port ids with blanks or like capabilities', () => {
  const { rows, unparsed } = neighborTable.read(
    'Device ID            Local Intf      Hold-time  Capability  Port ID  \n' +
      'sw 1                 Eth1/1/1        120        BR          Port 6\n' +
      '0011.2233.4455       mgmt0           120                    B\n',
  );
  expect(rows).toMatchObject([
    { portId: 'Ethernet1/1/1', systemName: 'sw 1', remotePortId: 'Port 6' },
    { portId: 'mgmt0', systemName: null, chassisId: '00:11:22:33:44:55', remotePortId: 'B' },
  ]);
  expect(unparsed).toEqual([]);
});

test('MAC table: overlay, peer link, no VLAN, VLAN out of range', () => {
  const { rows, unparsed } = macTable.read(
    'C   10     0011.2233.4455   dynamic  0         F      F    nve1(192.0.2.1)\n' +
      '+   10     0011.2233.4456   dynamic  0         F      F    vPC Peer-Link\n' +
      'G    -     0011.2233.4457   static   -         F      F    sup-eth1(R)\n' +
      '* 4095     0011.2233.4458   dynamic  10        F      F    Eth1/1\n',
  );
  expect(rows).toEqual([
    { mac: '00:11:22:33:44:55', vlan: 10, portId: 'nve1', kind: 'dynamic' },
    { mac: '00:11:22:33:44:56', vlan: 10, portId: 'vPC Peer-Link', kind: 'dynamic' },
    { mac: '00:11:22:33:44:57', vlan: null, portId: 'sup-eth1', kind: 'static' },
  ]);
  expect(unparsed).toHaveLength(1);
});

test('models in the forms of several product lines', () => {
  const model = (line: string) => version.read(`Hardware\n  cisco ${line}\n`).rows[0]?.model;
  expect(model('Nexus9000 C93180YC-EX chassis ')).toBe('C93180YC-EX');
  expect(model('Nexus7000 C7010 (10 Slot) Chassis ("Supervisor module-1X")')).toBe('C7010');
  expect(model('Nexus5548 Chassis ("O2 32X10GE/Modular Universal Platform Supervisor")')).toBe('5548');
  expect(model('Nexus 3172T Chassis')).toBe('3172T');
});

test('nothing printed is nothing read; garbage is handed back', () => {
  const garbage = ['{"a": 1}', '  ~~ \u0000\u0007 ~~', '%% strange %%'];
  for (const reader of outputs) {
    expect(reader.read(''), reader.command.source).toEqual({ rows: [], unparsed: [] });
    expect(reader.read('leaf1# show x\r\n\r\nleaf1#'), reader.command.source).toEqual({ rows: [], unparsed: [] });
    expect(reader.read(garbage.join('\r\n')), reader.command.source).toEqual({ rows: [], unparsed: garbage });
  }
});
