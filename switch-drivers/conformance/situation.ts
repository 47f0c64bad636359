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
}

export function situationOf(stage: Stage): Situation {
  const { vlans } = stage.trial;
  const ports = stage.subject.model.portIds.slice(0, TOUCHED);
  const scope: ManagedScope = {
    ports: new Set(ports),
    vlans: vlans.map((vlan) => [vlan, vlan] as const),
    idleVlan: vlans.at(-1) ?? 0,
  };
  return { scope, ports };
}

export async function stateOf(session: Session): Promise<SwitchState> {
  const { ports, vlans } = await session.read();
  return { ports: new Map(ports.map((port) => [port.portId, port])), vlans: vlans && new Set(vlans) };
}

export function randomSettings(
  random: Random,
  { scope }: Situation,
  modes: readonly PortSettings['mode'][],
): PortSettings {
  const vlans = scope.vlans.map(([vlan]) => vlan);
  const mode = random.pick(modes);
  const adminUp = random.chance(0.8);
  if (mode === 'access') return { adminUp, mode, untagged: random.pick(vlans), tagged: [] };
  const untagged = random.chance(0.7) ? random.pick(vlans) : null;
  return normalSettings({ adminUp, mode, untagged, tagged: random.some(vlans, 0.4) });
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
        ? otherVlans(random, situation, now)
        : randomSettings(random, situation, modes);
    return { portId, settings, owner: { kind: 'tenant', projectId: null, networkId: '' }, generation: 1 };
  });
}

/** A trunk that stays up: some VLANs leave it, some come. */
function otherVlans(random: Random, { scope }: Situation, { untagged }: PortSettings): PortSettings {
  const tagged = random.some(
    scope.vlans.map(([vlan]) => vlan),
    0.4,
  );
  return normalSettings({ adminUp: true, mode: 'trunk', untagged, tagged });
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

/** Where the switch, as it really is, differs from what is wanted of these ports. */
export function wrongPorts(model: SwitchModel, wanted: ReadonlyMap<string, PortSettings>): string[] {
  return [...wanted].flatMap(([portId, settings]) => {
    const port = model.port(portId);
    const real: PortSettings = {
      adminUp: port.adminUp,
      mode: port.mode === 'trunk' ? 'trunk' : 'access',
      untagged: port.untagged,
      tagged: port.tagged,
    };
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
