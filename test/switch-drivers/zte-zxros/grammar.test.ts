import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/zte-zxros/outputs.ts';
import { canonicalName, isSwitchPort, portList } from '../../../switch-drivers/zte-zxros/port-names.ts';
import { foreignSettings, portConfig, vlanConfig } from '../../../switch-drivers/zte-zxros/readers/port-config.ts';

function read(command: string, output: string) {
  const readers = outputs.filter((reader) => reader.command.test(command));
  expect(readers).toHaveLength(1);
  return readers[0]!.read(output);
}

test('names', () => {
  for (const name of ['gei_5/2', 'xgei-1/1/0/1', 'cgei-1/1/0/49:1', 'smartgroup12']) {
    expect(canonicalName(name)).toBe(name);
    expect(isSwitchPort(name)).toBe(true);
  }
  for (const name of ['vlan10', 'loopback1', 'mgmt_eth', 'xgei-1/1/0/1.100', 'null1']) {
    expect(canonicalName(name)).toBe(name);
    expect(isSwitchPort(name)).toBe(false);
  }
  for (const text of ['', 'up', 'VLAN0001', '10', 'gei', 'ge-0/0/0']) expect(canonicalName(text), text).toBeNull();
  expect(portList('xgei_1/2-3,gei-0/1/0/1,smartgroup1-2')).toEqual([
    'xgei_1/2',
    'xgei_1/3',
    'gei-0/1/0/1',
    'smartgroup1',
    'smartgroup2',
  ]);
  expect(portList('gei_1/3-1')).toBeNull();
});

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

test('neighbours: table, brief and entries', () => {
  const table = read(
    'show lldp neighbor',
    [
      'The total neighbor number:1',
      'Capability Codes:',
      '                  N - Other, r - Repeater, B - Bridge, W - WLAN Access Point,',
      '                  S - Station Only',
      'Local-Port    Chassis-ID    Holdtime Capability Platform         Peer-Port',
      '--------------------------------------------------------------------------------',
      'fei-0/20/0/1  00eeff101030  82       B R        M6000v2.00.20(2. fei-0/20/0/1',
      '                                                2.0), ZXR10, ..  ',
    ].join('\n'),
  );
  expect(table.unparsed).toEqual([]);
  expect(table.rows).toMatchObject([
    { portId: 'fei-0/20/0/1', chassisIdSubtype: 4, chassisId: '00:ee:ff:10:10:30', remotePortId: 'fei-0/20/0/1' },
  ]);

  const brief = read(
    'show lldp neighbor brief',
    [
      '23:10:28 Indonesia Wed Jul 29 2026',
      'Scope codes:',
      '    NB    = Nearest Bridge',
      'Total neighbors: 2',
      'Local Interface   Scope  Chassis ID      Port ID           Holdtime  System Name',
      '------------------------------------------------------------------------------',
      'xgei-1/1/0/1     NB     026e.8219.bc57  xgei-1/1/0/26     100       CSR1 6120',
      '                                                                    HSC',
      'cgei-1/1/0/34     NB     744a.a42d.8970  Ethernet 1/7      91',
    ].join('\n'),
  );
  expect(brief.unparsed).toEqual([]);
  expect(brief.rows).toMatchObject([
    {
      portId: 'xgei-1/1/0/1',
      chassisId: '02:6e:82:19:bc:57',
      remotePortId: 'xgei-1/1/0/26',
      systemName: 'CSR1 6120HSC',
    },
    { portId: 'cgei-1/1/0/34', remotePortId: 'Ethernet 1/7', systemName: null },
  ]);

  const entries = read(
    'show lldp entry',
    [
      '--------------------------------------------------------',
      ' Local Port: gei-0/1/0/4 | Interface Name',
      ' Group MAC address: Nearest Bridge | MAC Address',
      ' Chassis ID: 00eeff101000 | MAC Address',
      ' Peer Port: gei-0/1/0/5 Nearest Bridge | Interface Name',
      ' TTL: 1 | Time to live',
      ' Port Description: Port name gei-0/1/0/4, PortPhyStatus is up',
      ' System Name: ZXR10',
      ' System Description: M6000v2.00.20(2.2.0), ZXR10,',
      ' second line',
      ' System Capability: Bridge, Router',
      ' Management Address: IPv4 - 10.0.0.7, ifIndex - 0, OID - Null',
      'LLDP DOT3-TLV INFO:',
      '  MAC/PHY Cfg/Status TLV:',
      '     auto-negotiation Support/Status: 3',
      ' Novelty: 1',
    ].join('\n'),
  );
  expect(entries.unparsed).toEqual([' Novelty: 1']);
  expect(entries.rows).toMatchObject([
    {
      portId: 'gei-0/1/0/4',
      chassisIdSubtype: 4,
      chassisId: '00:ee:ff:10:10:00',
      portIdSubtype: 5,
      remotePortId: 'gei-0/1/0/5',
      systemName: 'ZXR10',
      systemDescription: 'M6000v2.00.20(2.2.0), ZXR10,\nsecond line',
      managementAddresses: ['10.0.0.7'],
    },
  ]);
});

test('MAC tables', () => {
  const zxros = read(
    'show mac table',
    [
      'Total MAC Address : 1',
      'MAC            VLAN  Port          Type',
      '00d0.d0c0.0001 100   xgei-1/1/0/1  Dynamic',
      '',
    ].join('\n'),
  );
  expect(zxros).toEqual({
    rows: [{ mac: '00:d0:d0:c0:00:01', vlan: 100, portId: 'xgei-1/1/0/1', kind: 'dynamic' }],
    unparsed: [],
  });
  const ros = read(
    'show mac',
    [
      ' Total MAC Address : 2',
      ' Flags: Per - permanent, Stc - static,',
      '        Sav - auto saved mac address,',
      '        0,LEARN; 1,CONFIG',
      '  MAC-Address  Vlan-Id   Port    Per Stc ToP ToS Sav SrF DsF Frm      Time',
      '-----',
      '8416.1122.bcff   70      gei_1/1  0   1   0   0   0   0   0   1   0:00:01:02',
      '8416.1122.bcfe   70      gei_1/2  0   0   0   0   0   0   0   0   0:00:01:02',
      '',
    ].join('\n'),
  );
  expect(ros.unparsed).toEqual([]);
  expect(ros.rows).toMatchObject([
    { vlan: 70, kind: 'static' },
    { vlan: 70, portId: 'gei_1/2', kind: 'dynamic' },
  ]);
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
    ['smartgroup1', ['switchport hybrid vlan 20 untag']],
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

test('nothing throws, is lost or takes long', () => {
  const garbage = [
    'x'.repeat(1_000_000),
    `a${' '.repeat(500_000)}b${' '.repeat(400_000)}c?`,
    'Software, Versio'.repeat(60_000),
    'gei_1/1 '.repeat(120_000),
    '\u0000\u001b[2J\ufffd',
  ];
  for (const reader of outputs) {
    for (const text of garbage) {
      const started = performance.now();
      expect(reader.read(text)).toEqual({ rows: [], unparsed: [text.trimEnd()] });
      expect(performance.now() - started).toBeLessThan(5000);
    }
    expect(reader.read('')).toEqual({ rows: [], unparsed: [] });
  }
});
