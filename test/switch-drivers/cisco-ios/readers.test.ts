import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/cisco-ios/outputs.ts';
import { etherchannels } from '../../../switch-drivers/cisco-ios/readers/etherchannels.ts';
import { interfacesStatus } from '../../../switch-drivers/cisco-ios/readers/interfaces-status.ts';
import { interfacesSwitchport } from '../../../switch-drivers/cisco-ios/readers/interfaces-switchport.ts';
import { macTable } from '../../../switch-drivers/cisco-ios/readers/mac-table.ts';
import { neighborTable } from '../../../switch-drivers/cisco-ios/readers/neighbor-table.ts';
import { neighborsDetail } from '../../../switch-drivers/cisco-ios/readers/neighbors.ts';
import { version } from '../../../switch-drivers/cisco-ios/readers/version.ts';
import { vlans } from '../../../switch-drivers/cisco-ios/readers/vlans.ts';

const VLAN_HEADING = 'VLAN Name                             Status    Ports\n---- ---- --------- -------';

test('VLANs: wrapped ports, a pushed name, suspended ones, numbers out of range', () => {
  const long = 'x'.repeat(40);
  const { rows, unparsed } = vlans.read(
    `${VLAN_HEADING}\n7    active                           active    Gi1/0/1, Po2\n${' '.repeat(48)}Te1/1/1\n` +
      `8    ${long}\n${' '.repeat(38)}act/lshut Gi1/0/3\n4095 bad                              active\n` +
      ' --More-- \b\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b9    nine                             active\nsw1#',
  );
  expect(rows).toEqual([
    {
      vlan: 7,
      name: 'active',
      active: true,
      ports: ['GigabitEthernet1/0/1', 'Port-channel2', 'TenGigabitEthernet1/1/1'].map((portId) => ({
        portId,
        tagged: false,
      })),
    },
    { vlan: 8, name: long, active: false, ports: [{ portId: 'GigabitEthernet1/0/3', tagged: false }] },
    { vlan: 9, name: 'nine', active: true, ports: [] },
  ]);
  expect(unparsed).toEqual(['4095 bad                              active']);
});

test('status: a name like a status, a trunk that is down', () => {
  const { rows, unparsed } = interfacesStatus.read(
    'Port      Name               Status       Vlan       Duplex  Speed Type\n' +
      'Gi1/0/1   connected 1 disab  disabled     10           auto   auto 10/100/1000BaseTX\n' +
      'Hu1/0/2   to core            connected    trunk        full   100G QSFP 100G SR4\n' +
      'Gi1/0/3                      notconnect   1            auto   auto Not Present\n' +
      'Gi1/0/4                      connected    5000         full   1000 x\n',
  );
  expect(rows).toMatchObject([
    { description: 'connected 1 disab', adminUp: false, operUp: false, mode: null },
    { portId: 'HundredGigE1/0/2', adminUp: true, operUp: true, mode: 'trunk', untagged: null, tagged: null },
    { description: null, adminUp: true, operUp: false, mode: null, untagged: null },
  ]);
  expect(unparsed).toEqual(['Gi1/0/4                      connected    5000         full   1000 x']);
});

test('switchport: wrapped list, native VLAN not allowed, a key nobody knows', () => {
  const { rows, unparsed } = interfacesSwitchport.read(
    'Name: Te1/1/1\nSwitchport: Enabled\nAdministrative Mode: trunk\nOperational Mode: down (suspended member of bundle Po7)\n' +
      'Trunking Native Mode VLAN: 999 (parked)\nTrunking VLANs Enabled: 10,20,\n     30-32\nFrobnication: on\n',
  );
  expect(rows).toMatchObject([
    { operUp: false, mode: 'trunk', untagged: null, tagged: [10, 20, 30, 31, 32], lag: 'Port-channel7' },
  ]);
  expect(unparsed).toEqual(['Frobnication: on']);
});

test('LAGs: static, down, without members, flags of routers', () => {
  const { rows, unparsed } = etherchannels.read(
    'Flags:  D - down        P/bndl - bundled in port-channel\nNumber of channel-groups in use: 3\n' +
      'Group  Port-channel  Protocol    Ports\n------+-------------+-----------+------\n' +
      '1      Po1(SU)          -        Gi1/0/1(P)  Gi2/0/1(D)\n2      Po2(SD)         LACP\n' +
      '3      Po3(RU)         LACP      Te0/0/0(bndl) Te0/0/1(hot-sby)\n',
  );
  expect(rows).toMatchObject([
    { lag: 'Port-channel1', protocol: 'static', operUp: true, members: [{ bundled: true }, { bundled: false }] },
    { protocol: 'lacp', operUp: false, members: [] },
    { operUp: true, members: [{ bundled: true }, { bundled: false }] },
  ]);
  expect(unparsed).toEqual([]);
});

