import type { PowerState } from '../../../provisioner/bmc/bmc.ts';
import { orderPower } from '../../../provisioner/bmc/order-power.ts';
import { waitForPower } from '../../../provisioner/bmc/wait-for-power.ts';
import { withoutAgent } from '../agent-record.ts';
import type { Step, StepContext } from '../step.ts';

/** IPMI over LAN takes 50 to 170 ms a command; oftener would only load the BMC. */
export const POWER_POLL_MS = 250;

/** Brings the power to `wanted` and records it; nothing is sent when it is there already. */
export async function bringPower(context: StepContext, wanted: PowerState): Promise<void> {
  const { bmc, deps, signal } = context;
  if ((await bmc.powerState()) !== wanted) {
    await orderPower(bmc, wanted === 'power on' ? 'on' : 'off');
    await waitForPower(bmc, wanted, { timeoutMs: deps.timeouts.powerChangeMs, pollMs: POWER_POLL_MS, signal });
  }
  if (context.node.power_state !== wanted) await context.save({ power_state: wanted, target_power_state: null });
}

const power = (name: string, title: string, wanted: PowerState): Step => ({
  name,
  title,
  async run(context) {
    await bringPower(context, wanted);
    return 'next';
  },
});

/**
 * Whatever ramdisk still ran until now may have taken the token of the boot that follows, or called back: it is gone, and
 * what it left must not be taken for the next one's.
 */
export const powerOff: Step = {
  name: 'power-off',
  title: 'power off',
  async run(context) {
    await bringPower(context, 'power off');
    const { driver_internal_info: internal } = context.node;
    await context.save({ driver_internal_info: JSON.stringify(withoutAgent(internal)) });
    return 'next';
  },
};
export const powerOffAfter = power('power-off-after', 'power off', 'power off');
export const powerOn = power('power-on', 'power on', 'power on');
export const powerOnInstance = power('power-on-instance', 'power on', 'power on');

const bootFrom = (name: string, title: string, device: 'pxe' | 'disk', persistent: boolean): Step => ({
  name,
  title,
  async run(context) {
    const capabilities = String(context.node.properties.capabilities ?? '');
    const mode = /(?:^|,)boot_mode:(bios|uefi)(?:,|$)/.exec(capabilities)?.[1] as 'bios' | 'uefi' | undefined;
    await context.bmc.setBootDevice(device, mode ? { persistent, mode } : { persistent });
    return 'next';
  },
});

export const bootFromNetwork = bootFrom('boot-network', 'set boot device to network', 'pxe', false);
export const bootFromDisk = bootFrom('boot-disk', 'set boot device to disk', 'disk', true);
