import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/zte-zxros/order.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { access, linesBetween, trunk } from '../order-lines.ts';

const PORT = 'interface xgei-1/1/0/1';
const lines = (before: PortSettings, block: string[], settings: PortSettings) =>
  linesBetween(order, 'xgei-1/1/0/1', before, block, settings);

test('access: the VLAN in its own part, the port down in the other', () => {
  expect(lines(access(1), ['no shutdown'], access(20))).toEqual([
    'switchvlan-configuration',
    PORT,
    'switchport access vlan 20',
  ]);
  expect(lines(access(20), [], access(20, false))).toEqual([PORT, 'shutdown']);
  expect(lines(access(20), [], access(20))).toEqual([]);
});

test('a change of mode leads through VLAN 1, down for so long', () => {
  const block = ['switchport mode trunk', 'switchport trunk vlan 10,20', 'switchport trunk native vlan 10'];
  expect(lines(access(10), [], trunk(10, [20, 21, 22]))).toEqual([
    PORT,
    'shutdown',
    'switchvlan-configuration',
    PORT,
    'switchport mode trunk',
    'switchport trunk vlan 10,20-22',
    'switchport trunk native vlan 10',
    PORT,
    'no shutdown',
  ]);
  expect(lines(trunk(10, [20], false), block, access(1, false))).toEqual([
    'switchvlan-configuration',
    PORT,
    'switchport mode access',
    'switchport access vlan 1',
  ]);
});

test('a trunk in place is added to before it is taken from; long lists take several lines', () => {
  const block = ['switchport mode trunk', 'switchport trunk vlan 10,20-21', 'switchport trunk native vlan 10'];
  expect(lines(trunk(10, [20, 21]), block, trunk(30, [21]))).toEqual([
    'switchvlan-configuration',
    PORT,
    'switchport trunk vlan 30',
    'switchport trunk native vlan 30',
    'no switchport trunk vlan 10,20',
  ]);
  const odd = Array.from({ length: 100 }, (_, index) => 2 * index + 101);
  const long = lines(trunk(10, [20, 21]), block, trunk(10, [20, 21, ...odd])).slice(2);
  expect(long.every((line) => line.length < 130)).toBe(true);
  expect(long.flatMap((line) => line.slice('switchport trunk vlan '.length).split(',')).map(Number)).toEqual(odd);
});

test('what cannot be said is refused before anything is sent', () => {
  expect(() => lines(access(1), [], trunk(null, [20]))).toThrow(/give it an untagged VLAN/);
  expect(() => lines(access(1), [], { ...access(1), untagged: null })).toThrow(/exactly one untagged/);
  expect(order.vlanCreate(20, 'blue')).toEqual(['switchvlan-configuration', 'vlan 20', 'name blue']);
});
