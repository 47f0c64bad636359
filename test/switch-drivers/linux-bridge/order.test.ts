import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/linux-bridge/order.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { access, linesBetween, trunk } from '../order-lines.ts';

const lines = (before: PortSettings, settings: PortSettings) => linesBetween(order, 'swp1', before, [], settings);

test('what leaves goes first; neighbours in a range share a line', () => {
  expect(lines(access(10), access(20))).toEqual([
    'bridge vlan del dev swp1 vid 10',
    'bridge vlan add dev swp1 vid 20 pvid untagged',
  ]);
  expect(lines(access(10), trunk(10, [20, 21, 22, 30]))).toEqual([
    'bridge vlan add dev swp1 vid 20-22',
    'bridge vlan add dev swp1 vid 30',
  ]);
  expect(lines(access(10), access(10))).toEqual([]);
});

test('a VLAN that changes between tagged and untagged is added again with its new flags', () => {
  expect(lines(trunk(10, [20]), trunk(20, [10]))).toEqual([
    'bridge vlan add dev swp1 vid 10',
    'bridge vlan add dev swp1 vid 20 pvid untagged',
  ]);
  expect(lines(trunk(10, [20]), trunk(null, [10, 20]))).toEqual(['bridge vlan add dev swp1 vid 10']);
});

test('down first, up last', () => {
  expect(lines(access(10), access(20, false))[0]).toBe('ip link set dev swp1 down');
  expect(lines(access(10, false), access(20)).at(-1)).toBe('ip link set dev swp1 up');
});
