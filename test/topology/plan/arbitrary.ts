import fc from 'fast-check';
import type {
  IntentOwner,
  ManagedScope,
  PortIntent,
  PortSettings,
  PortState,
  SwitchState,
} from '../../../topology/plan/model.ts';
import { idleSettings } from '../../../topology/plan/settings.ts';

export const scope: ManagedScope = {
  ports: new Set(['p1', 'p2', 'p3', 'p4', 'p5']),
  vlans: [
    [100, 106],
    [200, 200],
  ],
  idleVlan: 200,
};

const managedVlan = fc.constantFrom(100, 101, 102, 103, 104);
const anyVlan = fc.oneof({ weight: 4, arbitrary: managedVlan }, { weight: 1, arbitrary: fc.constantFrom(1, 300, 200) });

const settingsWith = (vlan: fc.Arbitrary<number>): fc.Arbitrary<PortSettings> =>
  fc.oneof(
    fc.constant(idleSettings(scope)),
    fc.record({
      adminUp: fc.boolean(),
      mode: fc.constant('access' as const),
      untagged: vlan,
      tagged: fc.constant<number[]>([]),
    }),
    fc.record({
      adminUp: fc.boolean(),
      mode: fc.constant('trunk' as const),
      untagged: fc.option(vlan),
      tagged: fc.uniqueArray(vlan, { maxLength: 4 }),
    }),
  );

/** `owners`: what the planner is told about whose the ports are now. */
export interface Situation {
  observed: SwitchState;
  intents: PortIntent[];
  owners: Map<string, IntentOwner>;
  lineByLine: boolean;
}

const owner: fc.Arbitrary<IntentOwner> = fc.oneof(
  fc.constant({ kind: 'idle' as const }),
  fc.record({ kind: fc.constant('role' as const), role: fc.constantFrom('cleaning', 'provisioning') }),
  fc.record({
    kind: fc.constant('tenant' as const),
    projectId: fc.constantFrom('red', 'blue', null),
    networkId: fc.constantFrom('n1', 'n2'),
  }),
);

const portIds = ['p1', 'p2', 'p3', 'p4', 'p5', 'uplink'];

export const situation: fc.Arbitrary<Situation> = fc
  .record({
    ports: fc.tuple(
      ...portIds.map((portId) =>
        fc.tuple(settingsWith(anyVlan), fc.boolean(), fc.integer({ min: 0, max: 9 })).map(
          ([settings, operUp, foreign]): PortState => ({
            ...settings,
            portId,
            operUp,
            lag: null,
            description: null,
            foreign: foreign === 0 ? 'dot1q-tunnel' : null,
          }),
        ),
      ),
    ),
    vlans: fc.option(fc.uniqueArray(anyVlan)),
    intents: fc.tuple(...portIds.map(() => fc.option(fc.tuple(settingsWith(anyVlan), owner), { freq: 4 }))),
    owners: fc.tuple(...portIds.map(() => fc.option(owner, { freq: 4 }))),
    lineByLine: fc.boolean(),
  })
  .map(({ ports, vlans, intents, owners, lineByLine }) => ({
    observed: {
      ports: new Map(ports.map((port) => [port.portId, port])),
      // What ports carry exists on the switch.
      vlans: vlans && new Set([...vlans, ...ports.flatMap((port) => [port.untagged ?? 1, ...port.tagged])]),
    },
    intents: intents.flatMap((intent, i) =>
      intent ? [{ portId: portIds[i] ?? '', settings: intent[0], owner: intent[1], generation: 1 }] : [],
    ),
    owners: new Map(owners.flatMap((one, i) => (one ? [[portIds[i] ?? '', one] as const] : []))),
    lineByLine,
  }));
