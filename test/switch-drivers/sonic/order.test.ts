import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/sonic/order.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { access, linesBetween, trunk } from '../order-lines.ts';

const nothing = (adminUp = true): PortSettings => trunk(null, [], adminUp);
const lines = (before: PortSettings, mode: string | null, settings: PortSettings) =>
  linesBetween(order, 'Ethernet4', before, mode === null ? [] : [`mode ${mode}`], settings);

test('out of the old VLAN, then into the new one', () => {
  expect(lines(access(10), 'access', access(20))).toEqual([
    'config vlan member del 10 Ethernet4',
    'config vlan member add -u 20 Ethernet4',
  ]);
  expect(lines(access(20), 'access', access(20))).toEqual([]);
});

test('a routed port gets a mode before it gets a VLAN; an older release knows no modes', () => {
  expect(lines(nothing(false), 'routed', access(20))).toEqual([
    'config switchport mode access Ethernet4',
    'config vlan member add -u 20 Ethernet4',
    'config interface startup Ethernet4',
  ]);
  expect(lines(nothing(), null, access(20))).toEqual(['config vlan member add -u 20 Ethernet4']);
});

test('tagged members go before the mode becomes access, and come after it became trunk', () => {
  expect(lines(trunk(10, [20, 30]), 'trunk', access(10))).toEqual([
    'config vlan member del 20 Ethernet4',
    'config vlan member del 30 Ethernet4',
    'config switchport mode access Ethernet4',
  ]);
  expect(lines(access(10), 'access', trunk(null, [10, 20]))).toEqual([
    'config vlan member del 10 Ethernet4',
    'config switchport mode trunk Ethernet4',
    'config vlan member add 10 Ethernet4',
    'config vlan member add 20 Ethernet4',
  ]);
});

test('a port that is to be down goes down first', () => {
  expect(lines(access(10), 'access', access(999, false))[0]).toBe('config interface shutdown Ethernet4');
});
