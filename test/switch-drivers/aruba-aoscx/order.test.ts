import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/aruba-aoscx/order.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { access, linesBetween, trunk } from '../order-lines.ts';

const UP = ['no shutdown', 'no routing'];
const lines = (before: PortSettings, block: string[], settings: PortSettings) =>
  linesBetween(order, '1/1/1', before, block, settings);

test('access: one line, and nothing where nothing differs', () => {
  expect(lines(access(1), [...UP, 'vlan access 1'], access(20))).toEqual(['interface 1/1/1', 'vlan access 20']);
  expect(lines(access(1), UP, access(1))).toEqual([]);
  expect(lines(access(20, false), ['no routing', 'vlan access 20'], access(20))).toEqual([
    'interface 1/1/1',
    'no shutdown',
  ]);
  expect(lines(access(20), [...UP, 'vlan access 20'], access(999, false))).toEqual([
    'interface 1/1/1',
    'shutdown',
    'vlan access 999',
  ]);
  expect(linesBetween(order, 'lag7', access(1), UP, access(20))).toEqual(['interface lag 7', 'vlan access 20']);
});

test('trunk: the list before the native VLAN, which would begin with all VLANs', () => {
  expect(lines(access(20), [...UP, 'vlan access 20'], trunk(10, [20, 21, 22]))).toEqual([
    'interface 1/1/1',
    'vlan trunk allowed 10,20-22',
    'vlan trunk native 10',
  ]);
  const odd = Array.from({ length: 200 }, (_, index) => 2 * index + 13);
  const long = lines(access(1), UP, trunk(10, odd)).slice(1, -1);
  expect(long.every((line) => line.startsWith('vlan trunk allowed ') && line.length < 230)).toBe(true);
  expect(long.flatMap((line) => line.slice(19).split(',')).map(Number)).toEqual([10, ...odd]);
});

test('a trunk in place: native first, then what comes, then what goes', () => {
  const block = [...UP, 'vlan trunk native 10', 'vlan trunk allowed 10,20-21'];
  expect(lines(trunk(10, [20, 21]), block, trunk(30, [21]))).toEqual([
    'interface 1/1/1',
    'vlan trunk native 30',
    'vlan trunk allowed 30',
    'no vlan trunk allowed 10,20',
  ]);
  expect(lines(trunk(10, [20, 21]), block, trunk(10, [20, 21]))).toEqual([]);
});

test('from all VLANs, and to or from a tagged native one, the port begins anew', () => {
  expect(lines(trunk(10, []), [...UP, 'vlan trunk native 10', 'vlan trunk allowed all'], trunk(10, [20]))).toEqual([
    'interface 1/1/1',
    'vlan access 10',
    'vlan trunk allowed 10,20',
    'vlan trunk native 10',
  ]);
  expect(
    lines(trunk(null, [1, 20]), [...UP, 'vlan trunk native 1 tag', 'vlan trunk allowed 1,20'], trunk(null, [20])),
  ).toEqual(['interface 1/1/1', 'vlan access 20', 'vlan trunk allowed 20', 'vlan trunk native 1']);
});

test('a trunk without untagged frames has native VLAN 1 outside of its list, or tagged', () => {
  expect(lines(access(1), UP, trunk(null, [20]))).toEqual([
    'interface 1/1/1',
    'vlan trunk allowed 20',
    'vlan trunk native 1',
  ]);
  expect(lines(access(1), UP, trunk(null, [1, 20]))).toEqual([
    'interface 1/1/1',
    'vlan trunk allowed 1,20',
    'vlan trunk native 1 tag',
  ]);
  const dropping = [...UP, 'vlan trunk native 99', 'vlan trunk allowed 20'];
  expect(lines(trunk(null, [20]), dropping, trunk(null, [20])), 'another native VLAN outside does as well').toEqual([]);
});

test('what cannot be said is refused before anything is sent', () => {
  expect(() => lines(access(1), UP, trunk(null, []))).toThrow(/an empty list is every VLAN/);
  expect(() => lines(access(1), UP, { ...access(1), untagged: null })).toThrow(/exactly one untagged/);
  expect(() => lines(access(1), UP, access(4095))).toThrow(/4095 is not within/);
  expect(() => order.vlanCreate(20, 'x; reload')).toThrow();
  expect(order.vlanCreate(20, 'blue')).toEqual(['vlan 20', 'name blue', 'no shutdown', 'exit']);
});
