import { parseSteps } from '../../../provisioner/agent/command-result.ts';
import {
  EXECUTE_DEPLOY_STEP,
  getDeploySteps,
  getHardwareInfo,
  getPartitionUuids,
  INSTALL_BOOTLOADER,
  installBootloader as installBootloaderCommand,
  syncDisks,
  writeImage as writeImageCommand,
} from '../../../provisioner/agent/commands.ts';
import { wholeDiskImage } from '../../../provisioner/agent/image-info.ts';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import { requireCleaned } from '../../../topology/networks/rules.ts';
import { configDriveOf } from '../config-drive.ts';
import type { PreparedImage } from '../deps.ts';
import { deployImageOf } from '../instance.ts';
import { labelOf, type NodeRow } from '../node-record.ts';
import type { Step, StepContext } from '../step.ts';
import { agentAsk, agentRun, taskFor } from './agent-run.ts';

/** Refuses what cannot end well before the node is touched. */
export const checkInstance: Step = {
  name: 'check-instance',
  title: 'check the request',
  async run(context) {
    const { node, deps } = context;
    deployImageOf(node);
    requireCleaned({ name: labelOf(node), heldBy: node.driver_internal_info.tenant }, node.lessee ?? '');
    const vifs = await deps.store.db.selectFrom('vif').select('id').where('node_uuid', '=', node.uuid).execute();
    if (vifs.length === 0) {
      throw new FabricError(
        'vif_missing',
        `${labelOf(node)} has no tenant network attached. Attach one first: switchyard attach ${labelOf(node)} NETWORK`,
      );
    }
    return 'next';
  },
};

export const prepareImage: Step = {
  name: 'prepare-image',
  title: 'fetch and check the image',
  async run(context) {
    const image = await context.deps.prepareImage(deployImageOf(context.node), context.deps.httpBase('provisioning'));
    await context.remember({ image });
    return 'next';
  },
};

/**
 * Rule 7: what the ramdisk hears now must be what the map says, or the tenant's network would be laid on somebody
 * else's port. A stock agent that does not tell leaves the map as it is, and an event says so.
 */
export const verifyCabling: Step = {
  name: 'verify-cabling',
  title: 'compare the cabling with the map',
  async run(context) {
    const { deps, node } = context;
    const heard = await heardByAgent(context);
    if (heard.length === 0) {
      await context.report(
        'node.cabling-unverified',
        'the cabling was not verified: this agent reports no LLDP during a deployment',
      );
      return 'next';
    }
    const outcomes = await deps.store.db
      .transaction()
      .execute((trx) => deps.fabric.learnLinks(trx, node.uuid, heard, { remap: false }));
    const wrong = outcomes.filter((outcome) => outcome.result === 'contradicted');
    if (wrong.length > 0) {
      throw new FabricError(
        'link_contradicted',
        `${wrong.map((outcome) => outcome.message).join('; ')}. Put the cable back, or inspect the node again ` +
          `(manage, inspect) to accept the new cabling.`,
        { context: { ports: wrong.map((outcome) => outcome.address) } },
      );
    }
    return 'next';
  },
};

/** An agent without this command has nothing to tell. */
async function heardByAgent(context: StepContext): Promise<ReturnType<typeof heardFrom>> {
  try {
    return heardFrom(await agentAsk(context, getHardwareInfo()));
  } catch (error) {
    if (!isFabricError(error, 'agent_unknown_command')) throw error;
    return [];
  }
}

/** LLDP per NIC out of an IPA inventory (`interfaces[].lldp`) or our agent's `lldp_raw` beside it. */
export function heardFrom(
  result: Record<string, unknown> | null,
): Array<{ address: string; tlvs: Array<[number, string]> }> {
  const hardware = (result?.inventory ?? result ?? {}) as {
    interfaces?: Array<{ name: string; mac_address: string; lldp?: Array<[number, string]> | null }>;
  };
  const byName = (result?.lldp_raw ?? {}) as Record<string, Array<[number, string]>>;
  return (hardware.interfaces ?? []).flatMap((nic) => {
    const tlvs = nic.lldp ?? byName[nic.name] ?? [];
    return tlvs.length > 0 ? [{ address: nic.mac_address, tlvs }] : [];
  });
}

