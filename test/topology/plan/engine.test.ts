import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPlan } from '../../../topology/plan/check-plan.ts';
import type { Change, SwitchState } from '../../../topology/plan/model.ts';
import { planSwitch, stepsOf } from '../../../topology/plan/plan-switch.ts';
import { isQuarantine, sameSettings } from '../../../topology/plan/settings.ts';
import { simulate, verify } from '../../../topology/plan/simulate.ts';
import { undoIntents, undoPlan } from '../../../topology/plan/undo.ts';
import { scope, situation } from './arbitrary.ts';

/**
 * How the fabric engine drives a switch: the plan in steps, each applied at once. A device with ordered lines
 * (`lineByLine`) may stop after any change of a step; one with an atomic or confirmed commit only between steps.
 */
const reached = (observed: SwitchState, changes: readonly Change[]) => simulate(observed, changes).at(-1) ?? observed;

const devices = [
  ['ordered lines', true],
  ['a confirmed commit a step', false],
] as const;

test.each(devices)('plan, check, apply, read back, and plan again to nothing: %s', (_, lineByLine) => {
  fc.assert(
    fc.property(situation, ({ observed, intents, owners }) => {
      const { blocked, ...plan } = planSwitch(observed, intents, scope, { oldOwners: owners, lineByLine });
      expect(checkPlan(observed, plan, intents, owners, scope)).toEqual([]);
      const end = stepsOf(plan).reduce(reached, observed);
      const refused = new Set(blocked.map(({ portId }) => portId));
      const good = intents.filter(({ portId }) => !refused.has(portId));
      expect(verify({ after: new Map(good.map(({ portId, settings }) => [portId, settings])) }, end)).toEqual([]);
      for (const portId of refused) expect(end.ports.get(portId)).toEqual(observed.ports.get(portId));
      expect(planSwitch(end, intents, scope, { oldOwners: owners, lineByLine }).changes).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test.each(devices)('a device that stops anywhere is taken back, tenants that leave to idle: %s', (_, lineByLine) => {
  fc.assert(
    fc.property(situation, fc.nat(), ({ observed, intents, owners }, cut) => {
      const plan = planSwitch(observed, intents, scope, { oldOwners: owners, lineByLine });
      const points = lineByLine ? plan.changes.map((change) => [change]) : stepsOf(plan);
      const now = points.slice(0, cut % (points.length + 1)).reduce(reached, observed);
      for (const [portId, before] of plan.before) {
        const port = now.ports.get(portId);
        const asked = plan.after.get(portId);
        const known = port && asked && (sameSettings(port, before) || sameSettings(port, asked));
        expect(known || (port && isQuarantine(port, scope))).toBe(true);
      }

      const unsafe = new Set(
        intents
          .filter(({ portId, owner }) => owner.kind !== 'tenant' && owners.get(portId)?.kind === 'tenant')
          .map(({ portId }) => portId),
      );
      const options = { oldOwners: owners, unsafe, lineByLine };
      const { blocked, ...undo } = undoPlan(now, plan, scope, options);
      expect(blocked).toEqual([]);
      const current = new Map(
        intents.flatMap(({ portId, owner, settings }) => {
          const port = now.ports.get(portId);
          return port && sameSettings(port, settings) ? [[portId, owner] as const] : [];
        }),
      );
      const wanted = undoIntents(plan, scope, options);
      expect(checkPlan(now, undo, wanted, current, scope)).toEqual([]);
      const end = stepsOf(undo).reduce(reached, now);
      for (const { portId, settings } of wanted) {
        const port = end.ports.get(portId);
        expect(port && sameSettings(port, settings)).toBe(true);
        if (unsafe.has(portId)) expect(port && isQuarantine(port, scope)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('on a device with ordered lines, no change of mode and no shutdown happens on a port that is up in a network', () => {
  fc.assert(
    fc.property(situation, ({ observed, intents, owners }) => {
      const plan = planSwitch(observed, intents, scope, { oldOwners: owners, lineByLine: true });
      const states = simulate(observed, plan.changes);
      plan.changes.forEach((change, index) => {
        if (change.op !== 'port-set') return;
        const before = states[index]?.ports.get(change.portId);
        if (!before?.adminUp || (before.mode === change.settings.mode && change.settings.adminUp)) return;
        expect(change.settings).toMatchObject({ adminUp: false, mode: 'access', untagged: scope.idleVlan });
      });
    }),
    { numRuns: 300 },
  );
});
