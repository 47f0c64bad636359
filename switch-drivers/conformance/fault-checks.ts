import { type FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { Plan, PortSettings } from '../../topology/plan/model.ts';
import { stepsOf } from '../../topology/plan/plan-switch.ts';
import { isQuarantine } from '../../topology/plan/settings.ts';
import { verify } from '../../topology/plan/simulate.ts';
import type { Session } from '../contract/driver.ts';
import { type Faults, noFaults } from '../simulator/device.ts';
import { type Check, expectNone } from './check.ts';
import { toIdle } from './move-checks.ts';
import { Random } from './random.ts';
import {
  applyPlan,
  planOf,
  randomIntents,
  type Situation,
  situationOf,
  stateOf,
  strayInstants,
  wrongPorts,
} from './situation.ts';
import { Stage, type Trial } from './subject.ts';

const CASES = 2;

/** Something that goes wrong while a plan is applied; `lines` are those that the plan sends. */
interface Fault {
  name: string;
  arm(random: Random, lines: readonly string[]): Partial<Faults>;
}

const exactly = (line: string): RegExp => new RegExp(`^\\s*${line.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}\\s*$`);

const FAULTS: readonly Fault[] = [
  {
    name: 'a line that the device refuses',
    arm: (random, lines) => ({ reject: { line: exactly(random.pick(lines)), text: '% Invalid input detected' } }),
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
  for (let round = 0; round < CASES; round += 1) {
    const stage = await Stage.set(trial);
    try {
      const { model, device } = stage.subject;
      const situation = situationOf(stage);
      const session = await stage.open();
      await toIdle(session, stage, situation);
      await applyPlan(session, await somePlan(random, stage, situation, session));
      const plan = await somePlan(random, stage, situation, session);
      const lines = stepsOf(plan).flatMap((step) => session.render(step).lines);
      if (lines.length === 0) continue;
      const from = model.history.length;
      Object.assign(device.faults, fault.arm(random, lines));
      const error = await applyPlan(session, plan).then(
        () => null,
        (reason: unknown) => reason,
      );
      Object.assign(device.faults, noFaults);
      if (error !== null && !isFabricError(error)) throw error;
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

async function judge(
  stage: Stage,
  situation: Situation,
  plan: Plan,
  error: FabricError | null,
  from: number,
): Promise<void> {
  const { model } = stage.subject;
  expectNone('on the way', strayInstants(model, from, plan, situation));
  if (error?.context.undone === true) await expectUndone(stage, plan);
  // A fresh session first undoes what the old one left unconfirmed.
  const after = await stateOf(await stage.open());
  const lost = [...plan.after.keys()].filter((portId) => {
    const { adminUp, mode, untagged, tagged } = model.port(portId);
    const real: PortSettings = { adminUp, mode: mode === 'trunk' ? 'trunk' : 'access', untagged, tagged };
    const known = [plan.before, plan.after].some((side) => wrongPorts(model, only(side, portId)).length === 0);
    return !known && !isQuarantine(real, situation.scope);
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

/** A device with ordered lines is undone step by step; the steps before stay for the caller to take back. */
async function expectUndone(stage: Stage, plan: Plan): Promise<void> {
  if (stage.trial.driver.capabilities.atomic === 'ordered' || stepsOf(plan).length > 1) return;
  expectNone('said to be undone', wrongPorts(stage.subject.model, plan.before));
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

const saveChecks: readonly Check[] = [
  {
    level: 'atomic',
    name: 'persist() saves, so that a reboot keeps every port',
    run: (trial) =>
      withIdleSwitch(trial, async ({ subject: { model, device } }, session) => {
        const before = JSON.stringify(model.running);
        await session.persist();
        device.reboot();
        if (JSON.stringify(model.running) !== before) throw new Error('the configuration was lost');
      }),
  },
  {
    level: 'atomic',
    name: 'a save that fails is told',
    run: (trial) =>
      withIdleSwitch(trial, async ({ subject: { device } }, session) => {
        device.faults.saveError = '% Error: no space left on device';
        const { code } = await saveError(session);
        if (code !== 'switch_save_failed') throw new Error(`persist() failed with ${code}`);
      }),
  },
  {
    level: 'atomic',
    name: 'a reboot instead of a save is told',
    run: (trial) =>
      withIdleSwitch(trial, async ({ subject: { device } }, session) => {
        device.faults.rebootBeforeSave = true;
        await saveError(session);
      }),
  },
];

export const atomicChecks: readonly Check[] = [...faultChecks, ...saveChecks];