test('neighbours: a description that looks like fields stays a description', () => {
  const { rows, unparsed } = neighborsDetail.read(
    `${'-'.repeat(48)}\nLocal Intf: Gi1/0/1\nLocal Intf service instance: -\nChassis id: 0011.22AA.bbcc\nPort id: eth0\n` +
      'Port Description - not advertised\nSystem Name: a b\n\nSystem Description:\nLocal Intf: Gi1/0/9\nChassis id: 1\n\n' +
      'Time remaining: 99 seconds\nManagement Addresses:\n    IP: 192.0.2.7\n    IPV6: 2001:DB8::7\nNew thing: 1\n\n' +
      `${'-'.repeat(48)}\nLocal Intf: Foo1\nChassis id: 10.0.0.1\nPort id: 7\n\nTotal entries displayed: 2\n`,
  );
  expect(rows).toMatchObject([
    {
      portId: 'GigabitEthernet1/0/1',
      chassisIdSubtype: 4,
      chassisId: '00:11:22:aa:bb:cc',
      portIdSubtype: null,
      remotePortId: 'eth0',
      portDescription: null,
      systemName: 'a b',
      systemDescription: 'Local Intf: Gi1/0/9\nChassis id: 1',
      managementAddresses: ['192.0.2.7', '2001:DB8::7'],
    },
    { portId: '', chassisIdSubtype: null, chassisId: '10.0.0.1' },
  ]);
  expect(unparsed).toEqual(['New thing: 1', 'Local Intf: Foo1']);
});

test('neighbour table: a device id that touches the interface, port ids like capabilities', () => {
  const { rows, unparsed } = neighborTable.read(
    'Device ID           Local Intf     Hold-time  Capability      Port ID\n' +
      'abcdefghijklmnopqrSTGi1/0/2        120        B,R             Port 6\n' +
      '0011.2233.4455      Te1/1/1        120                        B\n' +
      'much-longer-than-twenty.example Gi1/0/4        120        B               Gi0/1\n',
  );
  expect(rows).toMatchObject([
    { portId: 'GigabitEthernet1/0/2', systemName: 'abcdefghijklmnopqrST', remotePortId: 'Port 6' },
    { portId: 'TenGigabitEthernet1/1/1', systemName: null, chassisId: '00:11:22:33:44:55', remotePortId: 'B' },
    { portId: 'GigabitEthernet1/0/4', systemName: 'much-longer-than-twenty.example', remotePortId: 'Gi0/1' },
  ]);
  expect(unparsed).toEqual([]);
});

test('MAC table: several ports, wrapped, VLAN out of range', () => {
  const { rows, unparsed } = macTable.read(
    'Vlan    Mac Address       Type        Ports\n' +
      '  10    0011.2233.4455    STATIC      Gi1/0/1 Po2\n                                      Gi1/0/3\n' +
      '4095    0011.2233.4455    DYNAMIC     Gi1/0/1\n  10    0011.2233.4466    DYNAMIC     Nowhere\n',
  );
  expect(rows.map(({ portId }) => portId)).toEqual(['GigabitEthernet1/0/1', 'Port-channel2', 'GigabitEthernet1/0/3']);
  expect(unparsed).toHaveLength(2);
});

test('a release that prints no IOS version', () => {
  expect(version.read('Cisco IOS XE Software, Version 17.03.05\nsw1 uptime is 1 day\n').rows).toEqual([
    { model: null, version: '17.03.05', hostname: 'sw1', serial: null },
  ]);
});

test('nothing printed is nothing read; garbage is handed back', () => {
  const garbage = ['{"a": 1}', '  ~~ \u0000\u0007 ~~', '%% strange %%'];
  for (const reader of outputs) {
    expect(reader.read(''), reader.command.source).toEqual({ rows: [], unparsed: [] });
    expect(reader.read('sw1#show x\r\n\r\nsw1#'), reader.command.source).toEqual({ rows: [], unparsed: [] });
    expect(reader.read(garbage.join('\r\n')), reader.command.source).toEqual({ rows: [], unparsed: garbage });
  }
});
