import { expect, test } from 'vitest';
import { read } from './read-output.ts';

test('show lldp neighbors: neighbours without a name, names with blanks', () => {
  const output = `Port          Neighbor Device ID       Neighbor Port ID    TTL
---------- ------------------------ ---------------------- ---
Et1           0050.56ac.4cd9           0050.56ac.4cd9      120
Et2           my server                port 1              120
Et3           ${'very'.repeat(20)}.example.org  swp1  120
Et4           who`;
  const { rows, unparsed } = read('show lldp neighbors', output);
  const mac = '00:50:56:ac:4c:d9';
  expect(rows).toMatchObject([
    { portId: 'Ethernet1', chassisId: mac, chassisIdSubtype: 4, remotePortId: mac, systemName: null },
    { portId: 'Ethernet2', systemName: 'my server', remotePortId: 'port 1', chassisId: null },
    { portId: 'Ethernet3', systemName: `${'very'.repeat(20)}.example.org`, remotePortId: 'swp1' },
  ]);
  expect(unparsed).toHaveLength(1);
});

test('show lldp neighbors detail: strings over several lines, other subtypes, unknown TLVs', () => {
  const output = `Interface Ethernet1 detected 1 LLDP neighbors:

  Neighbor "node 7"/"eth0", age 3 seconds
  Discovered 0:01:11 ago; Last changed 0:01:11 ago
    - Chassis ID type: Locally assigned (7)
      Chassis ID     : "node 7"
    - Port ID type: Interface alias (1)
      Port ID     : "0050.56ac.4cd9"
    - Time To Live: 120 seconds
    - System Name: ""
    - System Description: "Some OS
Interface Ethernet9 detected 1 LLDP neighbors:
Copyright"
    - A TLV of tomorrow: 1
      Port ID        : 7
    - IEEE802.1/IEEE802.3 Link Aggregation
      Port ID                : 0`;
  const { rows, unparsed } = read('show lldp neighbors detail', output);
  expect(rows).toEqual([
    {
      portId: 'Ethernet1',
      chassisIdSubtype: 7,
      chassisId: 'node 7',
      portIdSubtype: 1,
      remotePortId: '0050.56ac.4cd9',
      portDescription: null,
      systemName: null,
      systemDescription: 'Some OS\nInterface Ethernet9 detected 1 LLDP neighbors:\nCopyright',
      managementAddresses: [],
    },
  ]);
  expect(unparsed.map((line) => line.trim())).toEqual(['- A TLV of tomorrow: 1', 'Port ID        : 7']);
});

test('show mac address-table: what is no VLAN or no port is left over', () => {
  const output = `  10    0012.3694.03ec    DYNAMIC     Vx1        1       400 days, 1:02:03 ago
  10    0012.3694.03ed    STATIC      Cpu
4095    0012.3694.03ee    DYNAMIC     Et1        1       0:00:01 ago
  10    0012.3694.03ef    DYNAMIC     Et1        1       whenever`;
  const { rows, unparsed } = read('show mac address-table dynamic vlan 10', output);
  expect(rows).toEqual([
    { mac: '00:12:36:94:03:ec', vlan: 10, portId: 'Vxlan1', kind: 'dynamic' },
    { mac: '00:12:36:94:03:ed', vlan: 10, portId: 'Cpu', kind: 'static' },
  ]);
  expect(unparsed).toHaveLength(2);
});

test('show hostname', () => {
  expect(read('show hostname', 'Hostname: leaf1\nFQDN:     leaf1.example.org\n')).toEqual({
    rows: [{ model: null, version: null, hostname: 'leaf1', serial: null }],
    unparsed: [],
  });
});
