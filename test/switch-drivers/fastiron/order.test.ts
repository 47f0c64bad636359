import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/fastiron/order.ts';
import { ports } from '../../../switch-drivers/fastiron/readers/ports.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { access, linesBetween, trunk } from '../order-lines.ts';

const DEFAULT = ['default-vlan-id 1'];
const lines = (before: PortSettings, settings: PortSettings) =>
  linesBetween(order, 'ethernet1/1/1', before, DEFAULT, settings);
const detours = (before: PortSettings, settings: PortSettings) => {
  const state = { ...before, portId: 'ethernet1/1/1', operUp: null, lag: null, description: null };
  return order.detours?.({ state, block: DEFAULT }, settings);
};

test('out of the default VLAN in one line; from VLAN to VLAN through it, down for so long', () => {
  expect(lines(access(1), access(20))).toEqual(['vlan 20', 'untagged ethernet 1/1/1']);
  expect(lines(access(10), access(20))).toEqual([
    'interface ethernet 1/1/1',
    'disable',
    'vlan 10',
    'no untagged ethernet 1/1/1',
    'vlan 20',
    'untagged ethernet 1/1/1',
    'interface ethernet 1/1/1',
    'enable',
  ]);
  expect(lines(access(10), access(10, false))).toEqual(['interface ethernet 1/1/1', 'disable']);
  expect(lines(access(10), access(10))).toEqual([]);
  expect([detours(access(1), access(20)), detours(access(10), access(20)), detours(access(10), access(1))]).toEqual([
    false,
    true,
    false,
  ]);
});

test('a trunk joins before it leaves, and is left without a VLAN never', () => {
  expect(lines(trunk(10, [20, 21]), trunk(10, [21, 22]))).toEqual([
    'vlan 22',
    'tagged ethernet 1/1/1',
    'vlan 20',
    'no tagged ethernet 1/1/1',
  ]);
  expect(detours(trunk(10, [20]), trunk(10, [21]))).toBe(false);
  expect(detours(trunk(null, [20]), trunk(null, [21])), 'it would fall to the default VLAN').toBe(true);
  expect(lines(trunk(10, [20], false), trunk(20, [10], false)), 'untagged and tagged change places').toEqual([
    'vlan 10',
    'no untagged ethernet 1/1/1',
    'vlan 20',
    'no tagged ethernet 1/1/1',
    'vlan 10',
    'tagged ethernet 1/1/1',
    'vlan 20',
    'untagged ethernet 1/1/1',
  ]);
});

test('without untagged frames the port is taken out of the default VLAN, and put back before it joins another', () => {
  expect(lines(access(10, false), trunk(null, [20], false))).toEqual([
    'vlan 10',
    'no untagged ethernet 1/1/1',
    'vlan 20',
    'tagged ethernet 1/1/1',
    'vlan 1',
    'no untagged ethernet 1/1/1',
  ]);
  expect(lines(trunk(null, [20], false), access(30, false))).toEqual([
    'vlan 1',
    'untagged ethernet 1/1/1',
    'vlan 30',
    'untagged ethernet 1/1/1',
    'vlan 20',
    'no tagged ethernet 1/1/1',
  ]);
});

test('what cannot be said is refused before anything is sent', () => {
  expect(() => lines(access(1), trunk(10, []))).toThrow(/needs a tagged VLAN/);
  expect(() => lines(access(1), access(4091))).toThrow(/4091 is reserved/);
  expect(() => lines(access(1), { ...access(1), untagged: null })).toThrow(/exactly one untagged/);
  expect(order.vlanCreate(20, 'blue')).toEqual(['vlan 20 name blue by port', 'exit']);
});

test('ports of old releases, in groups of VLANs or under authentication are not written', () => {
  const status = [
    'Port       Link    State   Dupl Speed Trunk Tag Pvid Pri MAC             Name',
    ...[1, 2, 3, 4].map((port) => `1/1/${port}      Up      Forward Full 1G    None  No  1    0   609c.9f97.aaf8`),
  ].join('\n');
  const config = (release: string) =>
    [
      'Current configuration:',
      `ver ${release}`,
      'default-vlan-id 4000',
      'vlan 4000 name DEFAULT-VLAN by port',
      '!',
      'vlan 10 by port',
      ' untagged ethe 1/1/1',
      '!',
      'vlan-group 1 vlan 100 to 200',
      ' tagged ethe 1/1/2',
      '!',
      'authentication',
      ' dot1x enable ethe 1/1/3',
      '!',
      'snmp-server community 2 $secret rw',
      'end',
    ].join('\n');
  const table = ports.read([status, config('08.0.90T211')]);
  expect(table.ports.map(({ portId, untagged, foreign }) => [portId, untagged, foreign])).toEqual([
    ['ethernet1/1/1', 10, null],
    ['ethernet1/1/2', null, 'it has "vlan-group 1 vlan 100 to 200: tagged ethe 1/1/2"'],
    ['ethernet1/1/3', null, 'it has "authentication: dot1x enable ethe 1/1/3"'],
    ['ethernet1/1/4', 1, null],
  ]);
  expect(table.blocks?.get('ethernet1/1/4')).toEqual(['default-vlan-id 4000']);
  expect(table.unparsed).toEqual([]);
  const old = ports.read([status, config('08.0.30hT311')]);
  expect(old.ports.map(({ foreign }) => foreign === null)).toEqual([false, false, false, false]);
});
