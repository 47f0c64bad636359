import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { firstStep, flowOf } from '../../../src/lifecycle/flows.ts';
import {
  EVENT_TRANSITIONS,
  stateAfterEvent,
  stateAfterVerb,
  targetState,
  UNSTABLE_STATES,
  VERB_TRANSITIONS,
  verbOf,
} from '../../../src/lifecycle/states.ts';

const reference = fileURLToPath(new URL('../../../../shared/reference/ironic-states.md', import.meta.url));

test('API targets lead where Ironic leads', () => {
  expect(stateAfterVerb('enroll', verbOf('manage')!)).toBe('verifying');
  expect(stateAfterVerb('manageable', verbOf('provide')!)).toBe('cleaning');
  expect(stateAfterVerb('available', verbOf('active')!)).toBe('deploying');
  expect(stateAfterVerb('active', verbOf('deleted')!)).toBe('deleting');
  expect(stateAfterVerb('active', 'provide')).toBeNull();
  expect(verbOf('explode')).toBeNull();
});

test('a manual cleaning returns to manageable, an automated one to available', () => {
  expect(targetState('cleaning')).toBe('available');
  expect(targetState('cleaning', 'manageable')).toBe('manageable');
  expect(stateAfterEvent('cleaning', 'manage')).toBe('manageable');
  expect(targetState('active', 'manageable')).toBeNull();
});

test('every state with work in progress can end well and can fail', () => {
  for (const state of UNSTABLE_STATES) {
    const events = EVENT_TRANSITIONS.filter((row) => row.from === state).map((row) => row.on);
    expect(events).toContain('fail');
    expect(events.some((event) => event === 'done' || event === 'resume' || event === 'clean')).toBe(true);
    expect(firstStep(state)).not.toBeNull();
  }
});

test('the steps of a flow have names of their own, so that the cursor is unambiguous', () => {
  for (const { to } of [...VERB_TRANSITIONS, ...EVENT_TRANSITIONS]) {
    const names = flowOf(to).map((step) => step.name);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('in every flow the network is moved with the power off, and the boot device set after', () => {
  for (const state of ['inspecting', 'cleaning', 'deploying', 'deleting'] as const) {
    let power = 'unknown';
    for (const { name } of flowOf(state)) {
      if (name.startsWith('power-off')) power = 'off';
      if (name.startsWith('power-on')) power = 'on';
      if (name.startsWith('network-') || name.startsWith('boot-'))
        expect(`${state} ${name}: ${power}`).toContain('off');
    }
  }
});

describe.skipIf(!existsSync(reference))(
  "Ironic's own table (../shared/reference is absent where this is skipped)",
  () => {
    test('has every transition of ours', () => {
      const rows = new Map<string, string>();
      for (const line of readFileSync(reference, 'utf8').split('\n')) {
        const [, state, , , verbs, events] = line.split('|').map((cell) => cell.trim());
        for (const arrow of `${verbs ?? ''},${events ?? ''}`.split(',')) {
          const [on, to] = arrow.split('->').map((part) => part.trim());
          if (to && state) rows.set(`${state} ${on}`, to);
        }
      }
      expect(rows.size).toBeGreaterThan(80);
      for (const { from, on, to } of [...VERB_TRANSITIONS, ...EVENT_TRANSITIONS]) {
        // Ironic writes the manual end of a cleaning among the verbs.
        expect([`${from} ${on}`, rows.get(`${from} ${on}`)]).toEqual([`${from} ${on}`, to]);
      }
    });
  },
);
