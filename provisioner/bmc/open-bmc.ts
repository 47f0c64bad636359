import type { Bmc } from './bmc.ts';
import { parseIpmiDriverInfo, parseRedfishDriverInfo } from './driver-info.ts';
import { IpmiBmc } from './ipmi/ipmi-bmc.ts';
import { RedfishBmc } from './redfish/redfish-bmc.ts';

export type BmcDriver = 'ipmi' | 'redfish';

/**
 * A BMC by Ironic's driver name and driver_info. Nothing is sent yet; throws `bmc_driver_info_invalid` naming the key
 * that is missing or wrong, so it also serves as the `power` and `management` part of node validation.
 */
export function openBmc(driver: BmcDriver, driverInfo: Record<string, unknown>): Bmc {
  return driver === 'ipmi'
    ? new IpmiBmc(parseIpmiDriverInfo(driverInfo))
    : new RedfishBmc(parseRedfishDriverInfo(driverInfo));
}
