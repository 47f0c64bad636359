import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/cisco-nxos/order.ts';
import { ports } from '../../../switch-drivers/cisco-nxos/readers/ports.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';

const PORT = 'Ethernet1/1';

function lines(block: string[], settings: Partial<PortSettings>): string[] {
  const wanted: PortSettings = { adminUp: true, mode: 'access', untagged: 10, tagged: [], ...settings };
  const state = { portId: PORT, operUp: null, lag: null, description: null, foreign: null, ...wanted };
  const { groups } = order.portSet({ state, block }, wanted);
  return groups.flatMap((group) => [...(group.open === null ? [] : [group.open]), ...group.lines]);
}

test('a VLAN is made, put to work and left', () => {
  expect(order.vlanCreate(10, 'blue')).toEqual(['vlan 10', 'name blue', 'state active', 'no shutdown', 'exit']);
  expect(() => order.vlanCreate(3968, 'x')).toThrow(/reserved/);
});

test('access: only what differs, and the mode only to a trunk', () => {
  expect(lines(['switchport access vlan 20'], {})).toEqual([
    `interface ${PORT}`,
    'switchport access vlan 10',
    'switchport trunk allowed vlan none',
  ]);
  const settled = ['switchport access vlan 10', 'switchport trunk allowed vlan none'];
  expect(lines(settled, {})).toEqual([]);
  expect(lines([...settled, 'switchport mode access'], {})).toEqual([]);
  expect(lines(settled, { untagged: 1 })).toEqual([`interface ${PORT}`, 'no switchport access vlan']);
});

test('a trunk gets its list before its mode; from a trunk to access the port is down first', () => {
  expect(lines(['switchport access vlan 20', 'shutdown'], { mode: 'trunk', untagged: 10, tagged: [20, 30] })).toEqual([
    `interface ${PORT}`,
    'switchport trunk allowed vlan 10,20,30',
    'switchport trunk native vlan 10',
    'switchport mode trunk',
    'no switchport access vlan',
    'no shutdown',
  ]);
  const trunk = ['switchport mode trunk', 'switchport trunk native vlan 10', 'switchport trunk allowed vlan 10,20,30'];
  expect(lines(trunk, { adminUp: false })).toEqual([
    `interface ${PORT}`,
    'shutdown',
    'switchport access vlan 10',
    'switchport mode access',
    'switchport trunk allowed vlan none',
    'no switchport trunk native vlan',
  ]);
});

test('a trunk without native VLAN has one that it does not allow; a new one is native before it is let in', () => {
  const trunk = ['switchport mode trunk', 'switchport trunk allowed vlan 20'];
  expect(lines(trunk, { mode: 'trunk', untagged: null, tagged: [20] })).toEqual([]);
  expect(lines(trunk, { mode: 'trunk', untagged: null, tagged: [1, 2] })).toEqual([
    `interface ${PORT}`,
    'switchport trunk native vlan 3',
    'switchport trunk allowed vlan 1-2',
  ]);
});

test('long lists go on with add, and are known again as the device prints them', () => {
  const tagged = Array.from({ length: 120 }, (_, index) => 100 + 2 * index);
  const sent = lines(['switchport mode trunk'], { mode: 'trunk', untagged: null, tagged }).slice(1);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent[0]).toMatch(/^switchport trunk allowed vlan 100,/);
  expect(sent.slice(1).every((text) => text.startsWith('switchport trunk allowed vlan add '))).toBe(true);
  const printed = [tagged.slice(0, 20), tagged.slice(20)].map(
    (part, index) => `switchport trunk allowed vlan ${index === 0 ? '' : 'add '}${part.join(',')}`,
  );
  expect(lines(['switchport mode trunk', ...printed], { mode: 'trunk', untagged: null, tagged })).toEqual([]);
});

test('what NX-OS cannot do is refused before anything is sent', () => {
  expect(() => lines([], { untagged: null })).toThrow(/exactly one untagged/);
  expect(() => lines([], { tagged: [20] })).toThrow(/exactly one untagged/);
  expect(() => lines([], { untagged: 4000 })).toThrow(/reserved/);
  expect(() => lines([], { mode: 'trunk', tagged: [3999] })).toThrow(/reserved/);
});

test('ports: what the blocks are silent about is taken from the defaults and the status table', () => {
  const status = [
    'Port          Name               Status    Vlan      Duplex  Speed   Type',
    'Eth1/1        --                 disabled  1         auto    auto    10Gbase-SR',
    'Eth1/2        --                 xcvrAbsen 1         auto    auto    --',
    'Eth1/3        --                 connected routed    full    10G     10Gbase-SR',
    'Eth1/4        --                 connected trunk     full    10G     10Gbase-SR',
  ].join('\n');
  const vlans = 'VLAN Name                             Status    Ports\n1    default                          active';
  const config = [
    'interface Ethernet1/1',
    'interface Ethernet1/2',
    'interface Ethernet1/3',
    'interface Ethernet1/4\n  switchport mode trunk\n  switchport trunk allowed vlan 10\n  no shutdown',
  ].join('\n\n');
  const table = ports.read([status, vlans, config, 'system default switchport shutdown']);
  expect(table.unparsed).toEqual([]);
  expect(table.ports).toMatchObject([
    { portId: 'Ethernet1/1', adminUp: false, untagged: 1, foreign: null },
    { portId: 'Ethernet1/2', adminUp: false, foreign: null },
    { portId: 'Ethernet1/3', foreign: 'it is a routed port' },
    { portId: 'Ethernet1/4', adminUp: true, mode: 'trunk', untagged: null, tagged: [10] },
  ]);
  expect(table.blocks?.get('Ethernet1/1')).toEqual(['shutdown']);
  expect(table.blocks?.get('Ethernet1/4')).toEqual(['switchport mode trunk', 'switchport trunk allowed vlan 10']);
});
