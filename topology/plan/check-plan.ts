import type { IntentOwner, ManagedScope, Plan, PortIntent, PortSettings, SwitchState, Violation } from './model.ts';
import { carriedBy, isManagedVlan, isQuarantine, sameSettings, vlansOf } from './settings.ts';
import { simulate } from './simulate.ts';

/**
 * Holds a plan against design §5 rules 1 to 4, state by state; empty when it may be sent. Written apart from the planner
 * on purpose: it looks at the states only, never at how the planner came to them.
 */
export function checkPlan(
  observed: SwitchState,
  plan: Plan,
  intents: readonly PortIntent[],
  oldOwners: ReadonlyMap<string, IntentOwner>,
  scope: ManagedScope,
): Violation[] {
  const violations = checkScope(observed, plan, scope);
  const states = simulate(observed, plan.changes);
  const touched = new Set(plan.changes.flatMap((change) => (change.op === 'port-set' ? [change.portId] : [])));
  const byPort = new Map(intents.map((intent) => [intent.portId, intent]));
  for (const portId of new Set([...touched, ...plan.after.keys()])) {
    const intent = byPort.get(portId);
    const old = observed.ports.get(portId);
    if (!intent || !old) {
      violations.push({ rule: 4, portId, message: intent ? 'the port is not on the switch' : 'no intent asks for it' });
      continue;
    }
    const passed = states.flatMap((state) => state.ports.get(portId) ?? []);
    violations.push(...checkSegments(passed, intent, scope));
    violations.push(...checkHandover(passed, intent, oldOwners.get(portId), scope));
    violations.push(...checkEnds(passed, plan, intent));
  }
  return [...violations, ...checkVlansExist(states, plan)];
}

/** Rule 4. */
function checkScope(observed: SwitchState, plan: Plan, scope: ManagedScope): Violation[] {
  const violations: Violation[] = [];
  for (const change of plan.changes) {
    const portId = change.op === 'port-set' ? change.portId : null;
    const add = (message: string) => violations.push({ rule: 4, portId, message });
    if (portId !== null && !scope.ports.has(portId)) add('the port is not managed');
    if (portId !== null && observed.ports.get(portId)?.foreign) add('the port is foreign');
    for (const vlan of change.op === 'port-set' ? vlansOf(change.settings) : [change.vlan]) {
      if (!isManagedVlan(vlan, scope)) add(`VLAN ${vlan} is outside the managed ranges`);
    }
  }
  return violations;
}

/** Rules 1 and 2: no segment but the old, the new and idle; no state but the old, the new and quarantine. */
function checkSegments(passed: readonly PortSettings[], intent: PortIntent, scope: ManagedScope): Violation[] {
  const [old] = passed;
  if (!old) return [];
  const violations: Violation[] = [];
  const { portId } = intent;
  const named = new Set([...vlansOf(old), ...vlansOf(intent.settings), scope.idleVlan]);
  const carried = new Set([...carriedBy(old), ...carriedBy(intent.settings), scope.idleVlan]);
  passed.forEach((state, step) => {
    const wide = [
      ...new Set([...vlansOf(state).filter((v) => !named.has(v)), ...carriedBy(state).filter((v) => !carried.has(v))]),
    ];
    if (wide.length > 0) {
      violations.push({
        rule: 1,
        portId,
        message: `after change ${step} it holds VLAN ${wide.join(', ')} of neither intent`,
      });
    }
    if (!sameSettings(state, old) && !sameSettings(state, intent.settings) && !isQuarantine(state, scope)) {
      violations.push({
        rule: 2,
        portId,
        message: `after change ${step} it is in neither old, new nor quarantine state`,
      });
    }
  });
  return violations;
}

/** Rule 1: from one tenant to another only through down or idle. */
function checkHandover(
  passed: readonly PortSettings[],
  intent: PortIntent,
  oldOwner: IntentOwner | undefined,
  scope: ManagedScope,
): Violation[] {
  const [old] = passed;
  if (!old || intent.owner.kind !== 'tenant' || sameSettings(old, intent.settings)) return [];
  if (oldOwner && oldOwner.kind !== 'tenant') return [];
  const oldVlans = new Set(carriedBy(old).filter((vlan) => vlan !== scope.idleVlan));
  const newVlans = new Set(carriedBy(intent.settings).filter((vlan) => vlan !== scope.idleVlan));
  if (oldVlans.size === 0 || newVlans.size === 0) return [];
  const sameTenant =
    oldOwner !== undefined && oldOwner.projectId !== null && oldOwner.projectId === intent.owner.projectId;
  if (sameTenant && [...newVlans].some((vlan) => oldVlans.has(vlan))) return [];

  const left = passed.findIndex((state) => isQuarantine(state, scope));
  const entered = passed.findIndex(
    (state) =>
      sameSettings(state, intent.settings) || carriedBy(state).some((v) => newVlans.has(v) && !oldVlans.has(v)),
  );
  const returned =
    left >= 0 && passed.slice(left).some((state) => carriedBy(state).some((v) => oldVlans.has(v) && !newVlans.has(v)));
  if (left >= 0 && (entered < 0 || left < entered) && !returned) return [];
  return [
    {
      rule: 1,
      portId: intent.portId,
      message: 'it goes from one tenant to another without being down or idle between',
    },
  ];
}

/** Rules 2 and 3: the plan knows what it undoes to, and ends where the intent and the read-back compare want it. */
function checkEnds(passed: readonly PortSettings[], plan: Plan, intent: PortIntent): Violation[] {
  const { portId } = intent;
  const [first, last] = [passed[0], passed.at(-1)];
  const [before, after] = [plan.before.get(portId), plan.after.get(portId)];
  const violations: Violation[] = [];
  if (!first || !before || !sameSettings(before, first)) {
    violations.push({ rule: 2, portId, message: 'the plan does not hold the state to undo to' });
  }
  if (!last || !after || !sameSettings(after, last) || !sameSettings(after, intent.settings)) {
    violations.push({ rule: 3, portId, message: 'the plan does not end in what is intended and read back' });
  }
  return violations;
}

/** Rule 2: a port set to a VLAN that does not exist yet is in no defined state. */
function checkVlansExist(states: readonly SwitchState[], plan: Plan): Violation[] {
  return plan.changes.flatMap((change, step) => {
    const vlans = states[step]?.vlans;
    if (change.op !== 'port-set' || !vlans) return [];
    const missing = vlansOf(change.settings).filter((vlan) => !vlans.has(vlan));
    if (missing.length === 0) return [];
    return [{ rule: 2, portId: change.portId, message: `VLAN ${missing.join(', ')} does not exist yet` }];
  });
}
