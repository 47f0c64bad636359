import type { Step } from '../step.ts';

/**
 * The node now waits for its ramdisk, unless that was quicker: a controller that died after switching the power on finds
 * the ramdisk up. The worker looks at that and writes the suspension in one transaction, so the steps themselves have
 * nothing to do.
 */
const waiting = (name: string, title: string): Step => ({
  name,
  title,
  async run() {
    return 'suspend';
  },
});

export const waitForAgent = waiting('wait-agent', 'wait for the ramdisk to call back');
export const waitForInspection = waiting('wait-inspection', 'wait for the inspection report');