export const writeImage: Step = {
  name: 'write-image',
  title: 'write the image',
  async run(context) {
    const { node } = context;
    const image = context.cursor.data.image as PreparedImage;
    await context.save({ deploy_step: JSON.stringify({ interface: 'deploy', step: 'write_image', priority: 80 }) });
    let told = -1;
    await agentRun(context, {
      key: 'write-image',
      name: EXECUTE_DEPLOY_STEP,
      async command() {
        const task = await taskFor(context);
        const { hardwareManagerVersion } = parseSteps('deploy', await agentAsk(context, getDeploySteps(task)));
        const { sha256 } = image;
        const info = wholeDiskImage({ id: sha256, urls: [image.url], diskFormat: 'raw', sha256, nodeUuid: node.uuid });
        return writeImageCommand(task, info, await configDriveOf(context), hardwareManagerVersion);
      },
      onProgress(state) {
        const percent = Math.floor(progressOf(state.command_result) * 100);
        if (percent < told + 25) return;
        told = percent;
        context.report('node.progress', `writing the image: ${percent} %`, { percent }).catch((error) => {
          context.deps.log.warn('progress not recorded', { node: node.uuid, error: String(error) });
        });
      },
    });
    return 'next';
  },
};

/** Of our own agent; a stock one does not tell how far it is. */
function progressOf(result: unknown): number {
  const { progress } = (result ?? {}) as {
    progress?: { phase?: string; done_bytes?: number; total_bytes?: number | null };
  };
  if (progress?.phase !== 'write' || !progress.total_bytes) return 0;
  return (progress.done_bytes ?? 0) / progress.total_bytes;
}

/** A whole-disk image brings its own boot loader; the agent only has to be told (UEFI boot entries). */
export const installBootloader: Step = {
  name: 'install-bootloader',
  title: 'prepare booting from disk',
  async run(context) {
    await agentRun(context, {
      key: 'install-bootloader',
      name: INSTALL_BOOTLOADER,
      async command() {
        const partitions = await agentAsk(context, getPartitionUuids());
        return installBootloaderCommand({
          rootUuid: textOr(partitions['root uuid']),
          efiSystemPartitionUuid: textOr(partitions['efi system partition uuid']),
          targetBootMode: bootModeOf(context.node),
        });
      },
    });
    await agentAsk(context, syncDisks());
    await context.save({ deploy_step: '{}' });
    return 'next';
  },
};

function textOr(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Asked for by the operator, else as the ramdisk was booted. */
function bootModeOf(node: NodeRow): 'bios' | 'uefi' {
  const asked = /boot_mode:(bios|uefi)/.exec(String(node.properties.capabilities ?? ''))?.[1];
  const boot = (node.inventory?.boot ?? {}) as { current_boot_mode?: string };
  return (asked ?? boot.current_boot_mode) === 'uefi' ? 'uefi' : 'bios';
}

/** From the first byte of its data on the node is the tenant's: until it was cleaned nobody else gets it (rule 5). */
export const recordTenant: Step = {
  name: 'record-tenant',
  title: 'record the tenant',
  async run(context) {
    const { node } = context;
    const tenant = node.lessee ?? '';
    // The lessee may have been changed since the request was checked: the mark of another is not written over.
    requireCleaned({ name: labelOf(node), heldBy: node.driver_internal_info.tenant }, tenant);
    await context.save({ driver_internal_info: JSON.stringify({ ...node.driver_internal_info, tenant }) });
    return 'next';
  },
};

/** What belonged to the last instance goes; the VIFs too, as Ironic does on undeploy. */
export const releaseInstance: Step = {
  name: 'release-instance',
  title: 'forget the instance',
  async run(context) {
    await context.deps.store.db.deleteFrom('vif').where('node_uuid', '=', context.node.uuid).execute();
    await context.save({ instance_info: '{}', instance_uuid: null, deploy_step: '{}' });
    return 'next';
  },
};
