import { describe, expect, test } from 'vitest';
import { order, order8 } from '../../../switch-drivers/huawei-vrp/order.ts';
import { ports } from '../../../switch-drivers/huawei-vrp/readers/ports.ts';
import { ports8, preview } from '../../../switch-drivers/huawei-vrp/readers/ports8.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { movePort } from '../vrp-family/move-port.ts';

const PORT = 'GigabitEthernet0/0/1';
const access = (untagged: number, adminUp = false): PortSettings => ({ adminUp, mode: 'access', untagged, tagged: [] });
const trunk = (untagged: number | null, tagged: number[], adminUp = false): PortSettings => ({
  ...{ adminUp, mode: 'trunk' as const },
  ...{ untagged, tagged },
});
const move = (block: readonly string[], now: PortSettings, to: PortSettings) => movePort(order, PORT, block, now, to);

test('before the link type changes, the port is taken back to VLAN 1', () => {
  const down = 'shutdown';
  expect(move(['port link-type access', 'port default vlan 10', down], access(10), trunk(20, [30])).lines).toEqual([
    `interface ${PORT}`,
    'undo port default vlan',
    'port link-type trunk',
    'undo port trunk allow-pass vlan 1',
    'port trunk pvid vlan 20',
    'port trunk allow-pass vlan 20 30',
  ]);
  const block = [
    'port link-type trunk',
    'port trunk pvid vlan 20',
    'undo port trunk allow-pass vlan 1',
    'port trunk allow-pass vlan 20 30 to 40',
    down,
  ];
  const tagged = Array.from({ length: 11 }, (_, index) => 30 + index);
  const { lines, detours } = move(block, trunk(20, tagged), access(99, true));
  expect(detours).toBe(true);
  expect(lines).toEqual([
    `interface ${PORT}`,
    'undo port trunk allow-pass vlan 20 30 to 40',
    'undo port trunk pvid vlan',
    'port trunk allow-pass vlan 1',
    'port link-type access',
    'port default vlan 99',
    'undo shutdown',
  ]);
});

test('a port whose link type is not told gets a fixed one, but for being taken down', () => {
  const everything = trunk(
    1,
    Array.from({ length: 4093 }, (_, index) => index + 2),
    true,
  );
  expect(move([], everything, { ...everything, adminUp: false }).lines).toEqual([`interface ${PORT}`, 'shutdown']);
  const { lines, detours } = move(['shutdown'], { ...everything, adminUp: false }, access(10));
  expect(detours).toBe(true);
  expect(lines).toEqual([`interface ${PORT}`, 'port link-type access', 'port default vlan 10']);
});

test('a port that negotiated does so again when a change is undone, and becomes no fixed trunk of everything', () => {
  const everything = trunk(
    1,
    Array.from({ length: 4093 }, (_, index) => index + 2),
  );
  const block = ['port link-type access', 'port default vlan 10', 'shutdown'];
  const { lines, block: after } = move(block, access(10), everything);
  expect(lines).toEqual([`interface ${PORT}`, 'undo port default vlan', 'undo port link-type']);
  expect(after).toEqual(['shutdown']);
  expect(movePort(order8, PORT, block, access(10), everything).lines).toContain('port trunk allow-pass vlan 2 to 4094');
});

test('names of VLANs are at most 31 characters', () => {
  expect(order.vlanCreate(10, 'a'.repeat(31))).toEqual(['vlan 10', `name ${'a'.repeat(31)}`]);
  expect(() => order.vlanCreate(10, 'a'.repeat(32))).toThrow(expect.objectContaining({ code: 'switch_unsupported' }));
});

describe('ports', () => {
  const brief = `Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors
GigabitEthernet0/0/1        up    up           0%     0%          0          0
GigabitEthernet0/0/2        *down down         0%     0%          0          0
GigabitEthernet0/0/3        up    up           0%     0%          0          0
GigabitEthernet0/0/4        up    up           0%     0%          0          0
`;
  const linkTypes = `Port                        Link Type    PVID  Trunk VLAN List
-------------------------------------------------------------------------------
GigabitEthernet0/0/1        auto         1     -
GigabitEthernet0/0/2        access       10    -
GigabitEthernet0/0/3        hybrid       1     -
GigabitEthernet0/0/4        hybrid       1     20
`;
  const config = `#
interface GigabitEthernet0/0/1
#
interface GigabitEthernet0/0/2
 port link-type access
 port default vlan 10
 shutdown
#
interface GigabitEthernet0/0/3
#
interface GigabitEthernet0/0/4
 port hybrid tagged vlan 20
#
return
`;

  test('one that negotiates is read as a trunk of all VLANs; one with hybrid settings is not ours', () => {
    const { ports: found, unparsed } = ports.read([brief, linkTypes, '', config]);
    expect(unparsed).toEqual([]);
    expect(found.map(({ mode, untagged, tagged, foreign }) => [mode, untagged, tagged.length, foreign])).toEqual([
      ['trunk', 1, 4093, null],
      ['access', 10, 0, null],
      ['access', 1, 0, null],
      ['access', null, 0, 'it has "port hybrid tagged vlan 20"'],
    ]);
    expect(found.map(({ adminUp }) => adminUp)).toEqual([true, false, true, true]);
  });

  test('VRP 8 without a link type is access; the candidate is the whole configuration', () => {
    const candidate = `!Software Version V200R005C10SPC800
#
sysname sw
#
vlan batch 10 20 to 22
#
vlan 10
 name blue
#
interface MEth0/0/0
 ip address 192.0.2.1 255.255.255.0
#
interface 10GE1/0/1
 port link-type trunk
 undo port trunk allow-pass vlan 1
 port trunk allow-pass vlan 10 20
#
interface 10GE1/0/2
 port default vlan 22
#
bgp 65000
 peer 192.0.2.9 as-number 65000
#
return
`;
    const { ports: found, vlans, unparsed } = preview.read([candidate]);
    expect(unparsed).toEqual([]);
    expect(vlans).toEqual([1, 10, 20, 21, 22]);
    expect(found.map(({ portId, mode, untagged, tagged }) => [portId, mode, untagged, tagged])).toEqual([
      ['10GE1/0/1', 'trunk', null, [10, 20]],
      ['10GE1/0/2', 'access', 22, []],
    ]);
    expect(ports8.read(['', '', '#\ninterface 10GE1/0/2\n#\n']).blocks?.get('10GE1/0/2')).toEqual([
      'port link-type access',
    ]);
  });
});
