import { expect, test } from 'vitest';
import { canonicalName, isSwitchPort, shortName } from '../../../switch-drivers/arista-eos/port-names.ts';

test.each([
  ['Et3/1/1', 'Ethernet3/1/1', 'Et3/1/1', true],
  ['ethernet 3/1', 'Ethernet3/1', 'Et3/1', true],
  ['po5', 'Port-Channel5', 'Po5', true],
  ['Et1.100', 'Ethernet1.100', 'Et1.100', false],
  ['PEt49', 'PeerEthernet49', 'PEt49', false],
  ['PPo1', 'PeerPort-Channel1', 'PPo1', false],
  ['Ma1/1', 'Management1/1', 'Ma1/1', false],
  ['Vl10', 'Vlan10', 'Vl10', false],
  ['Vx1', 'Vxlan1', 'Vx1', false],
  ['cpu', 'Cpu', 'Cpu', false],
])('%s is %s', (text, long, short, switchPort) => {
  expect(canonicalName(text)).toBe(long);
  expect(canonicalName(long)).toBe(long);
  expect(shortName(long)).toBe(short);
  expect(isSwitchPort(long)).toBe(switchPort);
});

test.each(['', 'E1', '1/1', 'Et', 'host', 'Gi1/0/1', '10', 'Et1/1/1/1/1'])('%j is no interface', (text) => {
  expect(canonicalName(text)).toBeNull();
});
