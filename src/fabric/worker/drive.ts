import type { Capabilities, Session } from '../../../switch-drivers/contract/driver.ts';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import { checkPlan } from '../../../topology/plan/check-plan.ts';
import type {
  IntentOwner,
  ManagedScope,
  Plan,
  PortIntent,
  PortSettings,
  SwitchState,
  Violation,
} from '../../../topology/plan/model.ts';
import { planSwitch, stepsOf } from '../../../topology/plan/plan-switch.ts';
import { sameSettings, settingsOf } from '../../../topology/plan/settings.ts';
import { verify } from '../../../topology/plan/simulate.ts';
import { undoIntents, undoPlan } from '../../../topology/plan/undo.ts';
import type { SwitchPortRow, SwitchRow } from '../view.ts';
import { markApplied, markRunning } from './applied.ts';
import { failPorts, type PortFailure } from './fail.ts';
import type { LookDeps } from './look.ts';

export interface Driving {
  deps: LookDeps;
  row: SwitchRow;
  session: Session;
  capabilities: Capabilities;
  scope: ManagedScope;
}

export async function readPorts({ session }: Driving, portIds: readonly string[]): Promise<SwitchState> {
  const { ports, vlans } = await session.read(portIds).catch((error) => {
    // A port that went with its line card must not stop the others; the planner reports it by name.
    if (isFabricError(error, 'switch_port_unknown')) return session.read();
    throw error;
  });
  return { ports: new Map(ports.map((port) => [port.portId, port])), vlans: vlans && new Set(vlans) };
}

/**
 * Brings ports from what the switch says to what is intended. A change the device rejects is taken back; where several were
 * sent together, each is then tried by itself, so that one bad port fails alone.
 */
export async function drive(driving: Driving, ports: readonly SwitchPortRow[]): Promise<void> {
  const { deps, row, scope, capabilities } = driving;
  const portIds = ports.map(({ port_id }) => port_id);
  const observed = await readPorts(driving, portIds);
  const intents = ports.map(intentOf);
  const options = planOptions(capabilities, ports, observed);
  const { oldOwners } = options;
  const { blocked, ...plan } = planSwitch(observed, intents, scope, options);

  const failures = blocked.map(({ portId, error }) => failureOf(ports, portId, error, observed));
  const error = unsafe(checkPlan(observed, plan, intents, oldOwners, scope));
  if (error) {
    await failPorts(
      deps,
      row,
      portIds.map((portId) => failureOf(ports, portId, error, observed)),
    );
    return;
  }
  if (failures.length > 0) await failPorts(deps, row, failures);
  const good = ports.filter((port) => !blocked.some(({ portId }) => portId === port.port_id));
  if (!(await markRunning(deps, row.id, good))) {
    // Somebody wrote newer intents since they were read: plan again from those.
    return;
  }

  try {
    for (const step of stepsOf(plan)) await driving.session.apply(step);
  } catch (error) {
    if (!isFabricError(error) || error.retryable) throw error;
    const wire = await takeBack(driving, plan, oldOwners, intents);
    const touched = good.filter((port) => plan.after.has(port.port_id));
    const untouched = good.filter((port) => !plan.after.has(port.port_id));
    if (untouched.length > 0) await markApplied(deps, row, untouched, observed, false);
    if (touched.length > 1) {
      for (const port of touched) await drive(driving, [port]);
      return;
    }
    await failPorts(
      deps,
      row,
      touched.map((port) => failureOf(ports, port.port_id, error, wire)),
    );
    return;
  }

  const readBack = plan.changes.length === 0 ? observed : await readPorts(driving, portIds);
  const mismatches = verify({ after: new Map(good.map((port) => [port.port_id, intentOf(port).settings])) }, readBack);
  const wrong = new Set(mismatches.map(({ portId }) => portId));
  const changed = plan.changes.length > 0;
  await markApplied(
    deps,
    row,
    good.filter((port) => !wrong.has(port.port_id)),
    readBack,
    changed && capabilities.hasStartupConfig,
  );
  if (wrong.size === 0) return;
  const partly: Plan = { ...plan, before: only(plan.before, wrong), after: only(plan.after, wrong) };
  const wire = await takeBack(driving, partly, oldOwners, intents);
  const failed = mismatches.map(({ portId, expected, actual }) =>
    failureOf(
      ports,
      portId,
      new FabricError(
        'switch_readback_differs',
        `${row.name} accepted the change of port ${portId}, but reads back ${actual ? describe(actual) : 'nothing'} instead of ${describe(expected)}.`,
        { context: { portId, expected, actual } },
      ),
      wire,
    ),
  );
  await failPorts(deps, row, failed);
}

