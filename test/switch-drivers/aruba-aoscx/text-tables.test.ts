import { expect, test } from 'vitest';
import { read } from './read-output.ts';

test('show version and show system', () => {
  const version = `leaf1# show version
-----------------------------------------------------------------------------
ArubaOS-CX
(c) Copyright 2017-2024 Hewlett Packard Enterprise Development LP
-----------------------------------------------------------------------------
Version      : FL.10.10.1050
Build Date   : 2023-02-24 11:14:15 PDT
Build ID     : ArubaOS-CX:FL.10.10.1050:2b4032a4282b:202302241803
Build SHA    : 2b4032a4282b47ab94ea92a1436e1194f34bb5ba
Hot Patches  :
Active Image : secondary

Service OS Version : FL.01.13.0001
BIOS Version       : FL.01.0002
leaf1#`;
  expect(read('show version', version)).toEqual({
    rows: [{ model: null, version: 'FL.10.10.1050', hostname: null, serial: null }],
    unparsed: [],
  });
  const system = `Hostname               : leaf1
System Description     : FL.10.10.1050
System Contact         :
System Location        :

Vendor                 : Aruba
Product Name           : JL658A 6300M 24SFP+ 4SFP56 Swch
Chassis Serial Nbr     : SG00000001
Base MAC Address       : 98f2b3-68792e
ArubaOS-CX Version     : FL.10.10.1050

Time Zone              : UTC
Up Time                : 19 hours, 51 minutes
CPU Util (%)           : 5
CPU Util (% avg 1 min) : 5
Memory Usage (%)       : 35
Colour                 : white`;
  expect(read('show system', system)).toEqual({
    rows: [
      { model: 'JL658A 6300M 24SFP+ 4SFP56 Swch', version: 'FL.10.10.1050', hostname: 'leaf1', serial: 'SG00000001' },
    ],
    unparsed: ['Colour                 : white'],
  });
});

test('show vlan: VLANs that are shut, without members, with LAGs, with ids that are none', () => {
  const output = `VLAN  Name            Status  Reason          Type      Interfaces
-------------------------------------------------------------------
1     DEFAULT_VLAN_1  down    no_member_port  default
12    VLAN12          up      ok              static    1/1/3,1/1/6,
                                                        lag1-lag2
20    ManagementVLAN  down    admin_down      static    1/1/3,1/1/10
21    V               down    of_the_moon     static
4095  X               up      ok              static    1/1/3
22    Y               up      ok              static    port3`;
  const { rows, unparsed } = read('show vlan', output);
  expect(rows).toMatchObject([
    { vlan: 1, active: true, ports: [] },
    { vlan: 12, active: true, ports: ['1/1/3', '1/1/6', 'lag1', 'lag2'].map((portId) => ({ portId })) },
    { vlan: 20, active: false },
    { vlan: 21, active: null },
  ]);
  expect(unparsed).toHaveLength(2);
});

test('show interface brief: reasons, descriptions and types with blanks, and the older table', () => {
  const output = `--------------------------------------------------------------------------------------------------------------
Port      Native  Mode   Type           Enabled Status  Reason                 Speed   Description
          VLAN                                                                 (Mb/s)
--------------------------------------------------------------------------------------------------------------
1/1/1     10      access 1GbT           yes     up                             1000    node 7 yes up
1/1/2     --      routed --             no      down    Administratively down  --      --
1/1/3     1       trunk  10G-SR / 8500-176a yes     down    No XCVR installed      --      a
-- MORE --, next page: Space, next line: Enter, quit: q\b\b lag1      --      --     --             yes     up      --                     20000   --
1/1/4     1       access 1GbT           maybe   up                             1000    --
1/1/5     4095    access 1GbT           yes     up                             1000    --`;
  const { rows, unparsed } = read('show interface brief', output);
  expect(rows).toMatchObject([
    {
      portId: '1/1/1',
      adminUp: true,
      operUp: true,
      mode: 'access',
      untagged: 10,
      tagged: [],
      description: 'node 7 yes up',
    },
    { portId: '1/1/2', adminUp: false, operUp: false, mode: 'routed', untagged: null, tagged: null, description: null },
    { portId: '1/1/3', adminUp: true, operUp: false, mode: 'trunk', untagged: 1, tagged: null, description: 'a' },
    { portId: 'lag1', mode: null, untagged: null, operUp: true },
  ]);
  expect(unparsed.map((line) => line.slice(0, 5))).toEqual(['1/1/4', '1/1/5']);
});

test('show interface: trunks with tagged native VLAN, wrapped lists, older forms, what is not understood', () => {
  const output = `Interface 1/1/1 is down (Administratively down)
Admin state is down
State information: admin_down
Description: Interface 1/1/9 is up
Hardware: Ethernet, MAC Address: 70:72:cf:fd:e7:b4
MTU 9198
Type 1000SX
Speed 1000 Mb/s
Auto-Negotiation is on
Input flow-control is off, output flow-control is off
 VLAN Mode: native-tagged
 Native VLAN: 6
 Allowed VLAN List: 6,17,100-102,
                    200
RX
   0 input packets 0 bytes
   0 input error   0 dropped
   0 CRC/FCS
TX
   0 output packets 0 bytes
   0 input error    4 dropped
   0 collision

Aggregate-name lag1
 Description :
 Admin state           : up
 MAC Address           : 94:f1:28:21:63:00
 Aggregated-interfaces : 1/1/2 1/1/3
                         1/1/4
 Aggregation-key       : 1
 Speed                 : 1000 Mb/s
 L3 Counters: Rx Disabled, Tx Disabled
 qos trust none
 VLAN Mode: native-untagged
 Native VLAN: 25
 Allowed VLAN List: 4,30
Interface 1/1/4 is up
 Admin state is up
 Native VLAN: 4095
 Weather: fine
Interface vlan10 is up
 IPv4 address 10.0.0.1/24`;
  const { rows, unparsed } = read('show interface', output);
  expect(rows).toMatchObject([
    {
      portId: '1/1/1',
      adminUp: false,
      operUp: false,
      description: 'Interface 1/1/9 is up',
      mtu: 9198,
      mode: 'trunk',
      untagged: null,
      tagged: [6, 17, 100, 101, 102, 200],
    },
    { portId: 'lag1', adminUp: true, operUp: null, description: null, mode: 'trunk', untagged: null, tagged: [4, 30] },
    { portId: '1/1/4', adminUp: true, lag: 'lag1', mode: null },
    { portId: 'vlan10', mode: 'routed' },
  ]);
  expect(unparsed).toEqual([' Native VLAN: 4095', ' Weather: fine']);
});
