import type { ManagedScope, Plan, PortIntent, PortSettings, SwitchState } from '../../topology/plan/model.ts';
import { planSwitch, stepsOf } from '../../topology/plan/plan-switch.ts';
import { carriedBy, normalSettings, sameSettings } from '../../topology/plan/settings.ts';
import type { Session } from '../contract/driver.ts';
import type { SwitchModel } from '../simulator/model/switch-model.ts';
import type { Random } from './random.ts';
import type { Stage } from './subject.ts';

/** Ports that random changes are made to; the rest of the switch must stay as it is. */
const TOUCHED = 5;

export interface Situation {
  scope: ManagedScope;
  ports: readonly string[];
  /** The platform has no trunks without a native VLAN. */
  nativeRequired: boolean;
}

export function situationOf(stage: Stage): Situation {
  const { vlans } = stage.trial;
  const ports = stage.subject.model.portIds.slice(0, TOUCHED);
  const scope: ManagedScope = {
    ports: new Set(ports),
    vlans: vlans.map((vlan) => [vlan, vlan] as const),
    idleVlan: vlans.at(-1) ?? 0,
  };
  return { scope, ports, nativeRequired: stage.trial.driver.capabilities.nativeRequired === true };
}

export async function stateOf(session: Session): Promise<SwitchState> {
  const { ports, vlans } = await session.read();
  return { ports: new Map(ports.map((port) => [port.portId, port])), vlans: vlans && new Set(vlans) };
}

export function randomSettings(
  random: Random,
  situation: Situation,
  modes: readonly PortSettings['mode'][],
): PortSettings {
  const vlans = vlansOf(situation);
  const mode = random.pick(modes);
  const adminUp = random.chance(0.8);
  if (mode === 'access') return { adminUp, mode, untagged: random.pick(vlans), tagged: [] };
  const untagged = situation.nativeRequired || random.chance(0.7) ? random.pick(vlans) : null;
  return trunk(random, situation, { adminUp, untagged });
}

function vlansOf({ scope }: Situation): number[] {
  return scope.vlans.map(([vlan]) => vlan);
}

/** A trunk that carries something: not every platform can make one of no VLAN, and nobody wants one. */
function trunk(
  random: Random,
  situation: Situation,
  { adminUp, untagged }: Pick<PortSettings, 'adminUp' | 'untagged'>,
): PortSettings {
  const some = random.some(vlansOf(situation), 0.4);
  const tagged = untagged === null && some.length === 0 ? [random.pick(vlansOf(situation))] : some;
  return normalSettings({ adminUp, mode: 'trunk', untagged, tagged });
}

export function randomIntents(
  random: Random,
  situation: Situation,
  modes: readonly PortSettings['mode'][],
  observed: SwitchState,
): PortIntent[] {
  return random.some(situation.ports, 0.7).map((portId) => {
    const now = observed.ports.get(portId);
    const settings =
      now?.mode === 'trunk' && modes.includes('trunk') && random.chance(0.6)
        ? // A trunk that stays up: some VLANs leave it, some come.
          trunk(random, situation, { adminUp: true, untagged: now.untagged })
        : randomSettings(random, situation, modes);
    return { portId, settings, owner: { kind: 'tenant', projectId: null, networkId: '' }, generation: 1 };
  });
}

/** The plan that the fabric engine would make on this driver. */
export function planOf(
  stage: Stage,
  { scope }: Situation,
  observed: SwitchState,
  intents: readonly PortIntent[],
): Plan {
  const { blocked, ...plan } = planSwitch(observed, intents, scope, {
    lineByLine: stage.trial.driver.capabilities.atomic === 'ordered',
  });
  const [first] = blocked;
  if (first) throw new Error(`${first.portId}: ${first.error.message}`);
  return plan;
}

/** Applies a plan as the fabric engine does. */
export async function applyPlan(session: Session, plan: Plan): Promise<void> {
  for (const step of stepsOf(plan)) await session.apply(step);
}

/** What a port of the switch really is. */
export function realSettings(model: SwitchModel, portId: string): PortSettings {
  const { adminUp, mode, untagged, tagged } = model.port(portId);
  return { adminUp, mode: mode === 'trunk' ? 'trunk' : 'access', untagged, tagged };
}

/** Where the switch, as it really is, differs from what is wanted of these ports. */
export function wrongPorts(model: SwitchModel, wanted: ReadonlyMap<string, PortSettings>): string[] {
  return [...wanted].flatMap(([portId, settings]) => {
    const real = realSettings(model, portId);
    return sameSettings(real, settings)
      ? []
      : [`${portId} is ${JSON.stringify(real)} instead of ${JSON.stringify(settings)}`];
  });
}

/** Instants since `from` at which a port carried a segment of neither its old nor its new settings, nor idle. */
export function strayInstants(
  model: SwitchModel,
  from: number,
  plan: Pick<Plan, 'before' | 'after'>,
  { scope }: Situation,
): string[] {
  return model.history.slice(from).flatMap(({ portId, adminUp, untagged, tagged, cause }) => {
    const [before, after] = [plan.before.get(portId), plan.after.get(portId)];
    if (!before || !after) return [`${portId}, outside the change, changed at "${cause}"`];
    const may = new Set([...carriedBy(before), ...carriedBy(after), scope.idleVlan]);
    const carried = adminUp ? [...(untagged === null ? [] : [untagged]), ...tagged] : [];
    const stray = carried.filter((vlan) => !may.has(vlan));
    return stray.length === 0 ? [] : [`${portId} carried VLAN ${stray.slice(0, 5).join(', ')} after "${cause}"`];
  });
}
