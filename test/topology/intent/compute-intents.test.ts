import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  computeIntents,
  type IntentDraft,
  type IntentInput,
  type NicInput,
  type NodeInput,
} from '../../../topology/intent/compute-intents.ts';
import type { Network, NetworkRole, Placement } from '../../../topology/networks/network.ts';
import type { ManagedScope, PortSettings } from '../../../topology/plan/model.ts';
import { scopeHolds } from '../../../topology/plan/plan-switch.ts';

const scope: ManagedScope = { ports: new Set(['p1', 'p2']), vlans: [[10, 199]], idleVlan: 999 };
const network = (id: string, vlan: number, fields: Partial<Network> = {}): Network => ({
  id,
  name: id,
  role: null,
  projectId: 'red',
  shared: false,
  segment: { networkType: 'vlan', physicalNetwork: null, segmentationId: vlan },
  ...fields,
});
const roles = {
  inspection: 11,
  provisioning: 12,
  cleaning: 13,
  rescuing: 14,
  servicing: 15,
} satisfies Partial<Record<NetworkRole, number>>;
const networks: Network[] = [
  ...Object.entries(roles).map(([role, vlan]) => network(role, vlan, { role: role as NetworkRole, projectId: null })),
  network('idle', 999, { role: 'idle', projectId: null }),
  network('red-a', 100),
  network('red-b', 101),
  network('blue', 102, { projectId: 'blue' }),
  network('blue-shared', 103, { projectId: 'blue', shared: true }),
  network('far', 500),
  network('overlay', 5000, { segment: { networkType: 'vxlan', physicalNetwork: null, segmentationId: 5000 } }),
];
const nic = (fields: Partial<NicInput> = {}): NicInput => ({
  mac: 'm1',
  nodeId: 'node1',
  switchId: 's1',
  portId: 'p1',
  pxeEnabled: true,
  contradicted: false,
  ...fields,
});
const node = (placement: Placement, projectId: string | null = 'red'): NodeInput => ({
  id: 'node1',
  placement,
  projectId,
});
const inputOf = (fields: Partial<IntentInput> = {}): IntentInput => ({
  switches: [{ id: 's1', scope, restPolicy: 'idle' }],
  networks,
  nics: [nic()],
  nodes: [node('tenant')],
  bindings: [{ nicMac: 'm1', networkId: 'red-a' }],
  ...fields,
});
const idle: PortSettings = { adminUp: true, mode: 'access', untagged: 999, tagged: [] };
const access = (untagged: number): PortSettings => ({ ...idle, untagged });
const quarantined = (portId: string): IntentDraft => ({ portId, settings: idle, owner: { kind: 'idle' } });
const shut = (portId: string): IntentDraft => ({ ...quarantined(portId), settings: { ...idle, adminUp: false } });
const onP1 = (input: IntentInput) => computeIntents(input).intents.get('s1')?.[0];
const problems = (input: IntentInput) =>
  computeIntents(input).problems.map(({ portId, error }) => [portId, error.code]);

test.each(Object.entries(roles) as Array<[NetworkRole, number]>)(
  'a node in %s has its boot NIC there, whatever VIFs it has',
  (role, vlan) => {
    const input = inputOf({ nodes: [node(role)] });
    expect(onP1(input)).toEqual({ portId: 'p1', settings: access(vlan), owner: { kind: 'role', role } });
    expect(onP1({ ...input, nics: [nic({ pxeEnabled: false })] })).toEqual(quarantined('p1'));
  },
);

test('a node not in use, and one nobody knows, rest in idle even where the policy says inspection', () => {
  const switches = [{ id: 's1', scope, restPolicy: 'inspection' as const }];
  expect(onP1(inputOf({ switches, nodes: [node('idle')] }))).toEqual(quarantined('p1'));
  expect(onP1(inputOf({ switches, nodes: [] }))).toEqual(quarantined('p1'));
});

test('a port with no known NIC rests where the operator says', () => {
  const input = inputOf({ nics: [nic({ switchId: null, portId: null }), nic({ switchId: 's2' })] });
  expect(computeIntents(input).intents.get('s1')).toEqual([quarantined('p1'), quarantined('p2')]);
  const inspecting = { ...input, switches: [{ id: 's1', scope, restPolicy: 'inspection' as const }] };
  expect(onP1(inspecting)).toMatchObject({ settings: access(11), owner: { kind: 'role', role: 'inspection' } });
});

test('a tenant has its networks: one as access, tagged ones as a trunk; without a VIF the NIC is down', () => {
  expect(onP1(inputOf())).toEqual({
    portId: 'p1',
    settings: access(100),
    owner: { kind: 'tenant', projectId: 'red', networkId: 'red-a' },
  });
  const tagged = (networkId: string) => ({ nicMac: 'm1', networkId, tagged: true });
  expect(onP1(inputOf({ bindings: [tagged('blue-shared'), tagged('red-a')] }))?.settings).toEqual({
    adminUp: true,
    mode: 'trunk',
    untagged: null,
    tagged: [100, 103],
  });
  const both = inputOf({ bindings: [tagged('red-b'), { nicMac: 'm1', networkId: 'red-a' }] });
  expect(onP1(both)).toMatchObject({
    settings: { mode: 'trunk', untagged: 100, tagged: [101] },
    owner: { networkId: 'red-a' },
  });
  expect(onP1(inputOf({ bindings: [{ nicMac: 'm2', networkId: 'red-a' }] }))).toEqual(shut('p1'));
});

