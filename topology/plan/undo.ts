import type { IntentOwner, ManagedScope, Plan, PortIntent, SwitchState } from './model.ts';
import { type PlanOptions, planSwitch, type SwitchPlan, scopeHolds } from './plan-switch.ts';
import { idleSettings, isQuarantine } from './settings.ts';

export interface UndoOptions extends Pick<PlanOptions, 'lineByLine' | 'vlanName'> {
  /** Whose the ports were before the plan; a port not listed counts as somebody else's. */
  oldOwners?: ReadonlyMap<string, IntentOwner>;
  /** Ports that must not go back, e.g. because the tenant they were of has left meanwhile: they go to idle. */
  unsafe?: ReadonlySet<string>;
}

/** What each touched port is to go back to: its old state, or idle where that names VLANs we may not write (rule 4). */
export function undoIntents(plan: Plan, scope: ManagedScope, options: UndoOptions = {}): PortIntent[] {
  return [...plan.before].map(([portId, before]) => {
    const restorable = scopeHolds(before, scope) && !options.unsafe?.has(portId);
    const owner: IntentOwner =
      !restorable || isQuarantine(before, scope)
        ? { kind: 'idle' }
        : (options.oldOwners?.get(portId) ?? { kind: 'tenant', projectId: null, networkId: '' });
    return { portId, settings: restorable ? before : idleSettings(scope), owner, generation: 0 };
  });
}

/**
 * The way back from wherever the switch is now (read it first), under the same rules as any plan. Check it with
 * undoIntents() as the intents. VLANs that the plan created stay: an empty VLAN harms nobody.
 */
export function undoPlan(current: SwitchState, plan: Plan, scope: ManagedScope, options: UndoOptions = {}): SwitchPlan {
  const { lineByLine, vlanName } = options;
  return planSwitch(current, undoIntents(plan, scope, options), scope, { lineByLine, vlanName });
}
