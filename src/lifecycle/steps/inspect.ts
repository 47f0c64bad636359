import { randomUUID } from 'node:crypto';
import { parseContinueInspection } from '../../../provisioner/inspection/continue-inspection.ts';
import { portChanges, validInterfaces } from '../../../provisioner/inspection/interfaces.ts';
import type { Inventory } from '../../../provisioner/inspection/inventory.ts';
import { interfaceLldp } from '../../../provisioner/inspection/lldp.ts';
import { bootModeOf, inspectedProperties } from '../../../provisioner/inspection/properties.ts';
import { selectRootDisk } from '../../../provisioner/inspection/root-device.ts';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Step, StepContext } from '../step.ts';

/** Ports from the NICs, the map from the LLDP they heard, properties from the rest. */
export const processInspection: Step = {
  name: 'process-inspection',
  title: 'read the report',
  async run(context) {
    const { node, deps } = context;
    const report = parseContinueInspection({ ...node.plugin_data, inventory: node.inventory });
    const complaint = node.plugin_data?.ramdisk_error;
    if (typeof complaint === 'string') {
      throw new FabricError('inspection_failed', `The ramdisk reported a problem: ${complaint}`);
    }
    const nics = validInterfaces(report);
    const heard = interfaceLldp(report).map(({ macAddress, tlvs }) => ({ address: macAddress, tlvs }));
    const outcomes = await deps.store.db.transaction().execute(async (trx) => {
      const known = await trx.selectFrom('port').selectAll().where('node_uuid', '=', node.uuid).execute();
      const changes = portChanges(
        nics,
        known.map((port) => ({ uuid: port.uuid, address: port.address, pxeEnabled: port.pxe_enabled })),
      );
      for (const port of changes.create) {
        const taken = await trx
          .selectFrom('port')
          .select('node_uuid')
          .where('address', '=', port.address)
          .executeTakeFirst();
        if (taken) {
          throw new FabricError(
            'port_address_taken',
            `NIC ${port.address} is already a port of node ${taken.node_uuid}. Two nodes may share one BMC address: correct it, or delete that port.`,
          );
        }
        await trx
          .insertInto('port')
          .values({ uuid: randomUUID(), node_uuid: node.uuid, address: port.address, pxe_enabled: port.pxeEnabled })
          .execute();
      }
      for (const port of changes.update) {
        await trx.updateTable('port').set({ pxe_enabled: port.pxeEnabled }).where('uuid', '=', port.uuid).execute();
      }
      return deps.fabric.learnLinks(trx, node.uuid, heard, { remap: true });
    });
    for (const outcome of outcomes) await context.report('node.link', outcome.message, { ...outcome });
    for (const nic of nics.filter((one) => !outcomes.some((outcome) => outcome.address === one.macAddress))) {
      await context.report('node.link', `NIC ${nic.macAddress} heard no LLDP`, { address: nic.macAddress });
    }
    await context.save({ properties: JSON.stringify(propertiesAfter(context, report.inventory)) });
    return 'next';
  },
};

function propertiesAfter(context: StepContext, inventory: Inventory): Record<string, unknown> {
  const before = context.node.properties;
  let rootDisk = null;
  try {
    rootDisk = selectRootDisk(inventory.disks, before.root_device as Record<string, unknown> | undefined);
  } catch (error) {
    // A diskless machine may be inspected; deploying it is what fails, with these words.
    if (!isFabricError(error)) throw error;
    context.deps.log.info('no root disk', { node: context.node.uuid, reason: error.message });
  }
  const mode = bootModeOf(inventory);
  const capabilities = String(before.capabilities ?? '');
  const withMode =
    /boot_mode:/.test(capabilities) || mode === null ? capabilities : join(capabilities, `boot_mode:${mode}`);
  return {
    ...before,
    ...inspectedProperties(inventory, rootDisk),
    ...(withMode === '' ? {} : { capabilities: withMode }),
  };
}

function join(list: string, item: string): string {
  return list === '' ? item : `${list},${item}`;
}
