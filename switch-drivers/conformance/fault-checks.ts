import { type FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { Plan, PortSettings } from '../../topology/plan/model.ts';
import { stepsOf } from '../../topology/plan/plan-switch.ts';
import { isQuarantine } from '../../topology/plan/settings.ts';
import { verify } from '../../topology/plan/simulate.ts';
import type { Session } from '../contract/driver.ts';
import { type Faults, noFaults } from '../simulator/device.ts';
import type { SwitchModel } from '../simulator/model/switch-model.ts';
import { type Check, expectNone } from './check.ts';
import { toIdle } from './move-checks.ts';
import { Random } from './random.ts';
import {
  applyPlan,
  planOf,
  randomIntents,
  realSettings,
  type Situation,
  situationOf,
  stateOf,
  strayInstants,
  wrongPorts,
} from './situation.ts';
import { Stage, type Trial } from './subject.ts';

/** Something that goes wrong while a plan is applied; `lines` are those that the plan sends, or its operations. */
interface Fault {
  name: string;
  arm(random: Random, lines: readonly string[], refusal: string): Partial<Faults>;
}

const exactly = (line: string): RegExp => new RegExp(`^\\s*${line.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}\\s*$`);

const FAULTS: readonly Fault[] = [
  {
    name: 'a line that the device refuses',
    arm: (random, lines, text) => ({ reject: { line: exactly(random.pick(lines)), text } }),
  },
  {
    name: 'a line that the device takes and ignores',
    arm: (random, lines) => ({ ignore: exactly(random.pick(lines)) }),
  },
  {
    name: 'a session that is cut before a line is executed',
    arm: (random, lines) => ({ drop: { line: exactly(random.pick(lines)), when: 'before' } }),
  },
  {
    name: 'a session that is cut after a line was executed',
    arm: (random, lines) => ({ drop: { line: exactly(random.pick(lines)), when: 'after' } }),
  },
  {
    name: 'a session that is cut at any line',
    arm: (random, lines) => ({ dropAfterLines: 1 + random.below(lines.length + 4) }),
  },
];

/** After a fault: every port is old, new or in quarantine, whoever called was told or can read it, and nothing strayed. */
async function survive(trial: Trial, seed: number, fault: Fault): Promise<void> {
  const random = new Random(seed);
  for (let round = 0; round < trial.effort.faults; round += 1) {
    const stage = await Stage.set(trial);
    try {
      const { model, device, refusal, operations } = stage.subject;
      const situation = situationOf(stage);
      const session = await stage.open();
      await toIdle(session, stage, situation);
      await applyPlan(session, await somePlan(random, stage, situation, session));
      const plan = await somePlan(random, stage, situation, session);
      const lines = stepsOf(plan).flatMap((step) => session.render(step).lines);
      if (lines.length === 0) continue;
      const from = model.history.length;
      const armed = fault.arm(random, operations ?? lines, refusal);
      Object.assign(device.faults, armed);
      const sent = device.transcript.length;
      const error = await applySteps(session, plan, model);
      Object.assign(device.faults, noFaults);
      const refused = device.transcript.slice(sent).filter((text) => armed.reject?.line.test(text) === true);
      if (error === null) expectNone('refused, and nobody was told', refused);
      await judge(stage, situation, plan, error, from);
    } finally {
      await stage.strike();
    }
  }
}

async function somePlan(random: Random, stage: Stage, situation: Situation, session: Session): Promise<Plan> {
  const { modes } = stage.trial.driver.capabilities;
  const observed = await stateOf(session);
  return planOf(stage, situation, observed, randomIntents(random, situation, modes, observed));
}

/** Applies step by step; a step of which it is told that it was undone must have left every port as it was before it. */
async function applySteps(session: Session, plan: Plan, model: SwitchModel): Promise<FabricError | null> {
  for (const step of stepsOf(plan)) {
    const before = new Map([...plan.after.keys()].map((portId) => [portId, realSettings(model, portId)]));
    try {
      await session.apply(step);
    } catch (error) {
      if (!isFabricError(error)) throw error;
      if (error.context.undone === true) expectNone('said to be undone', wrongPorts(model, before));
      return error;
    }
  }
  return null;
}

async function judge(
  stage: Stage,
  situation: Situation,
  plan: Plan,
  error: FabricError | null,
  from: number,
): Promise<void> {
  const { model } = stage.subject;
  expectNone('on the way', strayInstants(model, from, plan, situation));
  // A fresh session first undoes what the old one left unconfirmed.
  const after = await stateOf(await stage.open());
  const lost = [...plan.after.keys()].filter((portId) => {
    const known = [plan.before, plan.after].some((side) => wrongPorts(model, only(side, portId)).length === 0);
    return !known && !isQuarantine(realSettings(model, portId), situation.scope);
  });
  expectNone(
    'neither old, new nor quarantine',
    lost.map((portId) => `${portId} ${JSON.stringify(model.port(portId))}`),
  );
  if (error !== null) return;
  const readsWrong = new Set(verify(plan, after).map(({ portId }) => portId));
  const unseen = [...plan.after.keys()].filter(
    (portId) => wrongPorts(model, only(plan.after, portId)).length > 0 && !readsWrong.has(portId),
  );
  expectNone('told and read back as done, and it is not', unseen);
}

function only(settings: ReadonlyMap<string, PortSettings>, portId: string): Map<string, PortSettings> {
  return new Map([...settings].filter(([id]) => id === portId));
}

const faultChecks: readonly Check[] = FAULTS.map((fault) => ({
  level: 'atomic',
  name: `${fault.name} leaves every port old, new or in quarantine, and it is told`,
  run: (trial, seed) => survive(trial, seed, fault),
}));

async function withIdleSwitch(trial: Trial, play: (stage: Stage, session: Session) => Promise<void>): Promise<void> {
  const stage = await Stage.set(trial);
  try {
    const session = await stage.open();
    await toIdle(session, stage, situationOf(stage));
    await play(stage, session);
  } finally {
    await stage.strike();
  }
}

async function saveError(session: Session): Promise<FabricError> {
  const error = await session.persist().then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isFabricError(error)) throw new Error(`persist() ended with ${String(error)} although nothing was saved`);
  return error;
}

/** Where nothing has to be saved, persist() does nothing, and nothing can go wrong with it. */
const saveCheck = (name: string, play: (stage: Stage, session: Session) => Promise<void>): Check => ({
  level: 'atomic',
  name,
  run: (trial) =>
    withIdleSwitch(trial, (stage, session) =>
      trial.driver.capabilities.hasStartupConfig ? play(stage, session) : session.persist(),
    ),
});

const saveChecks: readonly Check[] = [
  saveCheck('persist() saves, so that a reboot keeps every port', async ({ subject: { model, device } }, session) => {
    const before = JSON.stringify(model.running);
    await session.persist();
    device.reboot();
    if (JSON.stringify(model.running) !== before) throw new Error('the configuration was lost');
  }),
  saveCheck('a save that fails is told', async ({ subject: { device } }, session) => {
    device.faults.saveError = '% Error: no space left on device';
    const { code } = await saveError(session);
    if (code !== 'switch_save_failed') throw new Error(`persist() failed with ${code}`);
  }),
  saveCheck('a reboot instead of a save is told', async ({ subject: { device } }, session) => {
    device.faults.rebootBeforeSave = true;
    await saveError(session);
  }),
];

export const atomicChecks: readonly Check[] = [...faultChecks, ...saveChecks];
