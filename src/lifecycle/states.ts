/**
 * Ironic's provision states and transitions, as far as this controller walks them (the names are Ironic's own; the
 * source is its state machine). One row a transition; everything else is derived from this table.
 */
export type ProvisionState =
  | 'enroll'
  | 'verifying'
  | 'manageable'
  | 'inspecting'
  | 'inspect wait'
  | 'inspect failed'
  | 'cleaning'
  | 'clean wait'
  | 'clean failed'
  | 'available'
  | 'deploying'
  | 'wait call-back'
  | 'deploy failed'
  | 'active'
  | 'deleting'
  | 'error';

/** What a client may ask for, by API target. */
export type Verb = 'manage' | 'inspect' | 'provide' | 'clean' | 'deploy' | 'rebuild' | 'delete' | 'abort';

/** What the worker reports. `manage` as an event ends a manual cleaning; `clean` leads from deleting to cleaning. */
export type LifecycleEvent = 'done' | 'fail' | 'wait' | 'resume' | 'clean' | 'manage';

interface Transition {
  from: ProvisionState;
  on: Verb | LifecycleEvent;
  to: ProvisionState;
}

const verb = (from: ProvisionState, on: Verb, to: ProvisionState): Transition => ({ from, on, to });
const event = (from: ProvisionState, on: LifecycleEvent, to: ProvisionState): Transition => ({ from, on, to });

export const VERB_TRANSITIONS: readonly Transition[] = [
  verb('enroll', 'manage', 'verifying'),
  verb('manageable', 'inspect', 'inspecting'),
  verb('manageable', 'provide', 'cleaning'),
  verb('manageable', 'clean', 'cleaning'),
  verb('inspect wait', 'abort', 'inspect failed'),
  verb('inspect failed', 'manage', 'manageable'),
  verb('inspect failed', 'inspect', 'inspecting'),
  verb('clean wait', 'abort', 'clean failed'),
  verb('clean failed', 'manage', 'manageable'),
  verb('available', 'manage', 'manageable'),
  verb('available', 'deploy', 'deploying'),
  verb('wait call-back', 'abort', 'deploy failed'),
  verb('wait call-back', 'delete', 'deleting'),
  verb('deploy failed', 'deploy', 'deploying'),
  verb('deploy failed', 'rebuild', 'deploying'),
  verb('deploy failed', 'delete', 'deleting'),
  verb('active', 'rebuild', 'deploying'),
  verb('active', 'delete', 'deleting'),
  verb('error', 'rebuild', 'deploying'),
  verb('error', 'delete', 'deleting'),
];

export const EVENT_TRANSITIONS: readonly Transition[] = [
  event('verifying', 'done', 'manageable'),
  event('verifying', 'fail', 'enroll'),
  event('inspecting', 'wait', 'inspect wait'),
  event('inspecting', 'done', 'manageable'),
  event('inspecting', 'fail', 'inspect failed'),
  event('inspect wait', 'resume', 'inspecting'),
  event('inspect wait', 'fail', 'inspect failed'),
  event('cleaning', 'wait', 'clean wait'),
  event('cleaning', 'done', 'available'),
  event('cleaning', 'manage', 'manageable'),
  event('cleaning', 'fail', 'clean failed'),
  event('clean wait', 'resume', 'cleaning'),
  event('clean wait', 'fail', 'clean failed'),
  event('deploying', 'wait', 'wait call-back'),
  event('deploying', 'done', 'active'),
  event('deploying', 'fail', 'deploy failed'),
  event('wait call-back', 'resume', 'deploying'),
  event('wait call-back', 'fail', 'deploy failed'),
  event('deleting', 'clean', 'cleaning'),
  event('deleting', 'fail', 'error'),
];

/** The state a flow is on its way to while work is in progress (`target_provision_state`). */
const TARGETS: Partial<Record<ProvisionState, ProvisionState>> = {
  verifying: 'manageable',
  inspecting: 'manageable',
  'inspect wait': 'manageable',
  'inspect failed': 'manageable',
  cleaning: 'available',
  'clean wait': 'available',
  'clean failed': 'available',
  deploying: 'active',
  'wait call-back': 'active',
  'deploy failed': 'active',
  deleting: 'available',
};

/** Work in progress: a node here has a worker, or waits for its agent with a deadline. */
export const UNSTABLE_STATES: readonly ProvisionState[] = [
  'verifying',
  'inspecting',
  'inspect wait',
  'cleaning',
  'clean wait',
  'deploying',
  'wait call-back',
  'deleting',
];

/** States in which a ramdisk may look its node up and report (Ironic's `restrict_lookup`). */
export const RAMDISK_STATES: readonly ProvisionState[] = [
  'inspecting',
  'inspect wait',
  'cleaning',
  'clean wait',
  'deploying',
  'wait call-back',
];

const API_TARGETS: Record<string, Verb> = {
  manage: 'manage',
  inspect: 'inspect',
  provide: 'provide',
  clean: 'clean',
  active: 'deploy',
  deploy: 'deploy',
  rebuild: 'rebuild',
  deleted: 'delete',
  undeploy: 'delete',
  abort: 'abort',
};

/** The verb an API target stands for; null for one this controller does not know. */
export function verbOf(apiTarget: string): Verb | null {
  return API_TARGETS[apiTarget] ?? null;
}

/** As nextState, for verbs only: `manage` is also the name of an event. */
export function stateAfterVerb(from: string, verb: Verb): ProvisionState | null {
  return VERB_TRANSITIONS.find((row) => row.from === from && row.on === verb)?.to ?? null;
}

export function stateAfterEvent(from: string, on: LifecycleEvent): ProvisionState | null {
  return EVENT_TRANSITIONS.find((row) => row.from === from && row.on === on)?.to ?? null;
}

/**
 * `target_provision_state` after arriving in `state`. A manual cleaning (verb `clean`) returns to manageable, so its
 * target is carried along.
 */
export function targetState(state: ProvisionState, carried?: string | null): string | null {
  const usual = TARGETS[state] ?? null;
  const cleaning = state === 'cleaning' || state === 'clean wait' || state === 'clean failed';
  return cleaning && carried === 'manageable' ? 'manageable' : usual;
}

/** Verbs allowed in a state, for error texts. */
export function verbsFrom(state: string): Verb[] {
  return VERB_TRANSITIONS.filter((row) => row.from === state).map((row) => row.on as Verb);
}
