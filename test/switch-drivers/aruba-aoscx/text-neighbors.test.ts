import { expect, test } from 'vitest';
import { read } from './read-output.ts';

test('show lacp aggregates: modes, VSX LAGs, commas, no members', () => {
  const output = `Aggregate-name        : lag1
Aggregated-interfaces : 1/1/29 1/1/28
                        1/1/27
Heartbeat rate        : slow
Hash                  : l3-src-dst
Aggregate mode        : active

Aggregate-name          : lag100
Aggregated-interfaces   :
Heartbeat rate          : N/A
Aggregate mode          : off

Aggregate-name    : lag7 (multi-chassis)
Interfaces        : 1/1/1, 1/1/3
Remote-interfaces : 1/1/9
Heartbeat rate    : slow
Aggregate mode    : passive`;
  const members = (...ports: string[]) => ports.map((portId) => ({ portId, bundled: null }));
  expect(read('show lacp aggregates', output)).toEqual({
    rows: [
      { lag: 'lag1', protocol: 'lacp', operUp: null, members: members('1/1/29', '1/1/28', '1/1/27') },
      { lag: 'lag100', protocol: 'static', operUp: null, members: [] },
      { lag: 'lag7', protocol: 'lacp', operUp: null, members: members('1/1/1', '1/1/3') },
    ],
    unparsed: [],
  });
});

test('show lldp neighbor-info: the table, with empty cells and names with blanks', () => {
  const output = `LLDP Neighbor Information
=========================

Total Neighbor Entries          : 3

LOCAL-PORT  CHASSIS-ID         PORT-ID            PORT-DESC     TTL      SYS-NAME
--------------------------------------------------------------------------------
1/1/1       70:72:cf:a4:7d:50  1/1/1              1/1/1         32       switch
1/1/2       52:54:00:00:00:07  52-54-00-00-00-07                120
mgmt        server-7           eth0               the port      120      my server`;
  const { rows, unparsed } = read('show lldp neighbor-info', output);
  expect(unparsed).toEqual([]);
  expect(rows).toMatchObject([
    {
      portId: '1/1/1',
      chassisIdSubtype: 4,
      chassisId: '70:72:cf:a4:7d:50',
      remotePortId: '1/1/1',
      systemName: 'switch',
    },
    { portId: '1/1/2', remotePortId: '52:54:00:00:00:07', portDescription: null, systemName: null },
    {
      portId: 'mgmt',
      chassisIdSubtype: null,
      chassisId: 'server-7',
      portDescription: 'the port',
      systemName: 'my server',
    },
  ]);
});

test('show lldp neighbor-info detail: several neighbours on a port, descriptions over several lines, repeated keys', () => {
  const neighbor = (name: string, description: string) => `Neighbor Chassis-Name          : ${name}
Neighbor Chassis-Description   : ${description}
Neighbor Chassis-ID            : 70:72:cf:a4:7d:50
Neighbor Management-Address    : 10.0.0.1, fe80::1
Chassis Capabilities Available : Bridge, Router
Chassis Capabilities Enabled   :
Neighbor Port-ID               : Gi1/0/1
Neighbor Port-Desc             :
Neighbor Port VLAN ID          :
TTL                            : 120
`;
  const output = `Port                           : 1/1/1
Neighbor Entries               : 2
${neighbor('a', 'Some OS, Version 1\nTechnical Support: http://example.org\nNeighbor Port-ID : forged')}
${neighbor('', '')}
Port                           : 1/1/2
Neighbor Entries               : 0`;
  const { rows, unparsed } = read('show lldp neighbor-info 1/1/1 detail', output);
  expect(rows).toMatchObject([
    {
      portId: '1/1/1',
      systemName: 'a',
      systemDescription: 'Some OS, Version 1\nTechnical Support: http://example.org',
      managementAddresses: ['10.0.0.1', 'fe80::1'],
      portDescription: null,
    },
    { portId: '1/1/1', systemName: null, systemDescription: null, remotePortId: 'Gi1/0/1', chassisIdSubtype: 4 },
  ]);
  expect(unparsed, 'a key that comes twice shows').toEqual(['Neighbor Port-ID               : Gi1/0/1']);
});

test('show mac-address-table: tunnels, static addresses, none at all', () => {
  expect(read('show mac-address-table', 'No MAC entries found.\n')).toEqual({ rows: [], unparsed: [] });
  const { rows, unparsed } = read(
    'show mac-address-table',
    `MAC Address          VLAN     Type       Port
--------------------------------------------------
00:00:00:00:00:08    3        evpn       vxlan1(10.1.1.1)
00:00:00:00:00:09    3        1/1/1
00:00:00:00:00:0a    4095     dynamic    1/1/1
00:00:00:00:00:0b    3        dynamic    moon`,
  );
  expect(rows).toEqual([
    { mac: '00:00:00:00:00:08', vlan: 3, portId: 'vxlan1', kind: 'other' },
    { mac: '00:00:00:00:00:09', vlan: 3, portId: '1/1/1', kind: 'static' },
  ]);
  expect(unparsed).toHaveLength(2);
});
