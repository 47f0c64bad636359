import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/juniper-junos/outputs.ts';
import { canonicalName, isSwitchPort, shortName } from '../../../switch-drivers/juniper-junos/port-names.ts';
import { foreignSettings, portConfig } from '../../../switch-drivers/juniper-junos/readers/port-config.ts';

function read(command: string, output: string) {
  const readers = outputs.filter((reader) => reader.command.test(command));
  expect(readers).toHaveLength(1);
  return readers[0]!.read(output);
}

test('names', () => {
  expect(canonicalName('ge-0/0/3.0')).toBe('ge-0/0/3');
  expect(canonicalName('xe-0/0/1:2')).toBe('xe-0/0/1:2');
  expect(canonicalName('node1:xe-0/0/1.0')).toBe('node1:xe-0/0/1');
  expect(canonicalName('ae112')).toBe('ae112');
  expect(canonicalName('ge-0/0/3.100')).toBe('ge-0/0/3.100');
  expect(canonicalName('irb.100')).toBe('irb.100');
  for (const text of ['', 'Router', '-', 'v100', 'ge-0/0', 'All-members', '1'])
    expect(canonicalName(text), text).toBeNull();
  expect(['ge-0/0/3', 'ae0', 'irb.1', 'me0', 'ge-0/0/3.100'].map(isSwitchPort)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(shortName('ge-0/0/3')).toBe('ge-0/0/3.0');
});

test('VLANs without ELS: lists by commas, a VLAN without a tag', () => {
  const { rows, unparsed } = read(
    'show vlans',
    [
      'Name           Tag     Interfaces',
      'default        None',
      '                       ge-0/0/34.0, ge-0/0/33.0',
      'employee       20',
      '                       ge-0/0/0.0*, ae0.0*,',
      '                       xe-0/1/0.0',
      'empty          30',
      '                       None',
      '',
      '{master:0}',
      'user@sw> ',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toEqual([
    {
      vlan: 20,
      name: 'employee',
      active: null,
      ports: ['ge-0/0/0', 'ae0', 'xe-0/1/0'].map((portId) => ({ portId, tagged: null })),
    },
    { vlan: 30, name: 'empty', active: null, ports: [] },
  ]);
});

test('VLANs with ELS: no tag, overlay members', () => {
  const { rows, unparsed } = read(
    'show vlans | no-more',
    [
      'Routing instance        VLAN name             Tag          Interfaces',
      'default-switch          default               NA',
      '                                                           ge-0/0/4.0',
      'default-switch          v10                   10',
      '                                                           esi.1805*',
      '                                                           vtep.32770*',
      '                                                           et-0/0/0:1.0*',
      'default-switch          bad                   4095',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual(['default-switch          bad                   4095']);
  expect(rows).toEqual([{ vlan: 10, name: 'v10', active: null, ports: [{ portId: 'et-0/0/0:1', tagged: null }] }]);
});

test('VLANs in full', () => {
  const { rows, unparsed } = read(
    'show vlans extensive',
    [
      'Routing instance: default-switch',
      'VLAN Name: v100                          State: Active',
      'Tag: 100',
      'Internal index: 2, Generation Index: 2, Origin: Static',
      'MAC aging time: 300 seconds',
      'Layer 3 interface: irb.100',
      'VXLAN Enabled : No',
      'Interfaces:',
      '    ge-0/0/0.0*,tagged,trunk',
      '    ge-0/0/1.0,untagged,access',
      'Number of interfaces: Tagged 1    , Untagged 1',
      'Total MAC count: 0',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toEqual([
    {
      vlan: 100,
      name: 'v100',
      active: true,
      ports: [
        { portId: 'ge-0/0/0', tagged: true },
        { portId: 'ge-0/0/1', tagged: false },
      ],
    },
  ]);
});

test('switching interfaces with ELS', () => {
  const { rows, unparsed } = read(
    'show ethernet-switching interface',
    [
      'Logical Interface flags (DL - disable learning, AD - packet action drop,',
      '                         LH - MAC limit hit, DN - interface down,',
      '                         MMAS - Mac-move action shutdown,  AS - Autostate-exclude enabled,',
      '                         SCTL - shutdown by Storm-control, MI - MAC+IP limit hit)',
      '',
      'Logical         Vlan                   TAG   MAC    MAC+IP STP         Logical          Tagging',
      'interface       members                      limit  limit  state       interface flags',
      'Routing Instance Name : default-switch',
      'ge-0/0/0.0                                   65536  0                  DN               untagged',
      '                vlan-110               110   65536  0      Discarding                   untagged',
      'ge-0/0/1.0                                   65536  0                                   tagged',
      '                default                      1024   0      Forwarding                   untagged',
      '                v30                    30    65536  0      Forwarding                   tagged',
      '                v20                    20    65536  0      Forwarding                   tagged',
      'something else entirely',
    ].join('\n'),
  );
  expect(unparsed).toEqual(['something else entirely']);
  expect(rows).toMatchObject([
    { portId: 'ge-0/0/0', operUp: false, mode: 'access', untagged: 110, tagged: [] },
    { portId: 'ge-0/0/1', operUp: true, mode: 'trunk', untagged: null, tagged: [20, 30] },
  ]);
});

test('interfaces in short', () => {
  const { rows, unparsed } = read(
    'show interfaces terse',
    [
      'Interface               Admin Link Proto    Local                 Remote',
      'ge-0/0/0                up    up',
      'ge-0/0/0.0              up    up   aenet    --> ae0.0',
      'ge-0/0/1                down  down',
      'ae0                     up    up',
      'ae0.0                   up    up   eth-switch',
      'irb.10                  up    up   inet     192.168.10.254/24',
      '                                   multiservice',
      '                                   fe80::1/64',
      'lo0.16384               up    up   inet     127.0.0.1           --> 0/0',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toMatchObject([
    { portId: 'ge-0/0/0', adminUp: true, operUp: true, lag: 'ae0' },
    { portId: 'ge-0/0/1', adminUp: false, operUp: false, lag: null },
    { portId: 'ae0' },
  ]);
});

test('neighbours in a wide table, without a system name, and in full', () => {
  const table = read(
    'show lldp neighbors',
    [
      'Local Interface    Parent Interface    Chassis Id                               Port info          System Name',
      'et-0/0/17:1        ae5                 6c:92:cf:06:91:3e                        Ethernet 1/1 up    srv01',
      'ge-0/0/46.0        -                   10.0.0.9                                 ge-0/2/0',
      '',
    ].join('\n'),
  );
  expect(table.unparsed).toEqual([]);
  expect(table.rows).toMatchObject([
    { portId: 'et-0/0/17:1', chassisIdSubtype: 4, remotePortId: 'Ethernet 1/1 up', systemName: 'srv01' },
    { portId: 'ge-0/0/46', chassisIdSubtype: null, chassisId: '10.0.0.9', remotePortId: 'ge-0/2/0', systemName: null },
  ]);
  const full = read(
    'show lldp neighbors interface xe-0/0/0',
    [
      'LLDP Neighbor Information:',
      'Local Information:',
      'Index: 35 Time to live: 120 Time mark: Fri Jul 27 12:00:00 2018 Age: 7 secs',
      'Local Interface    : xe-0/0/0',
      'Parent Interface   : ae0',
      'Local Port ID      : 510',
      'Ageout Count       : 0',
      '',
      'Neighbour Information:',
      'Chassis type       : Mac address',
      'Chassis ID         : 54:4b:8c:6c:14:c0',
      'Port type          : Interface name',
      'Port ID            : xe-0/0/1',
      'Port description   : to sw1: port 1',
      'System name        : sw2',
      '',
      'System Description : Vendor OS, Version 1',
      'Compiled: yesterday',
      '',
      'System capabilities',
      '        Supported: Bridge Router',
      '        Enabled  : Bridge Router',
      '',
      'Management address',
      '        Address Type      : IPv4(1)',
      '        Address           : 10.1.1.1',
      '        Interface Number  : 17',
      '        Interface Subtype : ifIndex(2)',
      '        OID               : 1.3.6.1.2.1.31.1.1.1.1.1.',
      'Unheard of         : x',
    ].join('\n'),
  );
  expect(full.unparsed).toEqual(['Unheard of         : x']);
  expect(full.rows).toEqual([
    {
      portId: 'xe-0/0/0',
      chassisIdSubtype: 4,
      chassisId: '54:4b:8c:6c:14:c0',
      portIdSubtype: 5,
      remotePortId: 'xe-0/0/1',
      portDescription: 'to sw1: port 1',
      systemName: 'sw2',
      systemDescription: 'Vendor OS, Version 1\nCompiled: yesterday',
      managementAddresses: ['10.1.1.1'],
    },
  ]);
});

test('MAC tables of both kinds', () => {
  const els = read(
    'show ethernet-switching table',
    [
      'MAC flags (S - static MAC, D - dynamic MAC, L - locally learned, P - Persistent static, C - Control MAC',
      '           SE - statistics enabled, NM - non configured MAC, R - remote PE MAC, O - ovsdb MAC',
      '           GBP - group based policy, B - Blocked MAC)',
      '',
      'Ethernet switching table : 3 entries, 3 learned',
      'Routing instance : default-switch',
      '    Vlan                MAC                 MAC         Age   GBP     Logical                NH        RTR',
      '    name                address             flags             Tag     interface              Index     ID',
      '    vl10                00:50:79:66:68:06   D             -            ge-0/0/0.0             0         0',
      '    a-very-long-vlan-name-here 00:50:79:66:68:07 S        1:22         vtep.32770             10.6.11.4',
      '    vl10                00:50:79:66:68:08   DC            -                                   745200    745200',
      '',
    ].join('\n'),
  );
  expect(els.unparsed).toEqual([]);
  expect(els.rows).toEqual([
    { mac: '00:50:79:66:68:06', vlan: null, portId: 'ge-0/0/0', kind: 'dynamic' },
    { mac: '00:50:79:66:68:07', vlan: null, portId: 'vtep.32770', kind: 'static' },
  ]);
  const old = read(
    'show ethernet-switching table',
    [
      'Ethernet-switching table: 4 unicast entries',
      '  VLAN\t            MAC address       Type         Age Interfaces',
      '  v201              *                 Flood          - All-members',
      '  v201              0a:43:80:e7:80:15 Learn         54 ge-0/0/1.0',
      '  v201              ac:4b:c8:2b:77:c1 Static         - Router',
      '',
    ].join('\n'),
  );
  expect(old.unparsed).toEqual([]);
  expect(old.rows).toEqual([{ mac: '0a:43:80:e7:80:15', vlan: null, portId: 'ge-0/0/1', kind: 'dynamic' }]);
});

const CONFIG = [
  'set interfaces interface-range users member "ge-0/0/[1-2]"',
  'set interfaces interface-range users unit 0 family ethernet-switching interface-mode access',
  'set interfaces interface-range users unit 0 family ethernet-switching vlan members office',
  'set interfaces ge-0/0/2 description "desk \\"7\\", window"',
  'set interfaces ge-0/0/2 disable',
  'set interfaces xe-0/0/10 mtu 9216',
  'set interfaces xe-0/0/10 native-vlan-id 5',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching interface-mode trunk',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching vlan members office',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching vlan members 20-22',
  'set interfaces xe-0/0/10 unit 0 family ethernet-switching vlan members 5',
  'set interfaces xe-0/0/11 unit 0 family ethernet-switching interface-mode trunk',
  'set interfaces xe-0/0/11 unit 0 family ethernet-switching vlan members all',
  'set interfaces xe-0/0/12 unit 0 family ethernet-switching vlan members unknown',
  'set interfaces xe-0/0/13 ether-options 802.3ad ae0',
  'set interfaces xe-0/0/14 flexible-vlan-tagging',
  'set interfaces xe-0/0/14 unit 100 vlan-id 100',
  'set interfaces xe-0/0/15 unit 0 family inet address 10.0.0.1/31',
  'set interfaces xe-0/0/16 unit 0 family ethernet-switching',
  'set interfaces xe-0/0/17 disable',
  'deactivate interfaces xe-0/0/17 disable',
  'set interfaces xe-0/0/17 frobnicate',
  'set interfaces ae0 aggregated-ether-options lacp active',
  'set interfaces irb unit 10 family inet address 10.0.10.1/24',
  'set vlans office vlan-id 10',
  'set vlans office l3-interface irb.10',
  'set vlans lab vlan-id-list 30-31',
  'set vlans old interface ge-0/0/3.0',
  'set vlans old vlan-id 40',
  'set vlans old dot1q-tunneling',
  'set switch-options voip interface ge-0/0/1.0 vlan lab',
].join('\n');

test('ports from the configuration', () => {
  const { rows, unparsed } = portConfig.read(CONFIG);
  expect(unparsed).toEqual(['set interfaces xe-0/0/17 frobnicate']);
  const row = (portId: string) => rows.find((one) => one.portId === portId);
  expect(row('ge-0/0/1')).toMatchObject({ adminUp: true, mode: 'access', untagged: 10, tagged: [] });
  expect(row('ge-0/0/2')).toMatchObject({
    adminUp: false,
    mode: 'access',
    untagged: 10,
    description: 'desk "7", window',
  });
  expect(row('ge-0/0/3')).toMatchObject({ mode: 'access', untagged: 40 });
  expect(row('xe-0/0/10')).toMatchObject({ mode: 'trunk', untagged: 5, tagged: [10, 20, 21, 22], mtu: 9216 });
  expect(row('xe-0/0/11')).toMatchObject({ mode: 'trunk', untagged: null, tagged: 'all' });
  expect(row('xe-0/0/12')).toMatchObject({ mode: 'access', untagged: null });
  expect(row('xe-0/0/13')).toMatchObject({ mode: null, lag: 'ae0' });
  expect(row('xe-0/0/15')).toMatchObject({ mode: 'routed', tagged: [] });
  expect(row('xe-0/0/16')).toMatchObject({ mode: 'access', untagged: 1 });
  expect(row('xe-0/0/17')).toMatchObject({ adminUp: true });
  expect(row('irb')).toBeUndefined();
  expect([...foreignSettings(CONFIG)]).toEqual([
    ['ge-0/0/1', ['set switch-options voip interface ge-0/0/1.0 vlan lab']],
    ['xe-0/0/14', ['set interfaces xe-0/0/14 flexible-vlan-tagging', 'set interfaces xe-0/0/14 unit 100 vlan-id 100']],
    ['ge-0/0/3', ['set vlans old dot1q-tunneling']],
  ]);
});

test('VLANs from the configuration', () => {
  const { rows, unparsed } = read(
    'show configuration vlans | display set',
    [
      'set vlans office vlan-id 10',
      'set vlans lab vlan-id-list 30-31',
      'set vlans none vlan-id none',
      'set vlans x surprise',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual(['set vlans x surprise']);
  expect(rows).toEqual([
    { vlan: 10, name: 'office', active: null, ports: null },
    { vlan: 30, name: null, active: null, ports: null },
    { vlan: 31, name: null, active: null, ports: null },
  ]);
});

test('nothing throws, is lost or takes long', () => {
  const garbage = [
    'x'.repeat(1_000_000),
    `a${' '.repeat(500_000)}b${' '.repeat(400_000)}c?`,
    `  LH - ${'a, '.repeat(300_000)};`,
    `set ${'"a '.repeat(300_000)}`,
    'ge-0/0/0.0 '.repeat(90_000),
    '\u0000\u001b[2J\ufffd',
  ];
  for (const reader of outputs) {
    for (const text of garbage) {
      const started = performance.now();
      const { rows, unparsed } = reader.read(text);
      expect(rows).toEqual([]);
      // A legend's line may look like this one.
      if (!text.startsWith('  LH')) expect(unparsed).toEqual([text.trimEnd()]);
      expect(performance.now() - started).toBeLessThan(5000);
    }
    expect(reader.read('')).toEqual({ rows: [], unparsed: [] });
  }
});
