import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/fastiron/outputs.ts';
import { canonicalName, isSwitchPort, portList, shortName } from '../../../switch-drivers/fastiron/port-names.ts';
import { foreignSettings, portConfig } from '../../../switch-drivers/fastiron/readers/port-config.ts';

function read(command: string, output: string) {
  const readers = outputs.filter((reader) => reader.command.test(command));
  expect(readers).toHaveLength(1);
  return readers[0]!.read(output);
}

test('names in every form', () => {
  const forms = [
    '1/1/1',
    'e 1/1/1',
    'ethe 1/1/1',
    'ethernet 1/1/1',
    'Ethernet1/1/1',
    'GigabitEthernet1/1/1',
    '10GigabitEthernet1/1/1',
  ];
  for (const form of forms) expect(canonicalName(form), form).toBe('ethernet1/1/1');
  expect(canonicalName('1/2/1:4')).toBe('ethernet1/2/1:4');
  expect(canonicalName('lg12')).toBe('lag12');
  expect(canonicalName('lag 12')).toBe('lag12');
  expect(canonicalName('GigEthernetmgmt1')).toBe('management1');
  expect(canonicalName('ve 4085')).toBe('ve4085');
  for (const text of ['', 'CPU', 'foo1', '1/2/3/4', 'N/A', 'ethernet', '10lag1'])
    expect(canonicalName(text), text).toBeNull();
  expect(['ethernet1/1/1', 'lag1', 'management1', 've10'].map(shortName)).toEqual(['1/1/1', 'lg1', 'mgmt1', 've10']);
  expect(['ethernet1/1/1', 'lag1', 'management1', 've10'].map(isSwitchPort)).toEqual([true, true, false, false]);
  expect(portList('ethe 1/1/3 to 1/1/5 ethe 1/2/1 lag 1 to 2')).toEqual([
    'ethernet1/1/3',
    'ethernet1/1/4',
    'ethernet1/1/5',
    'ethernet1/2/1',
    'lag1',
    'lag2',
  ]);
  expect(portList('ethe 1/1/3 to 1/2/5')).toBeNull();
});

test('VLANs with dual mode, LAGs, other stacks, no name and the pager in between', () => {
  const { rows, unparsed } = read(
    'show vlan',
    [
      'SSH@icx Router#show vlan',
      'PORT-VLAN 1, Name DEFAULT, VLAN one, Priority level0, Spanning tree Off',
      ' Untagged Ports: None',
      '   Uplink Ports: None',
      ' DualMode Ports: (U1/M2)   1   2',
      '--More--, next page: Space, next line: Return key, quit: Control-c\r          \r DualMode Ports: (Stk0/S3)   4',
      ' Mac-Vlan Ports: (U1/M1) 7',
      '     Monitoring: Disabled',
      'PORT-VLAN 9, Name [None], Priority level0, Off',
      '   Tagged Ports: (LAG)     1   7  11',
      '   Tagged Ports: (U1/M1)   3',
      'PORT-VLAN 5000, Name x, Priority level0, Off',
      'SSH@icx Router#',
    ].join('\r\n'),
  );
  expect(unparsed).toEqual(['PORT-VLAN 5000, Name x, Priority level0, Off']);
  expect(rows).toEqual([
    {
      vlan: 1,
      name: 'DEFAULT, VLAN one',
      active: null,
      ports: [
        { portId: 'ethernet1/2/1', tagged: false },
        { portId: 'ethernet1/2/2', tagged: false },
        { portId: 'ethernet0/3/4', tagged: false },
        { portId: 'ethernet1/1/7', tagged: null },
      ],
    },
    {
      vlan: 9,
      name: null,
      active: null,
      ports: ['lag1', 'lag7', 'lag11', 'ethernet1/1/3'].map((portId) => ({ portId, tagged: true })),
    },
  ]);
});

