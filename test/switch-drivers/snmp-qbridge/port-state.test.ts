import { expect, test } from 'vitest';
import type { BridgePort } from '../../../switch-drivers/snmp-qbridge/model.ts';
import { portState } from '../../../switch-drivers/snmp-qbridge/port-state.ts';
import { localPort } from '../../../switch-drivers/snmp-qbridge/readers/local-ports.ts';
import { portWith } from './port.ts';

const read = (changes: Partial<BridgePort>) => {
  const { mode, untagged, tagged, foreign } = portState(portWith(changes), [1, 10, 20], false);
  return foreign ?? [mode, untagged, tagged];
};

test('membership in the words of the contract', () => {
  expect(read({})).toEqual(['access', 10, []]);
  expect(read({ egress: [10, 20] })).toEqual(['trunk', 10, [20]]);
  expect(read({ untagged: [], frames: 'tagged' })).toEqual(['trunk', null, [10]]);
  expect(read({ egress: [20], untagged: [] })).toEqual(['trunk', null, [20]]);
});

test('a port that lets frames of every VLAN in is a trunk of all', () => {
  for (const open of [{ filtering: false }, { filtering: null }, { gvrp: true }]) {
    expect(read(open)).toEqual(['trunk', 10, [1, 20]]);
  }
  expect(portState(portWith({ filtering: null }), [1, 10, 20], true)).toMatchObject({ mode: 'access', untagged: 10 });
});

test('what settings cannot express is foreign', () => {
  expect(read({ lag: 'lag1' })).toMatch(/member of lag1/);
  expect(read({ pvid: null })).toMatch(/could not be read/);
  expect(read({ byProtocol: [20] })).toMatch(/VLAN 20 by their protocol/);
  expect(read({ dynamic: [20] })).toMatch(/carries VLAN 20/);
  expect(read({ egress: [10, 20], untagged: [10, 20] })).toMatch(/VLAN 20 untagged/);
  expect(read({ egress: [10], untagged: [], frames: 'all' })).toMatch(/sends them tagged/);
  expect(read({ frames: 'tagged' })).toMatch(/takes no untagged/);
});

test('what a change that was cut off leaves is not foreign, since the port is down', () => {
  expect(read({ adminUp: false, egress: [10, 20], untagged: [20] })).toEqual(['trunk', 10, [20]]);
});

test('a local port number that may be two ports is none', () => {
  const ports = [
    { portId: 'ge1', bridgePort: 1, ifIndex: 2, aliases: ['02:00:5e:00:53:01'] },
    { portId: 'ge2', bridgePort: 2, ifIndex: 3, aliases: [] },
  ];
  expect(localPort(2, [null, null], ports)).toBeNull();
  expect(localPort(2, ['ge2', null], ports)).toBe('ge2');
  expect(localPort(2, ['7', '02:00:5e:00:53:01'], ports)).toBe('ge1');
  expect(localPort(3, [null, null], ports)).toBe('ge2');
});
