import type { PortSettings } from '../../topology/plan/model.ts';
import { idleSettings } from '../../topology/plan/settings.ts';
import { verify } from '../../topology/plan/simulate.ts';
import { undoPlan } from '../../topology/plan/undo.ts';
import type { Session } from '../contract/driver.ts';
import { type Check, expectNone, type Level } from './check.ts';
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

/** Puts every port of the situation to idle, as a controller that takes a switch over does. */
export async function toIdle(session: Session, stage: Stage, situation: Situation): Promise<void> {
  const intents = situation.ports.map((portId) => ({
    portId,
    settings: idleSettings(situation.scope),
    owner: { kind: 'idle' as const },
    generation: 0,
  }));
  const plan = planOf(stage, situation, await stateOf(session), intents);
  await applyPlan(session, plan);
  expectNone('after the take-over', wrongPorts(stage.subject.model, plan.after));
}

async function moves(trial: Trial, seed: number, modes: readonly PortSettings['mode'][]): Promise<void> {
  const random = new Random(seed);
  const stage = await Stage.set(trial);
  try {
    const { model } = stage.subject;
    const situation = situationOf(stage);
    const session = await stage.open();
    const first = model.history.length;
    await toIdle(session, stage, situation);
    const outside = model.history.slice(first).filter(({ portId }) => !situation.ports.includes(portId));
    expectNone(
      'the take-over changed',
      outside.map(({ portId }) => portId),
    );
    for (let round = 0; round < trial.effort.moves; round += 1) {
      const observed = await stateOf(session);
      const intents = randomIntents(random, situation, modes, observed);
      const plan = planOf(stage, situation, observed, intents);
      const from = model.history.length;
      await applyPlan(session, plan);
      const wanted = new Map(intents.map(({ portId, settings }) => [portId, settings]));
      expectNone('the intent is not reached', wrongPorts(model, wanted));
      expectNone('on the way', strayInstants(model, from, plan, situation));
      const readBack = await stateOf(session);
      expectNone(
        'what is read is not what is',
        verify({ after: wanted }, readBack).map(({ portId, actual }) => `${portId} ${JSON.stringify(actual)}`),
      );
      const again = planOf(stage, situation, readBack, intents);
      expectNone(
        'a second time would send',
        again.changes.map((change) => JSON.stringify(change)),
      );

      if (random.chance(0.5)) continue;
      const lineByLine = trial.driver.capabilities.atomic === 'ordered';
      const undo = undoPlan(readBack, plan, situation.scope, { lineByLine });
      const back = model.history.length;
      await applyPlan(session, undo);
      expectNone('undo does not lead back', wrongPorts(model, plan.before));
      expectNone('on the way back', strayInstants(model, back, undo, situation));
    }
  } finally {
    await stage.strike();
  }
}

const check = (level: Level, name: string, modes: readonly PortSettings['mode'][]): Check => ({
  level,
  name,
  run: (trial, seed) => moves(trial, seed, modes),
});

export const moveChecks: readonly Check[] = [
  check('access', 'random access moves reach the intent, send nothing twice, stray nowhere and can be undone', [
    'access',
  ]),
  check(
    'trunk',
    'random access and trunk moves reach the intent, send nothing twice, stray nowhere and can be undone',
    ['access', 'trunk'],
  ),
];
