import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/hpe-comware/order.ts';
import type { PortSettings, PortState } from '../../../topology/plan/model.ts';
import { movePort } from '../vrp-family/move-port.ts';

const PORT = 'Ten-GigabitEthernet1/0/1';
const access = (untagged: number, adminUp = true): PortSettings => ({ adminUp, mode: 'access', untagged, tagged: [] });
const trunk = (untagged: number | null, tagged: number[], adminUp = true): PortSettings => ({
  ...{ adminUp, mode: 'trunk' as const },
  ...{ untagged, tagged },
});
const ACCESS = ['port link-mode bridge', 'port link-type access', 'description rack 1'];
const move = (block: readonly string[], now: PortSettings, to: PortSettings) => movePort(order, PORT, block, now, to);

test('an access port moves with one line, and to VLAN 1 with none in its block', () => {
  const { lines, block } = move([...ACCESS, 'port access vlan 10'], access(10), access(20));
  expect(lines).toEqual([`interface ${PORT}`, 'port access vlan 20']);
  expect(block).toEqual([...ACCESS.toSpliced(1, 1), 'port link-type access', 'port access vlan 20']);
  expect(move(block, access(20), access(20)).lines).toEqual([]);
  expect(move(block, access(20), access(1)).lines).toEqual([`interface ${PORT}`, 'undo port access vlan']);
});

test('down comes first, up last', () => {
  expect(move([...ACCESS, 'port access vlan 10'], access(10), access(20, false)).lines.slice(1)).toEqual([
    'shutdown',
    'port access vlan 20',
  ]);
  expect(move([...ACCESS, 'shutdown'], access(1, false), access(20)).lines.slice(1)).toEqual([
    'port access vlan 20',
    'undo shutdown',
  ]);
});

test('a link type that changes is a detour through VLAN 1, a list that changes is none', () => {
  const block = [...ACCESS, 'port access vlan 10', 'shutdown'];
  const { lines, detours } = move(block, access(10, false), trunk(10, [20, 30], false));
  expect(detours).toBe(true);
  expect(lines.slice(1)).toEqual([
    'port link-type trunk',
    'undo port trunk permit vlan 1',
    'port trunk pvid vlan 10',
    'port trunk permit vlan 10 20 30',
  ]);
  const trunkBlock = ['port link-type trunk', 'undo port trunk permit vlan 1', 'port trunk permit vlan 10 20 30'];
  const back = move([...trunkBlock, 'port trunk pvid vlan 10', 'shutdown'], trunk(10, [20, 30], false), access(99));
  expect(back.lines.slice(1)).toEqual(['port link-type access', 'port access vlan 99', 'undo shutdown']);
  expect(move(trunkBlock, trunk(null, [10, 20, 30]), trunk(null, [40])).detours).toBe(false);
});

test('on a trunk VLANs leave, the PVID changes, VLANs come', () => {
  const block = [
    'port link-type trunk',
    'undo port trunk permit vlan 1',
    'port trunk permit vlan 10 20 to 30 100',
    'port trunk pvid vlan 10',
  ];
  const ids = [...Array.from({ length: 11 }, (_, index) => index + 20), 100];
  const { lines } = move(block, trunk(10, ids), trunk(40, [20, 21, 22, 41]));
  expect(lines.slice(1)).toEqual([
    'undo port trunk permit vlan 10 23 to 30 100',
    'port trunk pvid vlan 40',
    'port trunk permit vlan 40 to 41',
  ]);
  expect(move(block, trunk(10, ids), trunk(null, ids)).lines.slice(1)).toEqual([
    'undo port trunk permit vlan 10',
    'undo port trunk pvid',
  ]);
});

test('VLAN 1 may be carried like any other, and a PVID is found that the trunk does not carry', () => {
  const { lines } = move([...ACCESS, 'shutdown'], access(1, false), trunk(null, [1, 2, 50], false));
  expect(lines.slice(1)).toEqual(['port link-type trunk', 'port trunk pvid vlan 3', 'port trunk permit vlan 2 50']);
  expect(move([...ACCESS, 'shutdown'], access(1, false), trunk(1, [7], false)).lines.slice(1)).toEqual([
    'port link-type trunk',
    'port trunk permit vlan 7',
  ]);
});

test('a line names ten VLANs or ranges at most', () => {
  const ids = Array.from({ length: 23 }, (_, index) => 100 + index * 2);
  const { lines, block } = move([...ACCESS, 'shutdown'], access(1, false), trunk(null, ids, false));
  expect(lines.slice(1)).toEqual([
    'port link-type trunk',
    'undo port trunk permit vlan 1',
    'port trunk permit vlan 100 102 104 106 108 110 112 114 116 118',
    'port trunk permit vlan 120 122 124 126 128 130 132 134 136 138',
    'port trunk permit vlan 140 142 144',
  ]);
  expect(move(block, trunk(null, ids, false), trunk(null, ids, false)).lines).toEqual([]);
});

test('what cannot be is refused', () => {
  const refused = { code: 'switch_unsupported' };
  const tries: PortSettings[] = [
    { adminUp: true, mode: 'access', untagged: null, tagged: [] },
    { adminUp: true, mode: 'access', untagged: 4095, tagged: [] },
    { adminUp: true, mode: 'trunk', untagged: null, tagged: [0] },
  ];
  for (const settings of tries) {
    expect(() => move(ACCESS, access(1), settings)).toThrow(expect.objectContaining(refused));
  }
  const state: PortState = {
    portId: 'x;reload',
    operUp: null,
    lag: null,
    description: null,
    foreign: null,
    ...access(1),
  };
  expect(() => order.portSet({ state, block: [] }, access(2))).toThrow(/may not go into/);
  expect(() => order.vlanCreate(2, 'a b')).toThrow(/may not go into/);
  expect(order.vlanCreate(2, 'blue')).toEqual(['vlan 2', 'name blue']);
});