test('VLAN ids in brief', () => {
  const { rows, unparsed } = read(
    'show vlan brief',
    [
      'System-max vlan Params: Max(4095) Default(64) Current(64)',
      'Default vlan Id :1024',
      'Total Number of Vlan Configured :5',
      'VLANs Configured :1 20 100 to 102',
      ' 200',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows.map((row) => 'vlan' in row && row.vlan)).toEqual([1, 20, 100, 101, 102, 200]);
});

test('LAGs, in full and in brief', () => {
  const head = [
    'Total number of LAGs:          2',
    'Total number of deployed LAGs: 1',
    'LACP Long timeout:             120, default: 120',
  ];
  const full = read(
    'show lag',
    [
      ...head,
      '=== LAG "to core" ID 6 (dynamic Deployed) ===',
      'LAG Configuration:',
      '   Ports:         e 1/1/23 to 1/1/24 ',
      '                  e 2/1/1',
      '   Port Count:    3',
      '   Lag Interface: lg6',
      '   Trunk Type:    hash-based',
      '   LACP Key:      20006',
      'Deployment: HW Trunk ID 1',
      'Port       Link    State   Dupl Speed Trunk Tag Pvid Pri MAC             Name',
      '1/1/23     Up      Forward Full 1G    6     Yes 1    0   748e.f8e6.a3b4  core',
      'Port       [Sys P] [Port P] [ Key ] [Act][Tio][Agg][Syn][Col][Dis][Def][Exp][Ope]',
      '1/1/23          1        1   20006   Yes   L   Agg  Syn  Col  Dis  No   No   Ope',
      '1/1/24          1        1   20006   Yes   S   Agg  No   No   No   Def  Exp  Ina',
      ' Partner Info and PDU Statistics',
      'Port          Partner         Partner     LACP      LACP',
      '             System ID         Key     Rx Count  Tx Count',
      '1/1/23   65535-0025.9087.0bf8        9   172845   4895230',
      '=== LAG "b" ID 7 (static Not Deployed) ===',
      'LAG Configuration:',
      '   Ports:         None',
    ].join('\n'),
  );
  expect(full).toEqual({
    rows: [
      {
        lag: 'lag6',
        protocol: 'lacp',
        operUp: null,
        members: [
          { portId: 'ethernet1/1/23', bundled: true },
          { portId: 'ethernet1/1/24', bundled: false },
          { portId: 'ethernet2/1/1', bundled: null },
        ],
      },
      { lag: 'lag7', protocol: 'static', operUp: false, members: [] },
    ],
    unparsed: [],
  });
  const brief = read(
    'show lag brief',
    [
      ...head,
      'LAG           Type   Deploy Trunk Primary  Port List',
      'SW2.XR-SW1A.TEdynamic  Y    1     1/3/1    e 1/3/1 to 1/3/2',
      'odd line',
    ].join('\n'),
  );
  expect(brief.unparsed).toEqual(['odd line']);
  expect(brief.rows).toMatchObject([
    { lag: 'lag1', protocol: 'lacp', members: [{ portId: 'ethernet1/3/1' }, { portId: 'ethernet1/3/2' }] },
  ]);
});

test('trunks side by side', () => {
  const { rows, unparsed } = read(
    'show trunk',
    [
      'Configured trunks:',
      'Trunk ID: 5',
      'Ports         5       23',
      'Port Names    none    none',
      'Port_Status   enable  enable',
      'Monitor       off     off',
      'Rx Mirr Port  N/A     N/A',
      ' Monitor Dir   N/A     N/A',
      '',
      'Trunk ID: 6',
      'Ports 7 8',
      '',
      'Operational trunks:',
      'Trunk ID: 5',
      'Duplex: Full',
      'Ports         5       23',
      'Link_Status   active  down',
      'port_state    Forward Blocked',
      'LACP_Status   ready   ready',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toEqual([
    {
      lag: 'lag5',
      protocol: 'lacp',
      operUp: true,
      members: [
        { portId: 'ethernet5', bundled: true },
        { portId: 'ethernet23', bundled: false },
      ],
    },
    {
      lag: 'lag6',
      protocol: null,
      operUp: false,
      members: [
        { portId: 'ethernet7', bundled: null },
        { portId: 'ethernet8', bundled: null },
      ],
    },
  ]);
});

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

const CONFIG = [
  'ver 08.0.90T211',
  'lag core dynamic id 1',
  ' ports ethe 1/2/1 to 1/2/2',
  '!',
  'vlan 1 name DEFAULT-VLAN by port',
  ' no untagged ethe 1/1/4',
  '!',
  'vlan 10 name "two words" by port',
  ' tagged ethe 1/1/2 to 1/1/4 lag 1',
  ' untagged ethe 1/1/1',
  ' router-interface ve 10',
  '!',
  'vlan 20 by port',
  ' tagged ethe 1/1/2',
  ' pvlan type isolated',
  '!',
  'interface ethernet 1/1/1',
  ' port-name "uplink of rack 1"',
  ' disable',
  ' voice-vlan 30',
  '!',
  'interface ethernet 1/1/2',
  ' dual-mode  20',
  ' spanning-tree 802-1w admin-edge-port',
  ' brand new setting',
  '!',
  'interface ethernet 1/1/5',
  ' speed-duplex 100-full',
  '!',
  'interface ethernet 1/1/6',
  ' ip address 10.0.0.1 255.255.255.0',
  '!',
].join('\n');

test('ports from the three parts of the configuration', () => {
  const { rows, unparsed } = portConfig.read(CONFIG);
  expect(unparsed).toEqual([' brand new setting']);
  const row = (portId: string) => rows.find((one) => one.portId === portId);
  expect(row('ethernet1/1/1')).toEqual({
    portId: 'ethernet1/1/1',
    adminUp: false,
    operUp: null,
    mode: 'access',
    untagged: 10,
    tagged: [],
    lag: null,
    description: 'uplink of rack 1',
    mtu: null,
  });
  expect(row('ethernet1/1/2')).toMatchObject({ mode: 'trunk', untagged: 20, tagged: [10] });
  expect(row('ethernet1/1/3')).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
  expect(row('ethernet1/1/4')).toMatchObject({ mode: 'trunk', untagged: null, tagged: [10] });
  expect(row('ethernet1/1/5')).toMatchObject({ mode: 'access', untagged: 1, tagged: [], adminUp: true });
  expect(row('ethernet1/1/6')).toMatchObject({ mode: 'routed', untagged: null, tagged: [] });
  expect(row('lag1')).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
  expect(row('ethernet1/2/2')).toMatchObject({ mode: null, lag: 'lag1' });
  expect(foreignSettings(CONFIG)).toEqual(
    new Map([
      ['ethernet1/1/1', ['voice-vlan 30']],
      ['ethernet1/1/2', ['vlan 20: pvlan type isolated']],
    ]),
  );
});

test('the interface part alone says nothing of VLANs', () => {
  const { rows } = read('show running-config interface', 'interface ethernet 1/1/1\n port-name x\n!\n');
  expect(rows).toMatchObject([{ portId: 'ethernet1/1/1', mode: null, untagged: null, tagged: null, description: 'x' }]);
});

test('nothing throws, is lost or takes long', () => {
  const garbage = [
    'x'.repeat(1_000_000),
    `a${' '.repeat(500_000)}b${' '.repeat(400_000)}c`,
    `1/1/1 Up ${'None '.repeat(200_000)}`,
    'dynamic Y 1 '.repeat(80_000),
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
