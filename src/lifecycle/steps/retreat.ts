import { messageOf } from '../../../topology/error/fabric-error.ts';
import type { Step } from '../step.ts';
import { moveTo } from './network.ts';
import { bringPower } from './power.ts';

/**
 * Power off if the BMC lets us, and to idle in any case: a node whose BMC is the very thing that failed must not stay on
 * a network because of it.
 */
export const retreat: Step = {
  name: 'retreat',
  title: 'power off and move to the idle network',
  async run(context) {
    try {
      await bringPower(context, 'power off');
    } catch (error) {
      if (context.signal.aborted) throw error;
      await context.report('node.retreat-power', `could not power off after the failure: ${messageOf(error)}`);
    }
    await moveTo(context, 'idle', 'retreat');
    return 'next';
  },
};
