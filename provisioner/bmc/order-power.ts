import { isFabricError } from '../../topology/error/fabric-error.ts';
import type { Bmc, PowerAction } from './bmc.ts';

/**
 * Tells the BMC to change the power. An answer that is lost or late (retryable) says nothing about whether it did: wait for
 * the power itself (waitForPower), which tells. A refusal is thrown.
 */
export async function orderPower(bmc: Pick<Bmc, 'setPower'>, action: PowerAction): Promise<void> {
  try {
    await bmc.setPower(action);
  } catch (error) {
    if (!isFabricError(error) || !error.retryable) throw error;
  }
}
