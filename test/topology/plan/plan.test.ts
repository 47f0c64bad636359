import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPlan } from '../../../topology/plan/check-plan.ts';
import type { Change, IntentOwner, PortIntent, PortSettings, SwitchState } from '../../../topology/plan/model.ts';
import { planSwitch, type SwitchPlan, scopeHolds, stepsOf } from '../../../topology/plan/plan-switch.ts';
import { idleSettings, isQuarantine, sameSettings, settingsOf } from '../../../topology/plan/settings.ts';
import { simulate, verify } from '../../../topology/plan/simulate.ts';
import { undoIntents, undoPlan } from '../../../topology/plan/undo.ts';
import { type Situation, scope, situation } from './arbitrary.ts';

const planOf = ({ observed, intents, owners, lineByLine }: Situation) =>
  planSwitch(observed, intents, scope, { oldOwners: owners, lineByLine });
const reached = (observed: SwitchState, changes: Change[]) => simulate(observed, changes).at(-1) ?? observed;

test('every plan keeps the rules in every intermediate state', () => {
  fc.assert(
    fc.property(situation, (s) => {
      expect(checkPlan(s.observed, planOf(s), s.intents, s.owners, scope)).toEqual([]);
    }),
    { numRuns: 800 },
  );
});

test('a plan reaches its intents, except where it says that it cannot, and is then empty', () => {
  fc.assert(
    fc.property(situation, (s) => {
      const plan = planOf(s);
      const end = reached(s.observed, plan.changes);
      const blocked = new Set(plan.blocked.map(({ portId }) => portId));
      for (const { portId, settings } of s.intents) {
        const port = end.ports.get(portId);
        if (blocked.has(portId)) expect(port).toEqual(s.observed.ports.get(portId));
        else expect(port && sameSettings(port, settings)).toBe(true);
      }
      expect(verify(plan, end)).toEqual([]);
      expect(planSwitch(end, s.intents, scope).changes).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('after any prefix of a plan, undo brings each port to its old state, or to idle where that may not be written', () => {
  fc.assert(
    fc.property(situation, fc.nat(), (s, cut) => {
      const plan = planOf(s);
      const now = reached(s.observed, plan.changes.slice(0, cut % (plan.changes.length + 1)));
      const undo = undoPlan(now, plan, scope, { lineByLine: s.lineByLine });
      expect(undo.blocked).toEqual([]);
      expect(checkPlan(now, undo, undoIntents(plan, scope), new Map(), scope)).toEqual([]);
      const end = reached(now, undo.changes);
      for (const [portId, port] of s.observed.ports) {
        const old = settingsOf(port);
        const wanted = plan.before.has(portId) && !scopeHolds(old, scope) ? idleSettings(scope) : old;
        expect(settingsOf(end.ports.get(portId) ?? wanted)).toEqual(wanted);
      }
    }),
    { numRuns: 400 },
  );
});

test('steps hold each port once and add up to the plan', () => {
  fc.assert(
    fc.property(situation, (s) => {
      const plan = planOf(s);
      const steps = stepsOf(plan);
      expect(steps.flat()).toEqual(plan.changes);
      for (const step of steps) {
        const ports = step.flatMap((change) => (change.op === 'port-set' ? [change.portId] : []));
        expect(new Set(ports).size).toBe(ports.length);
      }
    }),
  );
});

const access = (untagged: number, adminUp = true): PortSettings => ({ adminUp, mode: 'access', untagged, tagged: [] });
const trunk = (...tagged: number[]): PortSettings => ({ adminUp: true, mode: 'trunk', untagged: null, tagged });
const tenant = (projectId: string): IntentOwner => ({ kind: 'tenant', projectId, networkId: `net-${projectId}` });
const switchWith = (ports: Record<string, PortSettings>, vlans: number[] | null = null): SwitchState => ({
  ports: new Map(
    Object.entries(ports).map(([portId, settings]) => [
      portId,
      { ...settings, portId, operUp: null, lag: null, description: null },
    ]),
  ),
  vlans: vlans && new Set(vlans),
});
const intent = (portId: string, settings: PortSettings, owner: IntentOwner): PortIntent => ({
  portId,
  settings,
  owner,
  generation: 1,
});

test('from tenant to tenant: VLAN first, then idle, then the new network; up comes last where lines come one by one', () => {
  const observed = switchWith({ p1: access(100), p2: access(200, false) }, [100, 200]);
  const intents = [intent('p1', access(101), tenant('blue')), intent('p2', access(101), tenant('blue'))];
  const changes = (lineByLine: boolean) =>
    planSwitch(observed, intents, scope, { oldOwners: new Map([['p1', tenant('red')]]), lineByLine }).changes;
  const up = { op: 'port-set', portId: 'p2', settings: access(101) };
  const begin = [
    { op: 'vlan-create', vlan: 101, name: 'switchyard-101' },
    { op: 'port-set', portId: 'p1', settings: idleSettings(scope) },
    { op: 'port-set', portId: 'p1', settings: access(101) },
  ];
  expect(changes(false)).toEqual([...begin, up]);
  expect(changes(true)).toEqual([...begin, { op: 'port-set', portId: 'p2', settings: access(101, false) }, up]);
});

test('a trunk of one tenant gets one VLAN more without leaving the others', () => {
  const observed = switchWith({ p1: trunk(100) });
  const plan = planSwitch(observed, [intent('p1', trunk(100, 101), tenant('red'))], scope, {
    oldOwners: new Map([['p1', tenant('red')]]),
  });
  expect(plan.changes).toHaveLength(1);
});

const move = () => {
  const observed = switchWith({ p1: access(100), p2: access(102), uplink: trunk(100, 101) }, [100, 102, 200]);
  const intents = [intent('p1', access(101), tenant('blue'))];
  const owners = new Map([['p1', tenant('red')]]);
  return { observed, intents, owners, plan: planSwitch(observed, intents, scope, { oldOwners: owners }) };
};
const portSet = (portId: string, settings: PortSettings): Change => ({ op: 'port-set', portId, settings });

test.each<[string, number, (plan: SwitchPlan) => Change[]]>([
  [
    'goes straight from tenant to tenant',
    1,
    (p) => p.changes.filter((c) => c.op !== 'port-set' || c.settings.untagged !== 200),
  ],
  [
    'enters before it leaves',
    1,
    (p) => [...p.changes.slice(0, 1), ...p.changes.slice(1).reverse(), ...p.changes.slice(2)],
  ],
  [
    'widens a trunk beyond old and new',
    1,
    (p) => [...p.changes.slice(0, 2), portSet('p1', trunk(100, 101, 103)), ...p.changes.slice(2)],
  ],
  [
    'joins two tenants on a trunk',
    2,
    (p) => [...p.changes.slice(0, 2), portSet('p1', trunk(100, 101)), ...p.changes.slice(2)],
  ],
  ['sets the port before the VLAN exists', 2, (p) => [...p.changes.slice(1), ...p.changes.slice(0, 1)]],
  ['touches an unmanaged port', 4, (p) => [...p.changes, portSet('uplink', access(101))]],
  ['touches a port nobody asked for', 4, (p) => [...p.changes, portSet('p2', access(101))]],
  ['creates an unmanaged VLAN', 4, (p) => [{ op: 'vlan-create', vlan: 999, name: 'x' }, ...p.changes]],
  ['stops in idle', 3, (p) => p.changes.slice(0, -1)],
])('a planner that %s is caught by rule %i', (_, rule, broken) => {
  const { observed, intents, owners, plan } = move();
  expect(checkPlan(observed, plan, intents, owners, scope)).toEqual([]);
  const found = checkPlan(observed, { ...plan, changes: broken(plan) }, intents, owners, scope);
  expect(found.map((violation) => violation.rule)).toContain(rule);
});

test('a plan whose way back is wrong is caught', () => {
  const { observed, intents, owners, plan } = move();
  plan.before.set('p1', access(103));
  expect(checkPlan(observed, plan, intents, owners, scope)).toMatchObject([{ rule: 2 }]);
});

test('in random situations, leaving out any waypoint between two tenants is caught', () => {
  let caught = 0;
  fc.assert(
    fc.property(situation, (s) => {
      const plan = planOf({ ...s, lineByLine: false });
      for (const [portId, before] of plan.before) {
        const own = plan.changes.filter((change) => change.op === 'port-set' && change.portId === portId);
        const [first] = own;
        const handover =
          s.intents.find((one) => one.portId === portId)?.owner.kind === 'tenant' && !s.owners.has(portId);
        if (own.length < 2 || first?.op !== 'port-set' || !handover) continue;
        const after = plan.after.get(portId);
        if (isQuarantine(before, scope) || !after || isQuarantine(after, scope)) continue;
        const changes = plan.changes.filter((change) => change !== first);
        const found = checkPlan(s.observed, { ...plan, changes }, s.intents, s.owners, scope);
        expect(found.map(({ rule, portId: at }) => `${rule} ${at}`)).toContain(`1 ${portId}`);
        caught++;
      }
    }),
    { numRuns: 600 },
  );
  expect(caught).toBeGreaterThan(0);
});

test('ports that may not be written are left alone and named', () => {
  const observed = switchWith({ p1: access(1), uplink: access(100) });
  observed.ports.set('p2', {
    ...access(100),
    portId: 'p2',
    operUp: null,
    lag: null,
    description: null,
    foreign: 'QinQ',
  });
  const plan = planSwitch(
    observed,
    [
      intent('p1', access(999), tenant('red')),
      intent('p2', access(101), tenant('red')),
      intent('p3', access(101), tenant('red')),
      intent('uplink', access(101), tenant('red')),
    ],
    scope,
  );
  expect(plan.changes).toEqual([]);
  expect(plan.blocked.map(({ error }) => error.code)).toEqual([
    'plan_vlan_unmanaged',
    'plan_port_foreign',
    'plan_port_absent',
    'plan_port_unmanaged',
  ]);
});

test('a read-back that differs in one setting, or lacks the port, is a mismatch', () => {
  const { observed, plan } = move();
  expect(verify(plan, observed)).toEqual([{ portId: 'p1', expected: access(101), actual: access(100) }]);
  expect(verify(plan, switchWith({}))).toEqual([{ portId: 'p1', expected: access(101), actual: null }]);
  expect(verify(plan, switchWith({ p1: access(101, false) }))).toHaveLength(1);
  expect(verify(plan, switchWith({ p1: access(101) }))).toEqual([]);
});
