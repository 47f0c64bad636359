import { expect, test } from 'vitest';
import { read } from './read.ts';

test('neighbours with other subtypes and a description over several lines', () => {
  const { rows, unparsed } = read(
    'show lldp neighbors detail',
    [
      'Local port: 1/1/2',
      '  Neighbor: 00a0.c85a.a3dd, TTL 118 seconds',
      '    + Chassis ID (network address): 10.0.0.1',
      '    + Port ID (locally assigned): "Gigabit-Ethernet 1/A/1"',
      '    + System description  : "Brocade Networks, Inc., FES4802, IronWare V\\',
      '                             ersion 04.0.00"',
      '    + Port VLAN ID: 1',
      '    + something new: 7',
    ].join('\r\n'),
  );
  expect(unparsed).toEqual(['    + something new: 7']);
  expect(rows).toMatchObject([
    {
      portId: 'ethernet1/1/2',
      chassisIdSubtype: 5,
      chassisId: '10.0.0.1',
      portIdSubtype: 7,
      remotePortId: 'Gigabit-Ethernet 1/A/1',
      systemDescription: 'Brocade Networks, Inc., FES4802, IronWare Version 04.0.00',
    },
  ]);
});

test('the vendor`s own table of neighbours', () => {
  const { rows, unparsed } = read(
    'show lldp neighbors',
    [
      'Lcl Port Chassis ID      Port ID         Port Description              System Name',
      '1/1/1    0004.1234.0fc0  0004.1234.0fc1  GigabitEthernet9/1 up         FastIron Supe~',
      '1/1/2    0004.1234.0fc0  Gi0/1',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toMatchObject([
    {
      portId: 'ethernet1/1/1',
      chassisIdSubtype: 4,
      chassisId: '00:04:12:34:0f:c0',
      remotePortId: '00:04:12:34:0f:c1',
      portDescription: 'GigabitEthernet9/1 up',
      systemName: 'FastIron Supe~',
    },
    { portId: 'ethernet1/1/2', remotePortId: 'Gi0/1', portDescription: null, systemName: null },
  ]);
});

test('MAC addresses with an index column', () => {
  const { rows, unparsed } = read(
    'show mac-address',
    [
      'MAC-Address     Port           Type          Index  VLAN',
      '0000.0000.0001  lg1            Static        10188  4094',
      '0000.0000.0002  1/1/1          Dynamic       1      4095',
      '',
    ].join('\n'),
  );
  expect(rows).toEqual([{ mac: '00:00:00:00:00:01', vlan: 4094, portId: 'lag1', kind: 'static' }]);
  expect(unparsed).toHaveLength(1);
});
