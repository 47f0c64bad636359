import type { ImageInfo } from './image-info.ts';
import { secureNode } from './secure-node.ts';

/**
 * A command in the agent's wire form. `wait`: whether the agent answers when it is done (short commands) or at once
 * with RUNNING (asynchronous ones, of which an agent runs one at a time).
 */
export interface AgentCommand {
  name: string;
  params: Record<string, unknown>;
  wait: boolean;
}

/** As the agent lists it: without its extension. */
export const shortName = (name: string): string => name.slice(name.indexOf('.') + 1);

export const EXECUTE_DEPLOY_STEP = 'deploy.execute_deploy_step';
export const EXECUTE_CLEAN_STEP = 'clean.execute_clean_step';
export const INSTALL_BOOTLOADER = 'image.install_bootloader';

/** Node and ports as Ironic's API represents them; secrets are masked on the way out. */
export interface AgentTask {
  node: Record<string, unknown>;
  ports: Record<string, unknown>[];
}

export interface StepRequest {
  interface: string;
  step: string;
  priority?: number;
  args?: Record<string, unknown>;
  [extra: string]: unknown;
}

type Versions = Record<string, string>;
const taskParams = (task: AgentTask): Record<string, unknown> => ({ node: secureNode(task.node), ports: task.ports });

export const getDeploySteps = (task: AgentTask): AgentCommand => ({
  name: 'deploy.get_deploy_steps',
  params: taskParams(task),
  wait: true,
});

export const executeDeployStep = (task: AgentTask, step: StepRequest, deployVersion: Versions): AgentCommand => ({
  name: EXECUTE_DEPLOY_STEP,
  params: { step, ...taskParams(task), deploy_version: deployVersion },
  wait: false,
});

/** Writes the image and, when there is one, the config drive (base64 of gzip of ISO 9660, or a URL of it). */
export const writeImage = (
  task: AgentTask,
  imageInfo: ImageInfo,
  configDrive: string | null,
  deployVersion: Versions,
): AgentCommand =>
  executeDeployStep(
    task,
    { interface: 'deploy', step: 'write_image', args: { image_info: imageInfo, configdrive: configDrive } },
    deployVersion,
  );

export const getCleanSteps = (task: AgentTask): AgentCommand => ({
  name: 'clean.get_clean_steps',
  params: taskParams(task),
  wait: true,
});

export const executeCleanStep = (task: AgentTask, step: StepRequest, cleanVersion: Versions): AgentCommand => ({
  name: EXECUTE_CLEAN_STEP,
  params: { step, ...taskParams(task), clean_version: cleanVersion },
  wait: false,
});

export const getPartitionUuids = (): AgentCommand => ({ name: 'standby.get_partition_uuids', params: {}, wait: true });

/** UUIDs out of `get_partition_uuids`; all null for a whole-disk image that brings its own loader. */
export const installBootloader = (options: {
  rootUuid?: string | null;
  efiSystemPartitionUuid?: string | null;
  prepBootPartitionUuid?: string | null;
  targetBootMode: 'bios' | 'uefi';
}): AgentCommand => ({
  name: INSTALL_BOOTLOADER,
  params: {
    root_uuid: options.rootUuid ?? null,
    efi_system_part_uuid: options.efiSystemPartitionUuid ?? null,
    prep_boot_part_uuid: options.prepBootPartitionUuid ?? null,
    target_boot_mode: options.targetBootMode,
  },
  wait: false,
});

export const syncDisks = (): AgentCommand => ({ name: 'standby.sync', params: {}, wait: true });
export const powerOff = (): AgentCommand => ({ name: 'standby.power_off', params: {}, wait: false });
export const getHardwareInfo = (): AgentCommand => ({ name: 'poll.get_hardware_info', params: {}, wait: true });
export const collectSystemLogs = (): AgentCommand => ({ name: 'log.collect_system_logs', params: {}, wait: true });