/** How changes of these ports are planned on such a switch. */
export function planOptions(capabilities: Capabilities, ports: readonly SwitchPortRow[], observed: SwitchState) {
  return {
    lineByLine: capabilities.atomic === 'ordered',
    vlanName: (vlan: number) => `switchyard-${vlan}`,
    oldOwners: ownersOf(ports, observed),
  };
}

/** Why a plan is not sent; null: it breaks no rule. */
export function unsafe(violations: readonly Violation[]): FabricError | null {
  if (violations.length === 0) return null;
  const broken = violations.map(({ rule, portId, message }) => `rule ${rule}, port ${portId ?? '-'}: ${message}`);
  return new FabricError(
    'plan_unsafe',
    `The change was not sent, because it would break a safety rule: ${broken.join('; ')}`,
    { context: { violations } },
  );
}

export function intentOf(port: SwitchPortRow): PortIntent {
  return { portId: port.port_id, settings: port.intent!, owner: port.owner!, generation: Number(port.generation) };
}

/** Whose segment is on the port: known only while it is still as we last left it. */
function ownersOf(ports: readonly SwitchPortRow[], observed: SwitchState): Map<string, IntentOwner> {
  return new Map(
    ports.flatMap((port): Array<[string, IntentOwner]> => {
      const now = observed.ports.get(port.port_id);
      const known = now && port.observed && port.applied_owner && sameSettings(now, port.observed);
      return known ? [[port.port_id, port.applied_owner!]] : [];
    }),
  );
}

/**
 * Back to the old settings under the same rules, from wherever the device stopped; what belonged to a tenant whose node is
 * leaving goes to idle. Returns what is on the wire afterwards; an error here leaves the ports to the next look.
 */
async function takeBack(
  driving: Driving,
  plan: Plan,
  oldOwners: ReadonlyMap<string, IntentOwner>,
  intents: readonly PortIntent[],
): Promise<SwitchState> {
  const { capabilities, scope, session } = driving;
  const portIds = [...plan.before.keys()];
  const current = await readPorts(driving, portIds);
  const unsafe = new Set(
    intents
      .filter(({ portId, owner }) => owner.kind !== 'tenant' && oldOwners.get(portId)?.kind === 'tenant')
      .map(({ portId }) => portId),
  );
  const options = { oldOwners, unsafe, lineByLine: capabilities.atomic === 'ordered' };
  const { blocked: _left, ...undo } = undoPlan(current, plan, scope, options);
  if (undo.changes.length === 0) return current;
  const asked = new Map(intents.map((intent) => [intent.portId, intent]));
  const owners = new Map(
    portIds.flatMap((portId): Array<[string, IntentOwner]> => {
      const intent = asked.get(portId);
      const now = current.ports.get(portId);
      return intent && now && sameSettings(now, intent.settings) ? [[portId, intent.owner]] : [];
    }),
  );
  const violations = checkPlan(current, undo, undoIntents(plan, scope, options), owners, scope);
  if (violations.length > 0) return current;
  try {
    for (const step of stepsOf(undo)) await session.apply(step);
  } catch (error) {
    // Rejected as well: what is on the wire now decides, and idle is tried by the next look.
    if (!isFabricError(error) || error.retryable) throw error;
  }
  return readPorts(driving, portIds);
}

function failureOf(
  ports: readonly SwitchPortRow[],
  portId: string,
  error: FabricError,
  state: SwitchState,
): PortFailure {
  const now = state.ports.get(portId);
  return {
    port: ports.find((port) => port.port_id === portId)!,
    error,
    wire: now && !now.foreign ? settingsOf(now) : null,
  };
}

function only(settings: ReadonlyMap<string, PortSettings>, portIds: ReadonlySet<string>): Map<string, PortSettings> {
  return new Map([...settings].filter(([portId]) => portIds.has(portId)));
}

export function describe({ adminUp, mode, untagged, tagged }: PortSettings): string {
  const vlans = [
    ...(untagged === null ? [] : [`${untagged} untagged`]),
    ...(tagged.length > 0 ? [`${tagged.join(',')} tagged`] : []),
  ];
  return `${adminUp ? 'up' : 'down'}, ${mode}, VLAN ${vlans.join(' and ') || 'none'}`;
}
