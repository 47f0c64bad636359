import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsFor, settingsOf } from '../../../switch-drivers/ovs/vlan-mode.ts';
import { access, trunk } from './rig.ts';

const vlan = fc.integer({ min: 1, max: 4094 });
const settings = fc.oneof(
  vlan.map(access),
  vlan.map((id) => ({ ...access(id), adminUp: false })),
  fc
    .tuple(fc.option(vlan), fc.uniqueArray(vlan, { maxLength: 20 }))
    .filter(([untagged, tagged]) => untagged !== null || tagged.length > 0)
    .map(([untagged, tagged]) =>
      trunk(
        untagged,
        tagged.filter((id) => id !== untagged).toSorted((a, b) => a - b),
      ),
    )
    .filter(({ untagged, tagged }) => untagged !== null || tagged.length > 0),
);

test('what is written is read back as what was meant, and never as "all VLANs"', () => {
  fc.assert(
    fc.property(settings, (wanted) => {
      const columns = columnsFor('p', wanted);
      expect(columns.vlanMode).not.toBeNull();
      if (columns.vlanMode !== 'access') expect(columns.trunks.length).toBeGreaterThan(0);
      expect(settingsOf(columns)).toEqual({ settings: wanted, foreign: null });
    }),
  );
});

test('a port nobody configured is a trunk of all VLANs', () => {
  const { settings: read, foreign } = settingsOf({ tag: null, trunks: [], vlanMode: null, isProtected: false });
  expect(foreign).toBeNull();
  expect(read).toMatchObject({ mode: 'trunk', untagged: null });
  expect(read.tagged).toHaveLength(4094);
});

test('a native VLAN with an empty list carries all VLANs besides', () => {
  expect(
    settingsOf({ tag: 10, trunks: [], vlanMode: 'native-untagged', isProtected: false }).settings.tagged,
  ).toHaveLength(4093);
});

test('a tag without a mode is an access port, whatever the trunks say', () => {
  expect(settingsOf({ tag: 10, trunks: [20], vlanMode: null, isProtected: false }).settings).toEqual(access(10));
});

test.each([
  ['access port of VLAN 0', { tag: null, trunks: [], vlanMode: 'access' }],
  ['access port of VLAN 4095', { tag: 4095, trunks: [], vlanMode: null }],
  ['trunk that carries VLAN 0', { tag: null, trunks: [0, 10], vlanMode: 'trunk' }],
  ['native VLAN 0', { tag: null, trunks: [10], vlanMode: 'native-untagged' }],
  ['vlan_mode native-tagged', { tag: 10, trunks: [20], vlanMode: 'native-tagged' }],
  ['vlan_mode dot1q-tunnel', { tag: 10, trunks: [], vlanMode: 'dot1q-tunnel' }],
  ['trunk that carries VLAN 4095', { tag: 10, trunks: [4095], vlanMode: 'trunk' }],
])('%s is foreign', (foreign, columns) => {
  expect(settingsOf({ ...columns, isProtected: false }).foreign).toBe(foreign);
});

test.each([
  ['a trunk that is down', { ...trunk(10, [20]), adminUp: false }, 'switch_unsupported'],
  ['a trunk of nothing', trunk(null, []), 'switch_unsupported'],
  ['an access port without a VLAN', { ...access(10), untagged: null }, 'switch_bad_settings'],
  ['VLAN 4095', access(4095), 'switch_bad_settings'],
  ['VLAN 0 on a trunk', trunk(null, [0]), 'switch_bad_settings'],
  ['a fraction', access(1.5), 'switch_bad_settings'],
])('%s is refused', (_what, wanted, code) => {
  expect(() => columnsFor('p', wanted)).toThrow(expect.objectContaining({ code }));
});
