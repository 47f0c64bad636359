import { expect, test } from 'vitest';
import { read } from './read.ts';

test('VLANs with names broken at the column', () => {
  const { rows, unparsed } = read(
    'show vlan',
    [
      'sw#show vlan',
      'VLAN  Name         PvidPorts           UntagPorts          TagPorts',
      '--------------------------------------------------------------------------------',
      '1     VLAN0001     xgei_1/2-3,xgei_2/2',
      '                   -3,gei_7/1',
      '                   0,gei_7/12',
      '1180  VLAN1180     xgei_3/1                                xgei_3/1',
      '1216  VLAN1216                         gei_7/16            gei_7/15',
      '1338  VLAN1338',
      '2352  VLAN2352                                             xgei_2/1,xgei_4/2,s',
      '                                                           martgroup2',
      '4095  x',
    ].join('\r\n'),
  );
  expect(unparsed).toEqual(['4095  x']);
  expect(rows).toEqual([
    {
      vlan: 1,
      name: 'VLAN0001',
      active: null,
      ports: ['xgei_1/2', 'xgei_1/3', 'xgei_2/2', 'xgei_2/3', 'gei_7/10', 'gei_7/12'].map((portId) => ({
        portId,
        tagged: false,
      })),
    },
    { vlan: 1180, name: 'VLAN1180', active: null, ports: [{ portId: 'xgei_3/1', tagged: null }] },
    {
      vlan: 1216,
      name: 'VLAN1216',
      active: null,
      ports: [
        { portId: 'gei_7/16', tagged: false },
        { portId: 'gei_7/15', tagged: true },
      ],
    },
    { vlan: 1338, name: 'VLAN1338', active: null, ports: [] },
    {
      vlan: 2352,
      name: 'VLAN2352',
      active: null,
      ports: ['xgei_2/1', 'xgei_4/2', 'smartgroup2'].map((portId) => ({ portId, tagged: true })),
    },
  ]);
});

test('interfaces: ROS headings, a name on a line of its own, a description with blanks', () => {
  const { rows, unparsed } = read(
    'show interface brief',
    [
      'Interface     portattribute  mode         BW(Mbits) Admin Phy   Prot  Description',
      'gei_1/1       electric       Duplex/full  1000      up    down  down  none',
      'xxvgei-1/1/0/11',
      '              optical        Duplex/full  25G       up    up    up    to rack 7 !',
      'xgei-1/1/0/9',
      'odd line',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual(['odd line', 'xgei-1/1/0/9']);
  expect(rows).toMatchObject([
    { portId: 'gei_1/1', adminUp: true, operUp: false, description: null },
    { portId: 'xxvgei-1/1/0/11', adminUp: true, operUp: true, description: 'to rack 7 !' },
  ]);
});

test('the version of ROS', () => {
  const { rows, unparsed } = read(
    'show version',
    [
      'ZXR10 Router Operating System Software, ZTE Corporation:',
      'ZXR10 ROS Version V4.8.11.01',
      'ZXR10_5928 Software, Version V2.8.23.B.16.P10, Copyright (c) 2001-2008 By ZTE Corporation',
      'System uptime is 215 days, 2 hours, 25 minutes',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toEqual([{ model: 'ZXR10_5928', version: 'V2.8.23.B.16.P10', hostname: null, serial: null }]);
});

test('smartgroups', () => {
  const { rows, unparsed } = read(
    'show lacp internal',
    [
      'Smartgroup:1',
      'Flags:  * - Port is Active member Port',
      'Actor              Agg      LACPDUs  Port    Oper    Port  RX       Mux',
      'Port[Flags]        State    Interval Pri     Key     State Machine  Machine',
      '--------------------------------------------------------------------------------',
      'gei-0/1/0/1[SA*]   ACTIVE   30       32768   0x111   0x3d  current  distributing',
      'gei-0/1/0/2[SA ]   INACTIVE 30       32768   0x111   0x05  default  detached',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toEqual([
    {
      lag: 'smartgroup1',
      protocol: 'lacp',
      operUp: null,
      members: [
        { portId: 'gei-0/1/0/1', bundled: true },
        { portId: 'gei-0/1/0/2', bundled: false },
      ],
    },
  ]);
});
