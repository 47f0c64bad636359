import type { Step } from '../step.ts';

/**
 * The node now waits for its ramdisk. The suspension is written together with the change of state by the worker, so the
 * steps themselves have nothing to do.
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
