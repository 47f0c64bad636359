import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/dell-os10/order.ts';
import type { PortBefore } from '../../../switch-drivers/transports/ssh-cli/platform.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';

const PORT = 'ethernet1/1/1';
const ACCESS = ['no shutdown', 'switchport access vlan 20', 'flowcontrol receive off'];
const TRUNK = ['shutdown', 'switchport mode trunk', 'switchport access vlan 10', 'switchport trunk allowed vlan 20-22'];

const settings = (wanted: Partial<PortSettings>): PortSettings => ({
  adminUp: true,
  mode: 'access',
  untagged: 10,
  tagged: [],
  ...wanted,
});

function before(block: string[]): PortBefore {
  const state = { portId: PORT, operUp: null, lag: null, description: null, foreign: null, ...settings({}) };
  return { state, block };
}

function lines(block: string[], wanted: Partial<PortSettings>): string[] {
  const { groups } = order.portSet(before(block), settings(wanted));
  return groups.flatMap((group) => [...(group.open === null ? [] : [group.open]), ...group.lines]);
}

test('a VLAN is an interface; the one of VLT is not ours', () => {
  expect(order.vlanCreate(10, 'blue')).toEqual(['interface vlan10', 'description blue', 'no shutdown', 'exit']);
  expect(() => order.vlanCreate(4094, 'x')).toThrow(/reserved/);
});

test('access: one line to move, none where nothing differs, VLAN 1 by its number', () => {
  expect(lines(ACCESS, {})).toEqual([`interface ${PORT}`, 'switchport access vlan 10']);
  expect(lines(ACCESS, { untagged: 20 })).toEqual([]);
  expect(lines(ACCESS, { untagged: 1, adminUp: false })).toEqual([
    `interface ${PORT}`,
    'shutdown',
    'switchport access vlan 1',
  ]);
});

test('a change of the mode is a detour: down around it, and the access VLAN always again', () => {
  expect(order.detours?.(before(TRUNK), settings({}))).toBe(true);
  expect(order.detours?.(before(ACCESS), settings({}))).toBe(false);
  expect(lines(TRUNK, {})).toEqual([
    `interface ${PORT}`,
    'no switchport trunk allowed vlan 20-22',
    'switchport mode access',
    'switchport access vlan 10',
    'no shutdown',
  ]);
  expect(lines(ACCESS, { mode: 'trunk', tagged: [20] })).toEqual([
    `interface ${PORT}`,
    'shutdown',
    'switchport mode trunk',
    'switchport access vlan 10',
    'switchport trunk allowed vlan 20',
    'no shutdown',
  ]);
});

test('trunk: what leaves goes first, and a VLAN that turns from untagged to tagged leaves in between', () => {
  expect(lines(TRUNK, { adminUp: false, mode: 'trunk', untagged: 20, tagged: [10, 22, 30] })).toEqual([
    `interface ${PORT}`,
    'no switchport trunk allowed vlan 20-21',
    'switchport access vlan 20',
    'switchport trunk allowed vlan 10,30',
  ]);
});

test('a trunk without untagged frames, and what is then in the block', () => {
  const set = order.portSet(
    before(TRUNK),
    settings({ adminUp: false, mode: 'trunk', untagged: null, tagged: [20, 21] }),
  );
  expect(set.groups).toEqual([
    { open: `interface ${PORT}`, lines: ['no switchport trunk allowed vlan 22', 'no switchport access vlan'] },
  ]);
  expect(set.block).toEqual([
    'shutdown',
    'switchport mode trunk',
    'no switchport access vlan',
    'switchport trunk allowed vlan 20-21',
  ]);
  expect(lines([...set.block], { adminUp: false, mode: 'trunk', untagged: null, tagged: [20, 21] })).toEqual([]);
});

test('long lists are sent in pieces, which add up', () => {
  const tagged = Array.from({ length: 120 }, (_, index) => 100 + 2 * index);
  const sent = lines(TRUNK, { adminUp: false, mode: 'trunk', tagged: [20, 21, 22, ...tagged] }).slice(1);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.every((text) => text.length < 240)).toBe(true);
  expect(sent.flatMap((text) => text.split(' ').at(-1)!.split(',').map(Number))).toEqual(tagged);
});

test('what OS10 cannot do is refused before anything is sent', () => {
  expect(() => lines([], { untagged: null })).toThrow(/exactly one untagged/);
  expect(() => lines([], { tagged: [20] })).toThrow(/exactly one untagged/);
  expect(() => lines([], { mode: 'trunk', tagged: [4094] })).toThrow(/reserved/);
});
