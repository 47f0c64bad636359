import { gzipSync } from 'node:zlib';
import { isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { LldpRaw } from '../../../topology/lldp/index.ts';
import { type RootDeviceHints, selectRootDisk } from '../../inspection/root-device.ts';
import type { Hardware } from './hardware.ts';
import { tarOf } from './tar.ts';

/** The body of continue_inspection: what the collectors `default`, `lldp` and `logs` of ironic-python-agent gather. */
export async function inspectionReport(
  hardware: Hardware,
  options: { lldp: Promise<Record<string, LldpRaw>>; rootDeviceHints: RootDeviceHints | null },
): Promise<Record<string, unknown>> {
  const [lldp, logs] = await Promise.all([settled(options.lldp), settled(hardware.logs())]);
  // Read last: links that were still coming up when the agent started have carrier and address by now.
  const inventory = await hardware.inventory();
  const root = await settled(Promise.resolve().then(() => selectRootDisk(inventory.disks, options.rootDeviceHints)));
  // A server without disks is no failed inspection; its root disk is simply not known.
  const errors = [lldp, logs].flatMap((one) => ('error' in one ? [messageOf(one.error)] : []));
  if ('error' in root && !isFabricError(root.error, 'root_device_not_found')) errors.push(messageOf(root.error));
  const bootif = inventory.boot.pxe_interface;
  return {
    inventory,
    root_disk: 'value' in root ? root.value : null,
    boot_interface: bootif ? bootif.replace(/^01-/, '').replaceAll('-', ':').toLowerCase() : null,
    configuration: {
      collectors: ['default', 'lldp', 'logs'],
      managers: [{ name: 'generic_hardware_manager', version: '1.2' }],
    },
    error: errors.length > 0 ? errors.join('; ') : null,
    lldp_raw: 'value' in lldp ? lldp.value : {},
    logs: 'value' in logs ? gzipSync(tarOf(logs.value)).toString('base64') : null,
  };
}

async function settled<T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}
