import { describe, expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/hpe-comware/outputs.ts';
import { canonicalName, isSwitchPort, shortName } from '../../../switch-drivers/hpe-comware/port-names.ts';
import { interfaceBrief } from '../../../switch-drivers/hpe-comware/readers/interface-brief.ts';
import { interfaces } from '../../../switch-drivers/hpe-comware/readers/interfaces.ts';
import { linkAggregation } from '../../../switch-drivers/hpe-comware/readers/link-aggregation.ts';
import { macTable } from '../../../switch-drivers/hpe-comware/readers/mac-table.ts';
import { neighborList } from '../../../switch-drivers/hpe-comware/readers/neighbor-list.ts';
import { neighbors } from '../../../switch-drivers/hpe-comware/readers/neighbors.ts';
import { foreignSettings, portConfig } from '../../../switch-drivers/hpe-comware/readers/port-config.ts';
import { version } from '../../../switch-drivers/hpe-comware/readers/version.ts';
import { vlanBrief } from '../../../switch-drivers/hpe-comware/readers/vlan-brief.ts';
import { vlans } from '../../../switch-drivers/hpe-comware/readers/vlans.ts';

const lines = (...text: string[]) => text.join('\r\n');

describe('port names', () => {
  test.each([
    ['XGE1/0/1', 'Ten-GigabitEthernet1/0/1', 'XGE1/0/1', true],
    ['GigabitEthernet 1/1/0/31', 'GigabitEthernet1/1/0/31', 'GE1/1/0/31', true],
    ['FGE1/0/1:1', 'FortyGigE1/0/1:1', 'FGE1/0/1:1', true],
    ['BAGG1024', 'Bridge-Aggregation1024', 'BAGG1024', true],
    ['bridge-aggregation7', 'Bridge-Aggregation7', 'BAGG7', true],
    ['RAGG1', 'Route-Aggregation1', 'RAGG1', false],
    ['WGE1/0/3.100', 'Twenty-FiveGigE1/0/3.100', 'WGE1/0/3.100', false],
    ['Vlan100', 'Vlan-interface100', 'Vlan100', false],
    ['MGE0/0/0', 'M-GigabitEthernet0/0/0', 'MGE0/0/0', false],
  ])('%s', (text, long, short, switched) => {
    expect(canonicalName(text)).toBe(long);
    expect(shortName(long)).toBe(short);
    expect(isSwitchPort(long)).toBe(switched);
  });

  test.each(['', '1/0/1', 'GE', 'GE1/0/1x', 'Port 1', 'xe-0/0/1', 'GE1/0/1 GE1/0/2'])('%j is none', (text) => {
    expect(canonicalName(text)).toBeNull();
  });
});

test('version of Comware 7 and of Comware 5', () => {
  const seven = lines(
    'HPE Comware Software, Version 7.1.070, Release 2612P01',
    'Copyright (c) 2010-2018 Hewlett Packard Enterprise Development LP',
    'HPE 5900AF-48XG-4QSFP+ Switch uptime is 0 weeks, 0 days, 1 hour, 34 minutes',
    'Last reboot reason : User reboot',
    '',
    'Boot image: flash:/5900_5920-cmw710-boot-r2612p01.bin',
    'Boot image version: 7.1.070, Release 2612P01',
    '  Compiled Jun 01 2018 15:00:00',
    'Slot 1:',
    'Uptime is 0 weeks,0 days,1 hour,34 minutes',
    '5900AF-48XG-4QSFP+ Switch with 2 Processors',
    'BOARD TYPE:         5900AF-48XG-4QSFP+ Switch',
    'DRAM:               2048M bytes',
    'PCB 1 Version:      VER.A',
    'Bootrom Version:    147',
    'Release Version:    HPE 5900AF-48XG-4QSFP+ Switch-2612P01',
    'Patch Version  :    None',
    'Reboot Cause  :     UserReboot',
    '[SubSlot 0] 48SFP Plus+4QSFP Plus',
    '<sw1>',
  );
  const row = { hostname: null, serial: null };
  expect(version.read(seven)).toEqual({
    rows: [{ ...row, model: '5900AF-48XG-4QSFP+', version: '7.1.070, Release 2612P01' }],
    unparsed: [],
  });
  const five = lines(
    'HP Comware Platform Software',
    'Comware Software, Version 5.20.99, Release 2221P15',
    'Copyright (c) 2010-2015 Hewlett-Packard Development Company, L.P.',
    'HP A5800-24G Switch uptime is 20 weeks, 3 days, 4 hours, 5 minutes',
    'HP A5800-24G Switch with 1 Processor',
    '512M   bytes SDRAM',
    '4M     bytes Nor Flash Memory',
    'Config Register points to Nand Flash',
    'Hardware Version is Ver.B',
    'CPLD Version is 003',
    'BootRom Version is 212',
    '[SubSlot 0] 24GE+4SFP Plus Hardware Version is Ver.B',
    'Something else entirely',
  );
  const { rows, unparsed } = version.read(five);
  expect(rows).toEqual([{ ...row, model: 'A5800-24G', version: '5.20.99, Release 2221P15' }]);
  expect(unparsed).toEqual(['Something else entirely']);
});

test('VLANs: one, a list of ids, an id that is none, a member that is none', () => {
  expect(
    vlans.read(lines(' Total VLANs: 4', ' The VLANs include:', ' 1(default), 2-3, 100')).rows.map(({ vlan }) => vlan),
  ).toEqual([1, 2, 3, 100]);
  const { rows, unparsed } = vlans.read(
    lines(
      ' VLAN ID: 10',
      ' VLAN type: Static',
      ' Description: with: colon',
      ' Name: servers in row 4',
      ' Tagged ports:',
      '    BAGG1 Ten-GigabitEthernet1/0/1(U)',
      '    Nonsense1 Ten-GigabitEthernet1/0/2',
      ' Untagged ports: GigabitEthernet1/0/9',
      '    FortyGigE1/0/1:1',
      ' VLAN ID: 4095',
      ' Name: too far',
    ),
  );
  expect(rows).toEqual([
    {
      ...{ vlan: 10, name: 'servers in row 4', active: null },
      ports: [
        { portId: 'Bridge-Aggregation1', tagged: true },
        { portId: 'Ten-GigabitEthernet1/0/1', tagged: true },
        { portId: 'GigabitEthernet1/0/9', tagged: false },
        { portId: 'FortyGigE1/0/1:1', tagged: false },
      ],
    },
  ]);
  expect(unparsed).toEqual(['    Nonsense1 Ten-GigabitEthernet1/0/2', ' VLAN ID: 4095', ' Name: too far']);
});

test('brief VLANs: members on further lines behind the remains of a pager', () => {
  const { rows, unparsed } = vlanBrief.read(
    lines(
      'VLAN ID   Name                             Port',
      '10        a name with blanks               BAGG1  GE1/0/1',
      '---- More ----\x1b[16D                \x1b[16D                                           GE1/0/2',
      '20        twenty',
      '5000      no VLAN                          GE1/0/3',
    ),
  );
  const ports = ['Bridge-Aggregation1', 'GigabitEthernet1/0/1', 'GigabitEthernet1/0/2'];
  expect(rows).toEqual([
    { vlan: 10, name: 'a name with blanks', active: null, ports: ports.map((portId) => ({ portId, tagged: null })) },
    { vlan: 20, name: 'twenty', active: null, ports: [] },
  ]);
  expect(unparsed).toEqual(['5000      no VLAN                          GE1/0/3']);
});

test('interfaces in brief: trunk, hybrid, shut down, IRF port, long description', () => {
  const { rows, unparsed } = interfaceBrief.read(
    lines(
      'Brief information on interfaces in bridge mode:',
      'Link: ADM - administratively down; Stby - standby',
      'Speed: (a) - auto',
      'Interface            Link Speed     Duplex Type PVID Description',
      'BAGG1                UP   40G(a)    F(a)   T    1    up - link; #1 "core"',
      'XGE1/0/1             ADM  auto      A      A    20',
      'XGE1/0/2             UP   10G(a)    F(a)   H    30',
      'FGE1/0/53            UP   40G(a)    F(a)   --   --',
      'XGE1/0/3             UP   10G(a)    F(a)   A    4099',
    ),
  );
  expect(rows.map(({ portId, adminUp, mode, untagged, tagged }) => [portId, adminUp, mode, untagged, tagged])).toEqual([
    ['Bridge-Aggregation1', true, 'trunk', 1, null],
    ['Ten-GigabitEthernet1/0/1', false, 'access', 20, []],
    ['Ten-GigabitEthernet1/0/2', true, 'other', 30, null],
    ['FortyGigE1/0/53', true, null, null, null],
  ]);
  expect(rows[0]?.description).toBe('up - link; #1 "core"');
  expect(unparsed).toEqual(['XGE1/0/3             UP   10G(a)    F(a)   A    4099']);
});

test('interfaces: hybrid, a wrapped list, a trunk whose PVID does not pass', () => {
  const { rows, unparsed } = interfaces.read(
    lines(
      'Ten-GigabitEthernet1/0/1',
      'Current state: Administratively DOWN',
      'Description: GigabitEthernet1/0/2',
      'PVID: 7',
      'Port link-type: Hybrid',
      ' Tagged VLANs:   100-102,',
      '                 200',
      ' Untagged VLANs: 7, 8',
      'Bridge-Aggregation2',
      'Current state: UP',
      'PVID: 1',
      'Port link-type: Trunk',
      ' VLAN Passing:   2',
      ' VLAN permitted: 2-4,',
      '                 10-11',
      'Invented key: 1',
    ),
  );
  expect(rows).toEqual([
    {
      ...{ portId: 'Ten-GigabitEthernet1/0/1', adminUp: false, operUp: false, mode: 'other', untagged: 7 },
      ...{ tagged: [100, 101, 102, 200], lag: null, description: 'GigabitEthernet1/0/2', mtu: null },
    },
    {
      ...{ portId: 'Bridge-Aggregation2', adminUp: true, operUp: true, mode: 'trunk', untagged: null },
      ...{ tagged: [2, 3, 4, 10, 11], lag: null, description: null, mtu: null },
    },
  ]);
  expect(unparsed).toEqual(['Invented key: 1']);
});

test('static aggregation of Comware 5', () => {
  const output = lines(
    'Aggregation Interface: Bridge-Aggregation2',
    'Aggregation Mode: Static',
    'Loadsharing Type: Shar',
    'Port             Status  Priority  Oper-Key',
    '--------------------------------------------------------------------------------',
    'GE1/0/3          S       32768     2',
    'GE1/0/4          U       32768     2',
  );
  expect(linkAggregation.read(output)).toEqual({
    rows: [
      {
        ...{ lag: 'Bridge-Aggregation2', protocol: 'static', operUp: null },
        members: [
          { portId: 'GigabitEthernet1/0/3', bundled: true },
          { portId: 'GigabitEthernet1/0/4', bundled: false },
        ],
      },
    ],
    unparsed: [],
  });
});

describe('LLDP neighbours', () => {
  test('a description that was cut at the width of the terminal comes together again', () => {
    const { rows, unparsed } = neighbors.read(
      lines(
        'LLDP neighbor-information of port 1[Ten-GigabitEthernet1/0/1]:',
        'LLDP agent nearest-bridge:',
        ' LLDP neighbor index : 1',
        ' Chassis type        : MAC address',
        ' Chassis ID          : 0011-2233-4455',
        ' Port ID type        : MAC address',
        ' Port ID             : 0011-2233-4456',
        ' System description  : H3C Comware software. H3C SR8800 Product Version SR8800-C',
        '                       MW520. Second',
        '                       Third line',
        ' Management address type           : IPv4',
        ' Management address                : 192.0.2.1',
        ' Management address type           : IPv6',
        ' Management address                : 2001:db8::1',
        'CDP neighbor-information of port 1[Ten-GigabitEthernet1/0/1]:',
        ' CDP neighbor index : 2',
        ' Chassis ID         : SEP001122334455',
        ' Port ID            : Port 1',
        ' Platform           : Cisco IP Phone 7960',
      ),
    );
    expect(rows).toEqual([
      {
        ...{
          portId: 'Ten-GigabitEthernet1/0/1',
          chassisIdSubtype: 4,
          chassisId: '00:11:22:33:44:55',
          portIdSubtype: 3,
        },
        ...{ remotePortId: '00:11:22:33:44:56', portDescription: null, systemName: null },
        systemDescription: 'H3C Comware software. H3C SR8800 Product Version SR8800-CMW520. Second\nThird line',
        managementAddresses: ['192.0.2.1', '2001:db8::1'],
      },
    ]);
    expect(unparsed).toEqual([]);
  });

  test('brief form, and a description below its key', () => {
    const { rows, unparsed } = neighbors.read(
      lines(
        'LLDP neighbor-information of port 52[GigabitEthernet1/0/1]:',
        ' LLDP neighbor index : 3',
        ' ChassisID/subtype   : 0011-2233-4400/MAC address',
        ' PortID/subtype      : eth0/with/slashes/Locally assigned',
        ' System description  :',
        '   First line',
        '   Second line',
        ' Capabilities        : Bridge, Router',
      ),
    );
    expect(rows[0]).toMatchObject({ chassisIdSubtype: 4, chassisId: '00:11:22:33:44:00', portIdSubtype: 7 });
    expect(rows[0]).toMatchObject({ remotePortId: 'eth0/with/slashes', systemDescription: 'First line\nSecond line' });
    expect(unparsed).toEqual([]);
  });

  test('list: a name that goes on below, a later order of columns', () => {
    const list = neighborList.read(
      lines(
        'System Name          Local Interface Chassis ID      Port ID',
        'SEP0000000000A0.exam GE1/0/24        10.1.2.3        Port 1',
        'ple.com',
        'nothing like that',
      ),
    );
    expect(list.rows.map(({ systemName, remotePortId }) => [systemName, remotePortId])).toEqual([
      ['SEP0000000000A0.example.com', 'Port 1'],
    ]);
    expect(list.unparsed).toEqual(['nothing like that']);
    const later = neighborList.read(
      lines(
        'Local Interface Chassis ID      Port ID                    System Name',
        'XGE1/0/1        *bcea-fa00-0001 Ten-GigabitEthernet1/0/30  sw 1',
      ),
    );
    expect(later.rows[0]).toMatchObject({ chassisIdSubtype: 4, chassisId: 'bc:ea:fa:00:00:01', systemName: 'sw 1' });
  });
});

test('MAC addresses: both releases, blackhole, multiport', () => {
  const { rows, unparsed } = macTable.read(
    lines(
      'MAC Address      VLAN ID    State            Port/Nickname            Aging',
      '0033-0033-0033   1          Blackhole        N/A                      N',
      '0000-0000-0002   1          Static           GE1/0/3                  N',
      '00e0-fc00-5829   1          Learned          BAGG1                    Y',
      '0100-5e00-0001   9          Multiport        GE1/0/1                  N',
      '                                             GE1/0/2',
      '000f-e201-0101   1          Config  static   GigabitEthernet1/0/1     NOAGED',
      '000f-e201-0102   4095       Learned          GigabitEthernet1/0/1     AGING',
      '  ---  4 mac address(es) found  ---',
    ),
  );
  expect(rows.map(({ mac, vlan, portId, kind }) => [mac, vlan, portId, kind])).toEqual([
    ['00:00:00:00:00:02', 1, 'GigabitEthernet1/0/3', 'static'],
    ['00:e0:fc:00:58:29', 1, 'Bridge-Aggregation1', 'dynamic'],
    ['01:00:5e:00:00:01', 9, 'GigabitEthernet1/0/1', 'other'],
    ['01:00:5e:00:00:01', 9, 'GigabitEthernet1/0/2', 'other'],
    ['00:0f:e2:01:01:01', 1, 'GigabitEthernet1/0/1', 'static'],
  ]);
  expect(unparsed).toEqual(['000f-e201-0102   4095       Learned          GigabitEthernet1/0/1     AGING']);
});

describe('configuration of ports', () => {
  const output = lines(
    '#',
    'interface Bridge-Aggregation1',
    ' port link-type trunk',
    ' undo port trunk permit vlan 1',
    ' port trunk permit vlan 10 to 12 4094',
    ' port trunk pvid vlan 11',
    ' link-aggregation mode dynamic',
    '#',
    'interface Bridge-Aggregation2',
    ' port link-type trunk',
    ' port trunk permit vlan all',
    '#',
    'interface NULL0',
    '#',
    'interface Ten-GigabitEthernet1/0/1',
    ' port link-mode bridge',
    ' description a  "strange" one; # interface GE1/0/9',
    ' port access vlan 30',
    ' shutdown',
    ' stp edged-port',
    '#',
    'interface Ten-GigabitEthernet1/0/2',
    ' port link-mode bridge',
    ' port link-type hybrid',
    ' undo port hybrid vlan 1',
    ' port hybrid vlan 40 tagged',
    ' port hybrid vlan 50 to 51 untagged',
    ' port hybrid pvid vlan 50',
    ' voice-vlan 60 enable',
    '#',
    'interface Ten-GigabitEthernet1/0/3',
    '#',
    'interface Ten-GigabitEthernet1/0/4',
    ' port link-mode route',
    ' mtu 9000',
    ' ip address 192.0.2.1 255.255.255.0',
    '#',
    'interface Ten-GigabitEthernet1/0/5',
    ' port link-type trunk',
    ' undo port trunk permit vlan 1',
    ' port trunk permit vlan 9',
    ' port link-aggregation group 1',
    ' service-instance 100',
    '  encapsulation s-vid 9',
    ' frobnicate vlan 3',
    ' port trunk pvid vlan 5000',
    '#',
    'return',
  );

  test('rows', () => {
    const { rows, unparsed } = portConfig.read(output);
    expect(rows.map(({ portId, mode, untagged, tagged, lag }) => [portId, mode, untagged, tagged, lag])).toEqual([
      ['Bridge-Aggregation1', 'trunk', 11, [10, 12, 4094], null],
      ['Bridge-Aggregation2', 'trunk', 1, 'all', null],
      ['NULL0', 'routed', null, null, null],
      ['Ten-GigabitEthernet1/0/1', 'access', 30, [], null],
      ['Ten-GigabitEthernet1/0/2', 'other', 50, [40], null],
      ['Ten-GigabitEthernet1/0/3', 'access', 1, [], null],
      ['Ten-GigabitEthernet1/0/4', 'routed', null, null, null],
      ['Ten-GigabitEthernet1/0/5', 'trunk', null, [9], 'Bridge-Aggregation1'],
    ]);
    expect(rows[3]).toMatchObject({ adminUp: false, description: 'a  "strange" one; # interface GE1/0/9' });
    expect(rows[6]).toMatchObject({ adminUp: true, mtu: 9000 });
    expect(unparsed).toEqual([' frobnicate vlan 3', ' port trunk pvid vlan 5000']);
  });

  test('settings that a row cannot express', () => {
    expect(foreignSettings(output)).toEqual(
      new Map([
        ['Ten-GigabitEthernet1/0/2', ['port link-type hybrid', 'voice-vlan 60 enable']],
        [
          'Ten-GigabitEthernet1/0/5',
          ['service-instance 100', 'encapsulation s-vid 9', 'frobnicate vlan 3', 'port trunk pvid vlan 5000'],
        ],
      ]),
    );
  });
});

describe('any text', () => {
  const long = 300_000;
  const garbage = [
    'x'.repeat(long),
    '1'.repeat(long),
    `a${' '.repeat(long)}b`,
    `${' '.repeat(long)}1, `.repeat(2),
    'GE1/0/1 '.repeat(long / 8),
    `VLAN permitted: ${'1,'.repeat(long / 2)}x`,
    ' port trunk permit vlan 1 to '.repeat(long / 30),
    Array.from({ length: 10_000 }, (_none, index) => `${'-'.repeat(index % 7)} {${index}} ?`).join('\n'),
  ];

  test.each(outputs.map((reader) => [String(reader.command), reader] as const))('%s', (_command, reader) => {
    const before = process.cpuUsage().user;
    for (const text of garbage) expect(reader.read(text)).toMatchObject({ rows: [] });
    expect(reader.read('')).toEqual({ rows: [], unparsed: [] });
    expect(reader.read('\r\n<sw>\r\n')).toEqual({ rows: [], unparsed: [] });
    expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  });
});
