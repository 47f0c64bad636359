import { type AgentStep, parseSteps } from '../../../provisioner/agent/command-result.ts';
import {
  EXECUTE_CLEAN_STEP,
  executeCleanStep,
  getCleanSteps,
  type StepRequest,
} from '../../../provisioner/agent/commands.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Step, StepContext } from '../step.ts';
import { agentAsk, agentRun, taskFor } from './agent-run.ts';

/** Zeroing whole disks may take hours; erasing the metadata takes seconds. */
const WHOLE_DISK = 'erase_devices';
const METADATA = 'erase_devices_metadata';

/** Which of the agent's steps an automated cleaning runs: those with a priority, highest first, and one kind of erasure. */
export function automatedSteps(offered: AgentStep[], wholeDisk: boolean): AgentStep[] {
  return offered.filter((step) => step.priority > 0 && step.step !== (wholeDisk ? METADATA : WHOLE_DISK));
}

interface Chosen {
  steps: StepRequest[];
  versions: Record<string, string>;
}

/** Decided once and remembered: after a crash the list must be the one that `cleanIndex` counts in. */
async function chosenSteps(context: StepContext): Promise<Chosen> {
  const remembered = context.cursor.data.clean as Chosen | undefined;
  if (remembered) return remembered;
  const offered = parseSteps('clean', await agentAsk(context, getCleanSteps(await taskFor(context))));
  const manual = context.cursor.data.manualSteps as StepRequest[] | undefined;
  const wholeDisk = (context.node.properties.clean_mode ?? context.deps.erase) !== 'metadata';
  const steps: StepRequest[] = manual ?? automatedSteps(offered.steps, wholeDisk).map((step) => ({ ...step }));
  if (steps.length === 0) {
    throw new FabricError('clean_steps_missing', 'The agent offers no step that erases disks: use a ramdisk that can.');
  }
  const chosen = { steps, versions: offered.hardwareManagerVersion };
  await context.remember({ clean: chosen });
  return chosen;
}

export const runCleanSteps: Step = {
  name: 'clean-steps',
  title: 'erase the disks',
  async run(context) {
    const { steps, versions } = await chosenSteps(context);
    for (const [index, step] of steps.entries()) {
      if (index < Number(context.cursor.data.cleanIndex ?? 0)) continue;
      await context.save({ clean_step: JSON.stringify(step) });
      await agentRun(context, {
        key: `clean:${index}`,
        name: EXECUTE_CLEAN_STEP,
        command: async () => executeCleanStep(await taskFor(context), step, versions),
      });
      await context.report('node.clean-step', `${step.interface}.${step.step} done`, { step: step.step });
      await context.remember({ cleanIndex: index + 1 });
    }
    return 'next';
  },
};

/** Rule 5: only what has gone through an automated cleaning may be given to another tenant. */
export const markCleaned: Step = {
  name: 'mark-cleaned',
  title: 'record the cleaning',
  async run(context) {
    if (context.cursor.data.manualSteps !== undefined) {
      await context.save({ clean_step: '{}' });
      return 'next';
    }
    const { tenant: _tenant, ...internal } = context.node.driver_internal_info;
    await context.save({ cleaned: true, clean_step: '{}', driver_internal_info: JSON.stringify(internal) });
    return 'next';
  },
};