test.each<[string, string, Partial<IntentInput>]>([
  ['two NICs on one port', 'intent_port_shared', { nics: [nic(), nic({ mac: 'm2' })] }],
  ['contradicting evidence', 'link_contradicted', { nics: [nic({ contradicted: true })] }],
  ['a network that is gone', 'network_not_found', { bindings: [{ nicMac: 'm1', networkId: 'gone' }] }],
  ["another tenant's network", 'network_not_shared', { bindings: [{ nicMac: 'm1', networkId: 'blue' }] }],
  ['a role network', 'network_not_shared', { bindings: [{ nicMac: 'm1', networkId: 'cleaning' }] }],
  ['a VLAN outside the managed ranges', 'network_vlan_unmanaged', { bindings: [{ nicMac: 'm1', networkId: 'far' }] }],
  ['an overlay network', 'network_segment_unsupported', { bindings: [{ nicMac: 'm1', networkId: 'overlay' }] }],
  [
    'two untagged networks',
    'intent_two_untagged',
    { bindings: ['red-a', 'red-b'].map((networkId) => ({ nicMac: 'm1', networkId })) },
  ],
  [
    'a missing role network',
    'intent_role_network_missing',
    { nodes: [node('cleaning')], networks: networks.filter(({ role }) => role !== 'cleaning') },
  ],
])('%s: the port is in idle, and a problem says why (%s); other ports are served', (_, code, fields) => {
  const input = inputOf(fields);
  input.nics = [...input.nics, nic({ mac: 'm9', portId: 'p2', nodeId: 'other' })];
  input.nodes = [...input.nodes, { id: 'other', placement: 'provisioning', projectId: null }];
  expect(problems(input)).toEqual([['p1', code]]);
  const inUse = input.nodes.some(({ id, placement }) => id === 'node1' && placement === 'tenant');
  expect(computeIntents(input).intents.get('s1')).toMatchObject([
    inUse ? shut('p1') : quarantined('p1'),
    { portId: 'p2', settings: access(12) },
  ]);
});

test('a contradiction keeps tenant networks off the port, but not the networks of the operator', () => {
  const input = inputOf({ nics: [nic({ contradicted: true })], nodes: [node('cleaning')] });
  expect(problems(input)).toEqual([]);
  expect(onP1(input)?.settings).toEqual(access(13));
});

test('whatever is asked, every managed port has one intent in the managed VLANs, and no tenant is on a foreign network', () => {
  const placement = fc.constantFrom<Placement>('tenant', 'idle', 'inspection', 'cleaning', 'provisioning');
  const situation = fc.record({
    restPolicy: fc.constantFrom('inspection' as const, 'idle' as const),
    nics: fc.array(
      fc.record({
        mac: fc.constantFrom('m1', 'm2', 'm3'),
        nodeId: fc.constantFrom('node1', 'node2', 'gone'),
        switchId: fc.constantFrom('s1', 's2', null),
        portId: fc.constantFrom('p1', 'p2', 'uplink', null),
        pxeEnabled: fc.boolean(),
        contradicted: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    nodes: fc.tuple(placement, placement, fc.constantFrom('red', 'blue', '')).map(([a, b, projectId]) => [
      { id: 'node1', placement: a, projectId },
      { id: 'node2', placement: b, projectId: 'blue' },
    ]),
    bindings: fc.array(
      fc.record({
        nicMac: fc.constantFrom('m1', 'm2', 'm3'),
        networkId: fc.constantFrom('gone', ...networks.map(({ id }) => id)),
        tagged: fc.boolean(),
      }),
      { maxLength: 5 },
    ),
  });
  fc.assert(
    fc.property(situation, ({ restPolicy, ...rest }) => {
      const computed = computeIntents({ switches: [{ id: 's1', scope, restPolicy }], networks, ...rest });
      const drafts = computed.intents.get('s1') ?? [];
      expect(drafts.map(({ portId }) => portId)).toEqual(['p1', 'p2']);
      for (const { settings, owner, portId } of drafts) {
        expect(scopeHolds(settings, scope)).toBe(true);
        expect(settings.mode === 'trunk' || (settings.untagged !== null && settings.tagged.length === 0)).toBe(true);
        expect(new Set(settings.tagged).has(settings.untagged ?? -1)).toBe(false);
        expect(new Set(settings.tagged).size).toBe(settings.tagged.length);
        const here = rest.nics.filter((one) => one.portId === portId && one.switchId === 's1');
        const inUse = here.some(({ nodeId }) => rest.nodes.find(({ id }) => id === nodeId)?.placement === 'tenant');
        // A tenant's own system may be running there, and idle is one VLAN for all.
        if (inUse && owner.kind !== 'tenant') expect(settings.adminUp).toBe(false);
        if (owner.kind !== 'tenant') continue;
        for (const vlan of [settings.untagged, ...settings.tagged]) {
          const carried = networks.find(({ segment }) => segment.segmentationId === vlan);
          if (vlan !== null) expect(carried?.shared || carried?.projectId === owner.projectId).toBe(true);
        }
        expect(here.some(({ contradicted }) => !contradicted)).toBe(true);
      }
      for (const { portId } of computed.problems) {
        const draft = drafts.find((one) => one.portId === portId);
        expect([quarantined(portId), shut(portId)]).toContainEqual(draft);
      }
    }),
    { numRuns: 500 },
  );
});
