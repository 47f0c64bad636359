import type { ProvisionState } from './states.ts';
import type { Step } from './step.ts';
import { markCleaned, runCleanSteps } from './steps/clean.ts';
import {
  checkInstance,
  installBootloader,
  prepareImage,
  recordTenant,
  releaseInstance,
  verifyCabling,
  writeImage,
} from './steps/deploy.ts';
import { processInspection } from './steps/inspect.ts';
import { toCleaning, toIdle, toInspection, toProvisioning, toTenant } from './steps/network.ts';
import { bootFromDisk, bootFromNetwork, powerOff, powerOffAfter, powerOn, powerOnInstance } from './steps/power.ts';
import { retreat } from './steps/retreat.ts';
import { verifyBmc } from './steps/verify.ts';
import { waitForAgent, waitForInspection } from './steps/waiting.ts';

/**
 * What is done in a state, in order. The network is moved with the power off and the boot device set after
 * (design §7). A step's name is its place in the cursor and must be unique in its flow.
 */
const VERIFY: readonly Step[] = [verifyBmc];

const INSPECT: readonly Step[] = [
  powerOff,
  toInspection,
  bootFromNetwork,
  powerOn,
  waitForInspection,
  processInspection,
  powerOffAfter,
  toIdle,
];

const CLEAN: readonly Step[] = [
  powerOff,
  toCleaning,
  bootFromNetwork,
  powerOn,
  waitForAgent,
  runCleanSteps,
  powerOffAfter,
  toIdle,
  markCleaned,
];

const DEPLOY: readonly Step[] = [
  checkInstance,
  prepareImage,
  powerOff,
  toProvisioning,
  bootFromNetwork,
  powerOn,
  waitForAgent,
  verifyCabling,
  recordTenant,
  writeImage,
  installBootloader,
  powerOffAfter,
  toTenant,
  bootFromDisk,
  powerOnInstance,
];

const DELETE: readonly Step[] = [powerOff, toIdle, releaseInstance];

/** After a failure: nothing of the node may stay on a network. */
const RETREAT: readonly Step[] = [retreat];

const FLOWS: Partial<Record<ProvisionState, readonly Step[]>> = {
  verifying: VERIFY,
  inspecting: INSPECT,
  'inspect wait': INSPECT,
  cleaning: CLEAN,
  'clean wait': CLEAN,
  deploying: DEPLOY,
  'wait call-back': DEPLOY,
  deleting: DELETE,
  'inspect failed': RETREAT,
  'clean failed': RETREAT,
  'deploy failed': RETREAT,
  error: RETREAT,
};

export function flowOf(state: string): readonly Step[] {
  return FLOWS[state as ProvisionState] ?? [];
}

export function firstStep(state: ProvisionState): string | null {
  return flowOf(state)[0]?.name ?? null;
}

/** The step after `name`, or null at the end. */
export function stepAfter(state: string, name: string): string | null {
  const flow = flowOf(state);
  const index = flow.findIndex((step) => step.name === name);
  return index < 0 ? null : (flow[index + 1]?.name ?? null);
}
