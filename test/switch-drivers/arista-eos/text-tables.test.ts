import { expect, test } from 'vitest';
import { read } from './read-output.ts';

test('show vlan: wrapped ports, dynamic VLANs, ports of the MLAG peer, and ids that are none', () => {
  const output = `leaf1#show vlan
VLAN  Name                             Status    Ports
----- -------------------------------- --------- -------------------------------
10    a-name-that-fills-thirty-two-chars active   Cpu, Et1, Et2, Et3, PEt4,
                                                 Po5, Vx1
20*   VLAN0020                         suspended
4095  bad                              active    Et1
10    worse                            active    Gi1/0/1

* indicates a Dynamic VLAN
leaf1#`;
  const { rows, unparsed } = read('show vlan', output);
  expect(rows).toMatchObject([
    { vlan: 10, active: true },
    { vlan: 20, name: 'VLAN0020', active: false, ports: [] },
  ]);
  expect(rows[0]).toHaveProperty(
    'ports',
    ['Cpu', 'Ethernet1', 'Ethernet2', 'Ethernet3', 'PeerEthernet4', 'Port-Channel5', 'Vxlan1'].map((portId) => ({
      portId,
      tagged: null,
    })),
  );
  expect(unparsed).toHaveLength(2);
});

test('show interfaces status: names that look like statuses, LAG members, tap ports', () => {
  const output = `Port       Name   Status       Vlan     Duplex Speed  Type         Flags Encapsulation
Et1        connected to 10 full connected    10       full   100G   100GBASE-CR4
Et2        x  y   disabled     in Po7   a-full a-2.5G 10GBASE-T
Et3               connected    tap      full   10G    Not Present
Et4               connected    5000     full   10G    Not Present
Et5               flapping     10       full   10G    Not Present
--More--          Et6               notconnect    20      auto   auto   1000BASE-T`;
  const { rows, unparsed } = read('show interfaces status', output);
  expect(rows).toMatchObject([
    {
      portId: 'Ethernet1',
      description: 'connected to 10 full',
      operUp: true,
      mode: 'access',
      untagged: 10,
      tagged: [],
    },
    { portId: 'Ethernet2', description: 'x  y', adminUp: false, lag: 'Port-Channel7', mode: null, tagged: null },
    { portId: 'Ethernet3', mode: 'other', untagged: null },
    { portId: 'Ethernet6', mode: 'access', untagged: 20, operUp: false },
  ]);
  expect(unparsed.map((line) => line.slice(0, 3))).toEqual(['Et4', 'Et5']);
});

test('show interfaces switchport: what is in use follows from the mode', () => {
  const block = (mode: string, native: string, tagging: string, allowed: string) => `Name: Et1
Switchport: Enabled
Administrative Mode: ${mode}
Operational Mode: ${mode}
MAC Address Learning: enabled
Dot1q ethertype/TPID: 0x8100 (active)
Dot1q VLAN Tag: Allowed
Access Mode VLAN: 3 (VLAN0003)
Trunking Native Mode VLAN: ${native}
Administrative Native VLAN tagging: ${tagging}
Administrative private VLAN mapping: ALL
Trunking VLANs Enabled: ${allowed}
Static Trunk Groups:
Dynamic Trunk Groups:
Source interface filtering: enabled
`;
  const row = (...args: Parameters<typeof block>) => {
    const { rows, unparsed } = read('show interfaces ethernet 1 switchport', block(...args));
    expect(unparsed).toEqual([]);
    return rows[0];
  };
  expect(row('static access', '1 (default)', 'disabled', 'ALL')).toMatchObject({
    mode: 'access',
    untagged: 3,
    tagged: [],
  });
  expect(row('trunk', '1 (default)', 'disabled', 'ALL')).toMatchObject({ mode: 'trunk', untagged: 1, tagged: 'all' });
  expect(row('trunk', '5 (x)', 'disabled', '2-3,5')).toMatchObject({ untagged: 5, tagged: [2, 3] });
  expect(row('trunk', '5 (x)', 'disabled', '2-3')).toMatchObject({ untagged: null, tagged: [2, 3] });
  expect(row('trunk', '5 (x)', 'enabled', '2-3,5')).toMatchObject({ untagged: null, tagged: [2, 3, 5] });
  expect(row('dot1q-tunnel', '1 (default)', 'disabled', 'ALL')).toMatchObject({
    mode: 'other',
    untagged: null,
    tagged: null,
  });
});

test('show port-channel dense: static channels, members of the MLAG peer', () => {
  const output = `                 Flags
   Po1(U)             Static            Et1(P) PEt1(D)
                                        Et2(PG+)
   Po2(x)             LACP(a)`;
  expect(read('show port-channel dense', output)).toEqual({
    rows: [
      {
        lag: 'Port-Channel1',
        protocol: 'static',
        operUp: true,
        members: [
          { portId: 'Ethernet1', bundled: true },
          { portId: 'PeerEthernet1', bundled: false },
          { portId: 'Ethernet2', bundled: true },
        ],
      },
      { lag: 'Port-Channel2', protocol: 'lacp', operUp: null, members: [] },
    ],
    unparsed: [],
  });
});
