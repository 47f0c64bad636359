import type { Step } from '../step.ts';

/** Asks the BMC who it is: proves address and credentials, and learns by what the node's ramdisk can be recognised. */
export const verifyBmc: Step = {
  name: 'verify-bmc',
  title: 'talk to the BMC',
  async run(context) {
    const identity = await context.bmc.verify();
    const power = await context.bmc.powerState();
    const internal = {
      ...context.node.driver_internal_info,
      ...(identity.systemUuid ? { system_uuid: identity.systemUuid } : {}),
      bmc_macs: identity.macs,
    };
    const properties = {
      ...(identity.vendor && context.node.properties.vendor === undefined ? { vendor: identity.vendor } : {}),
      ...context.node.properties,
    };
    await context.save({
      power_state: power,
      driver_internal_info: JSON.stringify(internal),
      properties: JSON.stringify(properties),
    });
    return 'next';
  },
};
