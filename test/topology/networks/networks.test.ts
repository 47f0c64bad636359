import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Network, NetworkType, Segment } from '../../../topology/networks/network.ts';
import { mayAttach, overlappingSegments, requireCleaned, validateSegment } from '../../../topology/networks/rules.ts';
import {
  formatVlanRanges,
  inVlanRanges,
  parseVlanRanges,
  type VlanRange,
  vlanOverlap,
} from '../../../topology/networks/vlan-range.ts';

const vlan = fc.integer({ min: 1, max: 4094 });
const ranges = fc
  .array(fc.tuple(vlan, fc.integer({ min: 0, max: 40 })), { minLength: 1, maxLength: 8 })
  .map((list) => list.map(([low, width]): VlanRange => [low, Math.min(low + width, 4094)]));

test('VLAN ranges are read back to the same VLANs, ascending and apart', () => {
  fc.assert(
    fc.property(ranges, vlan, (list, probe) => {
      const parsed = parseVlanRanges(formatVlanRanges(list));
      expect(parseVlanRanges(formatVlanRanges(parsed))).toEqual(parsed);
      for (const one of [probe, ...list.flat()]) expect(inVlanRanges(one, parsed)).toBe(inVlanRanges(one, list));
      for (const [index, [low]] of parsed.slice(1).entries())
        expect(low).toBeGreaterThan((parsed[index]?.[1] ?? 0) + 1);
    }),
  );
});

test('the overlap holds just the VLANs of both', () => {
  fc.assert(
    fc.property(ranges, ranges, vlan, (a, b, probe) => {
      const shared = vlanOverlap(a, b);
      for (const one of [probe, ...a.flat(), ...b.flat()]) {
        expect(inVlanRanges(one, shared)).toBe(inVlanRanges(one, a) && inVlanRanges(one, b));
      }
    }),
  );
});

test('ranges are read with spaces and merged', () => {
  expect(parseVlanRanges(' 300, 100 - 150,151-199 ,120')).toEqual([
    [100, 199],
    [300, 300],
  ]);
});

test.each(['', '0', '4095', '200-100', '1-', '-5', '1,,2', '1.5', '0x10', '1-2-3', 'all', '99999'])(
  '"%s" is no VLAN range',
  (text) => {
    expect(() => parseVlanRanges(text)).toThrowError(expect.objectContaining({ code: 'vlan_range_invalid' }));
  },
);

const segment = (networkType: NetworkType, segmentationId: number | null, physicalNetwork: string | null = null) =>
  ({ networkType, segmentationId, physicalNetwork }) satisfies Segment;

test.each([segment('flat', null), segment('vlan', 1), segment('vlan', 4094), segment('vxlan', 16_777_215)])(
  'segment %o is good',
  (one) => expect(() => validateSegment(one)).not.toThrow(),
);

test.each([
  segment('flat', 1),
  segment('vlan', null),
  segment('vlan', 0),
  segment('vlan', 4095),
  segment('vlan', 1.5),
  segment('vlan', Number.NaN),
  segment('vxlan', 16_777_216),
])('segment %o is refused', (one) => {
  expect(() => validateSegment(one)).toThrowError(expect.objectContaining({ code: 'network_segment_invalid' }));
});

const network = (fields: Partial<Network>): Network => ({
  id: 'n1',
  name: 'n1',
  role: null,
  projectId: null,
  shared: false,
  segment: segment('vlan', 100),
  ...fields,
});

test('a project attaches to its own networks and to shared ones, the operator to all, nobody to a role network', () => {
  const roles = fc.constantFrom(null, 'inspection', 'provisioning', 'cleaning', 'idle') as fc.Arbitrary<
    Network['role']
  >;
  const project = fc.constantFrom('red', 'blue', '', null);
  fc.assert(
    fc.property(roles, project, fc.boolean(), project, (role, owner, shared, asks) => {
      const allowed = mayAttach(network({ role, projectId: owner, shared }), asks);
      if (role !== null) expect(allowed).toBe(false);
      else expect(allowed).toBe(asks === null || shared || owner === asks);
    }),
  );
});

test('a node that holds a tenant’s data goes to no other tenant before it was cleaned', () => {
  const project = fc.constantFrom('red', 'blue', '');
  const stay = fc.oneof(
    fc.record({ what: fc.constant('deployed' as const), project }),
    fc.record({ what: fc.constantFrom('cleaned' as const, 'cleaning failed' as const) }),
  );
  const refused = (heldBy: unknown, next: string) => {
    try {
      requireCleaned({ name: 'n', heldBy }, next);
      return false;
    } catch (error) {
      expect(error).toMatchObject({ code: 'node_not_cleaned' });
      return true;
    }
  };
  fc.assert(
    fc.property(fc.array(stay), project, (stays, next) => {
      let heldBy: string | undefined;
      const since = stays.slice(stays.findLastIndex(({ what }) => what === 'cleaned') + 1);
      for (const one of stays) {
        if (one.what === 'cleaned') heldBy = undefined;
        else if (one.what === 'deployed' && !refused(heldBy, one.project)) heldBy = one.project;
      }
      const first = since.find((one) => one.what === 'deployed');
      expect(refused(heldBy, next)).toBe(first !== undefined && first.project !== next);
    }),
  );
});

test('networks on one and the same wire are named in pairs', () => {
  const on = (id: string, one: Segment) => network({ id, segment: one });
  const pairs = overlappingSegments([
    on('a', segment('vlan', 100, 'rack1')),
    on('b', segment('vlan', 100, 'rack2')),
    on('c', segment('vlan', 100)),
    on('d', segment('vxlan', 100, 'rack1')),
    on('e', segment('vlan', 101, 'rack1')),
  ]).map(([a, b]) => a.id + b.id);
  expect(pairs).toEqual(['ac', 'bc']);
});
