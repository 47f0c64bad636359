import type { Change, Plan, PortSettings, SwitchState } from './model.ts';
import { sameSettings, settingsOf } from './settings.ts';

/** The switch after each change, the observed state first: as many states as changes, and one. */
export function simulate(observed: SwitchState, changes: readonly Change[]): SwitchState[] {
  const states = [observed];
  for (const change of changes) states.push(applied(states.at(-1) ?? observed, change));
  return states;
}

function applied(state: SwitchState, change: Change): SwitchState {
  if (change.op === 'vlan-create') {
    return { ports: state.ports, vlans: state.vlans && new Set([...state.vlans, change.vlan]) };
  }
  const port = state.ports.get(change.portId) ?? {
    portId: change.portId,
    operUp: null,
    lag: null,
    description: null,
  };
  const ports = new Map(state.ports).set(change.portId, { ...port, ...settingsOf(change.settings) });
  return { ports, vlans: state.vlans };
}

export interface Mismatch {
  portId: string;
  expected: PortSettings;
  /** null: the port was not in what was read. */
  actual: PortSettings | null;
}

/** Rule 3: the touched ports whose read-back is not what the plan promised. Success is only told when this is empty. */
export function verify(plan: Pick<Plan, 'after'>, readBack: SwitchState): Mismatch[] {
  const mismatches: Mismatch[] = [];
  for (const [portId, expected] of plan.after) {
    const port = readBack.ports.get(portId);
    if (!port || port.foreign || !sameSettings(port, expected)) {
      mismatches.push({ portId, expected, actual: port ? settingsOf(port) : null });
    }
  }
  return mismatches;
}
