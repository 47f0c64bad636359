import { expect, test } from 'vitest';
import { read } from './read.ts';

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
