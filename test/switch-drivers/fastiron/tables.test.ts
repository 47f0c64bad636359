import { expect, test } from 'vitest';
import { read } from './read.ts';

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
