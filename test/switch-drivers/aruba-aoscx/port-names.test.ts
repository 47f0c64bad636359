import { expect, test } from 'vitest';
import { canonicalName, isSwitchPort, portList, shortName } from '../../../switch-drivers/aruba-aoscx/port-names.ts';

test.each([
  ['1/1/1', '1/1/1', true],
  ['1/1/1:4', '1/1/1:4', true],
  ['1/1/10.100', '1/1/10.100', false],
  ['1/1', '1/1', true],
  ['lag 7', 'lag7', true],
  ['lag7(mc)', 'lag7', true],
  ['lag7.10', 'lag7.10', false],
  ['vlan 10', 'vlan10', false],
  ['vxlan1(10.1.1.1)', 'vxlan1', false],
  ['loopback 0', 'loopback0', false],
  ['mgmt', 'mgmt', false],
])('%s is %s', (text, name, switchPort) => {
  expect(canonicalName(text)).toBe(name);
  expect(canonicalName(name)).toBe(name);
  expect(shortName(name)).toBe(name);
  expect(isSwitchPort(name)).toBe(switchPort);
});

test.each(['', '1', 'lag', 'A1', '1/1/1/1', 'Gi1/0/1', '--'])('%j is no interface', (text) => {
  expect(canonicalName(text)).toBeNull();
});

test('lists of ports', () => {
  expect(portList('1/1/9-1/1/11,lag1-lag2 2/1/1,')).toEqual(['1/1/9', '1/1/10', '1/1/11', 'lag1', 'lag2', '2/1/1']);
  expect(portList('1/1/1:1-1/1/1:2')).toEqual(['1/1/1:1', '1/1/1:2']);
  for (const bad of ['1/1/1-1/2/4', '1/1/4-1/1/1', '1/1/1-4', 'lag1-lag99999', '1/1/1-1/1/2-1/1/3', 'x']) {
    expect(portList(bad), bad).toBeNull();
  }
});
