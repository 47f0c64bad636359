import { describe, expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/huawei-vrp/outputs.ts';
import { canonicalName, isSwitchPort, shortName } from '../../../switch-drivers/huawei-vrp/port-names.ts';
import { ethTrunk } from '../../../switch-drivers/huawei-vrp/readers/eth-trunk.ts';
import { interfaceBrief } from '../../../switch-drivers/huawei-vrp/readers/interface-brief.ts';
import { macTable } from '../../../switch-drivers/huawei-vrp/readers/mac-table.ts';
import { neighbors } from '../../../switch-drivers/huawei-vrp/readers/neighbors.ts';
import { foreignSettings, portConfig } from '../../../switch-drivers/huawei-vrp/readers/port-config.ts';
import { portVlan } from '../../../switch-drivers/huawei-vrp/readers/port-vlan.ts';
import { version } from '../../../switch-drivers/huawei-vrp/readers/version.ts';
import { vlanBrief } from '../../../switch-drivers/huawei-vrp/readers/vlan-brief.ts';
import { vlans } from '../../../switch-drivers/huawei-vrp/readers/vlans.ts';

const lines = (...text: string[]) => text.join('\r\n');

describe('port names', () => {
  test.each([
    ['GE0/0/1', 'GigabitEthernet0/0/1', 'GE0/0/1', true],
    ['XGigabitEthernet 0/0/1', 'XGigabitEthernet0/0/1', 'XGE0/0/1', true],
    ['10GE1/0/1', '10GE1/0/1', '10GE1/0/1', true],
    ['40GE1/0/1:2', '40GE1/0/1:2', '40GE1/0/1:2', true],
    ['50|100GE0/3/0', '50|100GE0/3/0', '50|100GE0/3/0', true],
    ['GigabitEthernet15/1/0(10G)', 'GigabitEthernet15/1/0', 'GE15/1/0', true],
    ['Eth-Trunk127', 'Eth-Trunk127', 'Eth-Trunk127', true],
    ['Eth-Trunk4.10', 'Eth-Trunk4.10', 'Eth-Trunk4.10', false],
    ['MEth0/0/0', 'MEth0/0/0', 'MGE0/0/0', false],
    ['Vlanif10', 'Vlanif10', 'Vlanif10', false],
  ])('%s', (text, long, short, switched) => {
    expect(canonicalName(text)).toBe(long);
    expect(shortName(long)).toBe(short);
    expect(isSwitchPort(long)).toBe(switched);
  });

  test.each(['', '1/0/1', 'Gi1/0/1', 'GE0/0/1x', 'xe-0/0/1', 'Port 1'])('%j is none', (text) => {
    expect(canonicalName(text)).toBeNull();
  });
});

test('version of an S series switch', () => {
  const { rows, unparsed } = version.read(
    lines(
      'Huawei Versatile Routing Platform Software',
      'VRP (R) software, Version 5.170 (S5720 V200R011C10SPC600)',
      'Copyright (C) 2000-2018 HUAWEI TECH Co., Ltd.',
      'HUAWEI S5720-36C-EI-AC Routing Switch uptime is 12 weeks, 3 days, 0 hour, 1 minute',
      '',
      'ES5D2T36C000 0(Master)  : uptime is 12 weeks, 3 days, 0 hour, 0 minute',
      'DDR             Memory Size : 2048  M bytes',
      'FLASH Total     Memory Size : 512   M bytes',
      'Pcb           Version   :  VER.B',
      'Basic  BOOTROM  Version : 0000.02b8 Compiled at Apr 10 2018, 10:22:13',
      'CPLD   Version : 0106',
      'Software Version : VRP (R) Software, Version 5.170 (V200R011C10SPC600)',
      'FAN1 information',
    ),
  );
  expect(rows).toEqual([
    { model: 'S5720-36C-EI-AC', version: '5.170 (S5720 V200R011C10SPC600)', hostname: null, serial: null },
  ]);
  expect(unparsed).toEqual(['FAN1 information']);
});

test('VLANs of CloudEngine', () => {
  const { rows, unparsed } = vlans.read(
    lines(
      'The total number of vlans is : 3',
      '--------------------------------------------------------------------------------',
      'U: Up;         D: Down;         TG: Tagged;         UT: Untagged;',
      'MP: Vlan-mapping;               ST: Vlan-stacking;',
      '#: ProtocolTransparent-vlan;    *: Management-vlan;',
      'MAC-LRN: MAC-address learning;  STAT: Statistic;',
      'BC: Broadcast; MC: Multicast;   UC: Unknown-unicast;',
      'FWD: Forward;  DSD: Discard;',
      '--------------------------------------------------------------------------------',
      '',
      'VID          Ports',
      '--------------------------------------------------------------------------------',
      '   1         UT:10GE1/0/1(D)     Eth-Trunk1(U)',
      '  10         UT:10GE1/0/2(U)',
      '             TG:40GE1/0/1:1(U)   40GE1/0/1:2(D)',
      '                100GE1/0/1(D)',
      '             ST:10GE1/0/9(U)',
      '*4000',
      '5000         UT:10GE1/0/3(D)',
      '',
      'VID  Type     Status   Property  MAC-LRN STAT    BC  MC  UC  Description',
      '--------------------------------------------------------------------------------',
      '   1 common   enable   default   enable  disable FWD FWD FWD VLAN 0001',
      '  10 common   disable  default   enable  disable FWD FWD FWD servers: row 4',
      '*4000 common  enable   default   enable  disable FWD FWD FWD VLAN 4000',
    ),
  );
  expect(rows).toEqual([
    {
      ...{ vlan: 1, name: null, active: true },
      ports: [
        { portId: '10GE1/0/1', tagged: false },
        { portId: 'Eth-Trunk1', tagged: false },
      ],
    },
    {
      ...{ vlan: 10, name: null, active: false },
      ports: [
        { portId: '10GE1/0/2', tagged: false },
        { portId: '40GE1/0/1:1', tagged: true },
        { portId: '40GE1/0/1:2', tagged: true },
        { portId: '100GE1/0/1', tagged: true },
        { portId: '10GE1/0/9', tagged: null },
      ],
    },
    { vlan: 4000, name: null, active: true, ports: [] },
  ]);
  expect(unparsed).toEqual(['5000         UT:10GE1/0/3(D)']);
});

test('brief VLANs with a name, both kinds of member, and the remains of a pager', () => {
  const { rows, unparsed } = vlanBrief.read(
    lines(
      'U:Up;D:Down;TG:Tagged;UT:Untagged;',
      'VID  Name             Status  Ports',
      '--------------------------------------------------------------------------------',
      '10   row 4            enable  UT: GE0/0/1(U) GE0/0/2(D)',
      `  ---- More ----\x1b[42D${' '.repeat(42)}\x1b[42D                              TG: XGE0/0/1(D)`,
      '20                    disable',
    ),
  );
  expect(rows).toEqual([
    {
      ...{ vlan: 10, name: 'row 4', active: true },
      ports: [
        { portId: 'GigabitEthernet0/0/1', tagged: false },
        { portId: 'GigabitEthernet0/0/2', tagged: false },
        { portId: 'XGigabitEthernet0/0/1', tagged: true },
      ],
    },
    { vlan: 20, name: null, active: false, ports: [] },
  ]);
  expect(unparsed).toEqual([]);
});

test('VLANs of ports: lists by letter, tunnels, a trunk whose PVID does not pass, a name on a line of its own', () => {
  const { rows, unparsed } = portVlan.read(
    lines(
      'T=TAG U=UNTAG',
      '-------------------------------------------------------------------------------',
      'Port                Link Type    PVID    VLAN List',
      '-------------------------------------------------------------------------------',
      'XGE0/0/1            hybrid       5       U: 5',
      '                                         T: 10-11 20',
      '                                            30',
      'Eth-Trunk1          trunk        1       2 to 4 10',
      'GE0/0/2             dot1q-tunnel 100     -',
      'XGigabitEthernet10/0/48',
      '                    access       7       -',
      'GE0/0/3             access       4095    -',
    ),
  );
  expect(rows.map(({ portId, mode, untagged, tagged }) => [portId, mode, untagged, tagged])).toEqual([
    ['XGigabitEthernet0/0/1', 'other', 5, [10, 11, 20, 30]],
    ['Eth-Trunk1', 'trunk', null, [2, 3, 4, 10]],
    ['GigabitEthernet0/0/2', 'other', 100, []],
    ['XGigabitEthernet10/0/48', 'access', 7, []],
  ]);
  expect(unparsed).toEqual(['GE0/0/3             access       4095    -']);
});

test('interfaces in brief: shut down, standby, loopback', () => {
  const { rows, unparsed } = interfaceBrief.read(
    lines(
      'PHY: Physical',
      '*down: administratively down',
      '^down: standby',
      '~down: LDT down',
      '(sd): STP instance discarding',
      'Interface                  PHY      Protocol  InUti OutUti   inErrors  outErrors',
      '10GE1/0/1                  *down    down         0%     0%          0          0',
      'Eth-Trunk1                 up       up(l)     0.01%     0%          0          0',
      '  10GE1/0/2                up(p)    up(sd)    0.01%     0%          0          0',
      'MEth0/0/0                  ^down    down         0%     0%          0          0',
      'Gadget0/0/0                up       up           0%     0%          0          0',
    ),
  );
  expect(rows.map(({ portId, adminUp, operUp, lag }) => [portId, adminUp, operUp, lag])).toEqual([
    ['10GE1/0/1', false, false, null],
    ['Eth-Trunk1', true, true, null],
    ['10GE1/0/2', true, true, 'Eth-Trunk1'],
    ['MEth0/0/0', true, false, null],
  ]);
  expect(unparsed).toEqual(['Gadget0/0/0                up       up           0%     0%          0          0']);
});

test('Eth-Trunks of CloudEngine', () => {
  const { rows, unparsed } = ethTrunk.read(
    lines(
      "Eth-Trunk2's state information is:",
      'Working Mode: Normal        Hash Arithmetic: profile default',
      'Least Active-linknumber: 1  Max Bandwidth-affected-linknumber: 32',
      'Operating Status: down      Number of Up Ports in Trunk: 0',
      '--------------------------------------------------------------------------------',
      'PortName                      Status      Weight',
      '10GE1/0/1                     Down        1',
      '',
      "Eth-Trunk10's state information is:",
      'Local:',
      'LAG ID: 10                      Working Mode: Dynamic',
      'Preempt Delay: Disabled         Hash Arithmetic: profile default',
      'System Priority: 32768          System ID: 0025-9e95-7c31',
      'Least Active-linknumber: 1      Max Active-linknumber: 32',
      'Operating Status: up            Number of Up Ports in Trunk: 1',
      'Timeout Period: Slow',
      'PortKeyMode: Auto',
      '--------------------------------------------------------------------------------',
      'ActorPortName            Status   PortType PortPri PortNo PortKey PortState Weight',
      '10GE1/0/5                Selected 10GE     32768   1      305     10111100  1',
      '10GE1/0/6                Unselect 10GE     32768   2      305     10100010  1',
      '',
      'Partner:',
      '--------------------------------------------------------------------------------',
      'ActorPortName          SysPri   SystemID        PortPri PortNo PortKey PortState',
      '10GE1/0/5              32768    0025-9e95-7c11  32768   1      305     10111100',
      '10GE1/0/6              0        0000-0000-0000  0       0      0       10100011',
    ),
  );
  expect(rows).toEqual([
    { lag: 'Eth-Trunk2', protocol: 'static', operUp: false, members: [{ portId: '10GE1/0/1', bundled: false }] },
    {
      ...{ lag: 'Eth-Trunk10', protocol: 'lacp', operUp: true },
      members: [
        { portId: '10GE1/0/5', bundled: true },
        { portId: '10GE1/0/6', bundled: false },
      ],
    },
  ]);
  expect(unparsed).toEqual([]);
});

test('LLDP neighbours: two on a port, MAC as port id, what no port can be told of', () => {
  const { rows, unparsed } = neighbors.read(
    lines(
      '10GE1/0/1 has 2 neighbor(s):',
      '',
      'Neighbor index                     :1',
      'Chassis type                       :Locally assigned',
      'Chassis ID                         :node-1',
      'Port ID subtype                    :MAC Address',
      'Port ID                            :0011-2233-4455',
      'System description                 :first',
      '<second> line: of it',
      'Expired time                       :99s',
      '',
      'Neighbor index                     :2',
      'Chassis type                       :MAC Address',
      'Chassis ID                         :0011-2233-4466',
      'Port ID subtype                    :Interface Name',
      'Port ID                            :0011-2233-4455',
      'Invented key                       :1',
      '',
      'xe-0/0/1 has 1 neighbor(s):',
      'Neighbor index                     :1',
      '[~CE]',
    ),
  );
  const none = { portDescription: null, systemName: null, managementAddresses: [] };
  expect(rows).toEqual([
    {
      ...{ portId: '10GE1/0/1', chassisIdSubtype: 7, chassisId: 'node-1', portIdSubtype: 3, ...none },
      ...{ remotePortId: '00:11:22:33:44:55', systemDescription: 'first\n<second> line: of it' },
    },
    {
      ...{ portId: '10GE1/0/1', chassisIdSubtype: 4, chassisId: '00:11:22:33:44:66', portIdSubtype: 5, ...none },
      ...{ remotePortId: '0011-2233-4455', systemDescription: null },
    },
  ]);
  expect(unparsed).toEqual([
    'Invented key                       :1',
    'xe-0/0/1 has 1 neighbor(s):',
    'Neighbor index                     :1',
  ]);
});

test('MAC addresses: older releases, CloudEngine, blackhole, tunnel', () => {
  const old = macTable.read(
    lines(
      'MAC address table of slot 0:',
      '-------------------------------------------------------------------------------',
      'MAC Address    VLAN/       PEVLAN CEVLAN Port            Type      LSP/LSR-ID',
      '               VSI/SI                                              MAC-Tunnel',
      '-------------------------------------------------------------------------------',
      '0018-2000-0083 1           -      -      GE0/0/2         dynamic   0/-',
      '0018-2000-0084 sales       10     20     GE0/0/3.1       static    -',
      '-------------------------------------------------------------------------------',
      'Total matching items on slot 0 displayed = 2',
    ),
  );
  expect(old.rows).toEqual([
    { mac: '00:18:20:00:00:83', vlan: 1, portId: 'GigabitEthernet0/0/2', kind: 'dynamic' },
    { mac: '00:18:20:00:00:84', vlan: null, portId: 'GigabitEthernet0/0/3.1', kind: 'static' },
  ]);
  expect(old.unparsed).toEqual([]);
  const engine = macTable.read(
    lines(
      'Flags: * - Backup',
      '       # - forwarding logical interface, operations cannot be performed based on the interface.',
      'BD   : bridge-domain   Age : dynamic MAC learned time in seconds',
      '-------------------------------------------------------------------------------',
      'MAC Address    VLAN/VSI/BD   Learned-From        Type                Age',
      '-------------------------------------------------------------------------------',
      '0000-0000-0033 100/-/-       10GE1/0/1           dynamic              12',
      '0000-0000-0034 -/-/5000      192.0.2.9           evn                   -',
      '0000-0000-0035 200/-/-       -                   blackhole             -',
      '0000-0000-0036 100/-/-       Eth-Trunk1          sticky                -',
      '0000-0000-0037 4095/-/-      Eth-Trunk1          dynamic               1',
      '-------------------------------------------------------------------------------',
      'Total items: 5',
    ),
  );
  expect(engine.rows).toEqual([
    { mac: '00:00:00:00:00:33', vlan: 100, portId: '10GE1/0/1', kind: 'dynamic' },
    { mac: '00:00:00:00:00:36', vlan: 100, portId: 'Eth-Trunk1', kind: 'other' },
  ]);
  expect(engine.unparsed).toEqual(['0000-0000-0037 4095/-/-      Eth-Trunk1          dynamic               1']);
});

describe('configuration of ports', () => {
  const output = lines(
    '#',
    'interface Vlanif10',
    ' ip address 192.0.2.1 255.255.255.0',
    '#',
    'interface Eth-Trunk1',
    ' port link-type trunk',
    ' undo port trunk allow-pass vlan 1',
    ' port trunk pvid vlan 10',
    ' port trunk allow-pass vlan 10 to 12 4094',
    ' mode lacp',
    '#',
    'interface GigabitEthernet0/0/1',
    ' port link-type access',
    ' port default vlan 30',
    ' shutdown',
    ' stp edged-port enable',
    ' description a  "strange" one; # interface',
    '#',
    'interface GigabitEthernet0/0/2',
    ' port hybrid pvid vlan 50',
    ' undo port hybrid vlan 1',
    ' port hybrid tagged vlan 40',
    ' port hybrid untagged vlan 50 to 51',
    ' voice-vlan 60 enable',
    '#',
    'interface 10GE1/0/3',
    '#',
    'interface 10GE1/0/4',
    ' undo portswitch',
    ' mtu 9000',
    '#',
    'interface 10GE1/0/5',
    ' eth-trunk 1',
    '#',
    'interface 10GE1/0/6.1 mode l2',
    ' encapsulation dot1q vid 5',
    ' bridge-domain 10',
    '#',
    'interface 10GE1/0/7',
    ' port link-type dot1q-tunnel',
    ' frobnicate vlan 3',
    '#',
    'interface 10GE1/0/8',
    ' port link-type trunk',
    ' port trunk allow-pass vlan 2 to 4094',
    '#',
    'interface GigabitEthernet0/0/9',
    ' port trunk allow-pass vlan 5000',
    '#',
    'return',
  );

  test('rows', () => {
    const { rows, unparsed } = portConfig.read(output);
    expect(rows.map(({ portId, mode, untagged, tagged, lag }) => [portId, mode, untagged, tagged, lag])).toEqual([
      ['Vlanif10', 'routed', null, null, null],
      ['Eth-Trunk1', 'trunk', 10, [11, 12, 4094], null],
      ['GigabitEthernet0/0/1', 'access', 30, [], null],
      ['GigabitEthernet0/0/2', 'other', 50, [40], null],
      ['10GE1/0/3', 'access', 1, [], null],
      ['10GE1/0/4', 'routed', null, null, null],
      ['10GE1/0/5', 'access', 1, [], 'Eth-Trunk1'],
      ['10GE1/0/6.1', 'other', null, null, null],
      ['10GE1/0/7', 'other', null, null, null],
      ['10GE1/0/8', 'trunk', 1, 'all', null],
      ['GigabitEthernet0/0/9', 'other', null, null, null],
    ]);
    expect(rows[2]).toMatchObject({ adminUp: false, description: 'a  "strange" one; # interface' });
    expect(unparsed).toEqual([' frobnicate vlan 3', ' port trunk allow-pass vlan 5000']);
  });

  test('settings that a row cannot express', () => {
    expect(foreignSettings(output)).toEqual(
      new Map([
        [
          'GigabitEthernet0/0/2',
          [
            ...['port hybrid pvid vlan 50', 'undo port hybrid vlan 1', 'port hybrid tagged vlan 40'],
            ...['port hybrid untagged vlan 50 to 51', 'voice-vlan 60 enable'],
          ],
        ],
        ['10GE1/0/6.1', ['encapsulation dot1q vid 5', 'bridge-domain 10']],
        ['10GE1/0/7', ['port link-type dot1q-tunnel', 'frobnicate vlan 3']],
        ['GigabitEthernet0/0/9', ['port trunk allow-pass vlan 5000']],
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
    `${' '.repeat(long)}1 `.repeat(2),
    'GE1/0/1 '.repeat(long / 8),
    ' port trunk allow-pass vlan 1 to '.repeat(long / 30),
    `System description :${': '.repeat(long / 2)}`,
    Array.from({ length: 10_000 }, (_none, index) => `${'-'.repeat(index % 7)} {${index}} ?`).join('\n'),
  ];

  test.each(outputs.map((reader) => [String(reader.command), reader] as const))('%s', (_command, reader) => {
    const before = process.cpuUsage().user;
    for (const text of garbage) expect(reader.read(text)).toMatchObject({ rows: [] });
    expect(reader.read('')).toEqual({ rows: [], unparsed: [] });
    expect(reader.read('\r\n<HUAWEI>\r\n')).toEqual({ rows: [], unparsed: [] });
    expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  });
});
