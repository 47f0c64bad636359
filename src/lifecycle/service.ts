import type { Bmc, BootDevice } from '../../provisioner/bmc/bmc.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { heartbeat, lookup } from './agent-calls.ts';
import type { LifecycleDeps } from './deps.ts';
import { continueInspection } from './inspection-report.ts';
import type { Lifecycle } from './lifecycle.ts';
import { findNode } from './node-record.ts';
import { requestPower } from './power-request.ts';
import { validateNode } from './validate.ts';
import { startVerb } from './verbs.ts';
import { attachVif, detachVif } from './vifs.ts';

export function createLifecycle(deps: LifecycleDeps): Lifecycle {
  const withBmc = async <T>(uuid: string, use: (bmc: Bmc) => Promise<T>): Promise<T> => {
    const node = await findNode(deps.store.db, uuid);
    const bmc = deps.openBmc(node);
    try {
      return await use(bmc);
    } finally {
      await bmc.close();
    }
  };
  return {
    provision: (uuid, request) => startVerb(deps, uuid, request),
    power: (uuid, target, options) => requestPower(deps, uuid, target, options),
    async getBootDevice(uuid) {
      const { device, persistent } = await withBmc(uuid, (bmc) => bmc.getBootDevice());
      return { boot_device: device, persistent };
    },
    async setBootDevice(uuid, device, persistent) {
      await withBmc(uuid, async (bmc) => {
        if (!bmc.supportedBootDevices().includes(device as BootDevice)) {
          throw new FabricError(
            'boot_device_invalid',
            `Boot device "${device}" is not supported. Use one of: ${bmc.supportedBootDevices().join(', ')}.`,
          );
        }
        await bmc.setBootDevice(device as BootDevice, { persistent });
      });
    },
    supportedBootDevices: (uuid) => withBmc(uuid, async (bmc) => bmc.supportedBootDevices()),
    validate: (uuid) => validateNode(deps, uuid),
    attachVif: (uuid, vif) => attachVif(deps, uuid, vif),
    detachVif: (uuid, vifId, by) => detachVif(deps, uuid, vifId, by),
    lookup: (query) => lookup(deps, query),
    heartbeat: (uuid, beat) => heartbeat(deps, uuid, beat),
    continueInspection: (body, query) => continueInspection(deps, body, query),
  };
}
