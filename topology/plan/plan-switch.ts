import { FabricError } from '../error/fabric-error.ts';
import type {
  Change,
  IntentOwner,
  ManagedScope,
  Plan,
  PortIntent,
  PortSettings,
  PortState,
  SwitchState,
} from './model.ts';
import {
  idleSettings,
  isManagedVlan,
  isQuarantine,
  normalSettings,
  sameSettings,
  settingsOf,
  vlansOf,
} from './settings.ts';

export interface PlanOptions {
  /** Whose segment each port carries now; a port not listed counts as somebody else's. */
  oldOwners?: ReadonlyMap<string, IntentOwner>;
  /**
   * True where the device puts each line in force as it comes (`capabilities.atomic` = ordered): a port that changes its
   * mode or its native VLAN, or goes down, does so while down and on the idle VLAN, so that no order of lines carries
   * anything unwanted and a device that stops between two lines leaves the port in quarantine.
   */
  lineByLine?: boolean;
  /** Name for a VLAN that has to be created; default `switchyard-<id>`. */
  vlanName?: (vlan: number) => string;
}

/** A plan, and the intents it cannot serve: their ports are not touched. */
export interface SwitchPlan extends Plan {
  blocked: Array<{ portId: string; error: FabricError }>;
}

/**
 * The ordered changes from what is observed to what is intended: VLANs first, then every port that must leave before it
 * enters goes to idle (or down), then the ports enter. Line by line those that were down go up last.
 */
export function planSwitch(
  observed: SwitchState,
  intents: readonly PortIntent[],
  scope: ManagedScope,
  options: PlanOptions = {},
): SwitchPlan {
  const plan: SwitchPlan = { changes: [], before: new Map(), after: new Map(), blocked: [] };
  const leave: Change[] = [];
  const enter: Change[] = [];
  const up: Change[] = [];
  for (const intent of [...intents].sort((a, b) => (a.portId < b.portId ? -1 : 1))) {
    const { portId } = intent;
    const port = observed.ports.get(portId);
    const error = blockedBy(port, intent, scope);
    if (error || !port) {
      if (error) plan.blocked.push({ portId, error });
      continue;
    }
    const before = settingsOf(port);
    const after = normalSettings(intent.settings);
    if (sameSettings(before, after)) continue;
    plan.before.set(portId, before);
    plan.after.set(portId, after);

    const set = (settings: PortSettings): Change => ({ op: 'port-set', portId, settings });
    let current = before;
    // A trunk of nothing but its native VLAN is as good as an access port, but becoming one still takes lines.
    const waypoint = waypointOf({ ...before, mode: port.mode }, intent, scope, options);
    if (waypoint && !sameSettings(waypoint, before)) {
      leave.push(set(waypoint));
      current = waypoint;
    }
    const inOrder = options.lineByLine === true && after.adminUp && !current.adminUp;
    const entered = inOrder ? { ...after, adminUp: false } : after;
    if (!sameSettings(entered, current)) enter.push(set(entered));
    if (!sameSettings(entered, after)) up.push(set(after));
  }
  plan.changes = [...missingVlans([...leave, ...enter, ...up], observed, options), ...leave, ...enter, ...up];
  return plan;
}

/** The changes in steps in which each port occurs once, so that a device that applies a step at once shows each state. */
export function stepsOf(plan: Pick<Plan, 'changes'>): Change[][] {
  const steps: Change[][] = [];
  let ports = new Set<string>();
  for (const change of plan.changes) {
    const portId = change.op === 'port-set' ? change.portId : null;
    if (steps.length === 0 || (portId !== null && ports.has(portId))) {
      steps.push([]);
      ports = new Set();
    }
    if (portId !== null) ports.add(portId);
    steps.at(-1)?.push(change);
  }
  return steps;
}

/** Where the port has to be between old and new; null: nowhere. */
function waypointOf(
  before: PortSettings,
  intent: PortIntent,
  scope: ManagedScope,
  options: PlanOptions,
): PortSettings | null {
  const after = intent.settings;
  if (options.lineByLine && before.adminUp && (takesLines(before, after) || !after.adminUp)) {
    return idleSettings(scope, false);
  }
  if (isQuarantine(before, scope) || isQuarantine(after, scope)) return null;
  if (intent.owner.kind !== 'tenant') return null;
  const old = options.oldOwners?.get(intent.portId);
  if (old?.kind === 'tenant' && old.projectId !== null && old.projectId === intent.owner.projectId) {
    // One tenant's own port: only a full change of networks is leaving; a VLAN more or less on a trunk is not.
    const kept = new Set(vlansOf(before));
    if (vlansOf(after).some((vlan) => kept.has(vlan))) return null;
  }
  // Idle is access: a trunk that passes through it changes its mode, even if it is to be a trunk again.
  const changesMode = options.lineByLine && before.adminUp && before.mode !== idleSettings(scope).mode;
  return idleSettings(scope, !changesMode);
}

/** Does the change take several lines, between which the port would be neither what it was nor what it is to be? */
function takesLines(before: PortSettings, after: PortSettings): boolean {
  return before.mode !== after.mode || (after.mode === 'trunk' && before.untagged !== after.untagged);
}

function blockedBy(port: PortState | undefined, intent: PortIntent, scope: ManagedScope): FabricError | null {
  const { portId } = intent;
  if (!scope.ports.has(portId)) {
    return refusal('plan_port_unmanaged', portId, 'is not managed here; list it when the switch is registered');
  }
  if (!port) return refusal('plan_port_absent', portId, 'is not on the switch; check the name with: switch ports');
  if (port.foreign) {
    return refusal(
      'plan_port_foreign',
      portId,
      `is configured as ${port.foreign}; take that off the port by hand first`,
    );
  }
  if (!scopeHolds(intent.settings, scope)) {
    const outside = vlansOf(intent.settings).filter((vlan) => !isManagedVlan(vlan, scope));
    return refusal('plan_vlan_unmanaged', portId, `would get VLAN ${outside.join(', ')} outside the managed ranges`);
  }
  if (intent.settings.mode === 'access' && intent.settings.untagged === null) {
    return refusal('plan_settings_invalid', portId, 'has an access intent without a VLAN; give it one');
  }
  return null;
}

export function scopeHolds(settings: PortSettings, scope: ManagedScope): boolean {
  return vlansOf(settings).every((vlan) => isManagedVlan(vlan, scope));
}

function refusal(code: string, portId: string, message: string): FabricError {
  return new FabricError(code, `port ${portId} ${message}`, { context: { portId } });
}

function missingVlans(changes: readonly Change[], observed: SwitchState, options: PlanOptions): Change[] {
  const { vlans } = observed;
  if (vlans === null) return [];
  const needed = changes.flatMap((change) => (change.op === 'port-set' ? vlansOf(change.settings) : []));
  return [...new Set(needed)]
    .filter((vlan) => !vlans.has(vlan))
    .sort((a, b) => a - b)
    .map((vlan) => ({ op: 'vlan-create', vlan, name: options.vlanName?.(vlan) ?? `switchyard-${vlan}` }));
}
