import { FabricError } from '../../../../topology/error/fabric-error.ts';
import { type RootDeviceHints, selectRootDisk } from '../../../inspection/root-device.ts';
import type { CommandContext, CommandParams, CommandSet } from '../command-table.ts';
import { CONFIG_DRIVE_LIMIT, decodeConfigDrive, writeConfigDrive } from '../disk/config-drive.ts';
import type { Disk, Progress } from '../disk/disk.ts';
import { readGpt, writeGpt } from '../disk/gpt.ts';
import { parseImageInfo } from '../disk/image-info.ts';
import { writeImage } from '../disk/write-image.ts';
import { readText } from '../http-client.ts';
import { MANAGER, MANAGER_VERSION, type Machine } from './machine.ts';
import { objectOf, stepOf } from './steps.ts';

export function deployCommands(machine: Machine): CommandSet {
  return {
    'deploy.get_deploy_steps': {
      async: false,
      run: async () => ({
        deploy_steps: {
          [MANAGER]: [{ step: 'write_image', priority: 0, interface: 'deploy', reboot_requested: false }],
        },
        hardware_manager_version: MANAGER_VERSION,
      }),
    },
    'deploy.execute_deploy_step': {
      async: true,
      run: async (params, context) => {
        const step = stepOf(params, 'deploy_version');
        if (step.name !== 'write_image') {
          throw new FabricError(
            'command_unknown',
            `this agent has no deploy step ${step.name}; it has write_image, remove the step from the deploy template`,
          );
        }
        const report = (progress: Progress) =>
          context.progress({ deploy_step: { step: step.name, interface: 'deploy' }, progress });
        const result = await installImage(machine, params, step.args, report, context);
        return { deploy_result: result, deploy_step: step.raw };
      },
    },
    // What conductors before the step API call.
    'standby.prepare_image': {
      async: true,
      run: async (params, context) => {
        const report = (progress: Progress) => context.progress({ progress });
        return { result: await installImage(machine, params, params, report, context) };
      },
    },
  };
}

/** Writes image and config drive to the root disk and returns a sentence about it. */
async function installImage(
  machine: Machine,
  params: CommandParams,
  args: Record<string, unknown>,
  report: (progress: Progress) => void,
  context: CommandContext,
): Promise<string> {
  const image = parseImageInfo(args.image_info);
  const fallback = objectOf(args.image_info)?.configdrive;
  const iso = await configDriveOf(machine, args.configdrive ?? fallback, context);
  const hints = rootHints(machine, objectOf(params.node));
  const root = selectRootDisk((await machine.hardware.inventory()).disks, hints);
  machine.log(`writing image ${image.id} to ${root.name} (${root.model || 'no model'}, serial ${root.serial ?? '?'})`);

  const disk = await machine.hardware.openDisk(root.name);
  try {
    const { http, log, download } = machine;
    const options = { http, log, onProgress: report, signal: context.signal, ...download };
    const bytes = await writeImage(disk, image, options);
    await relocateGpt(disk);
    let result = `image ${image.id} (${bytes} bytes, ${image.algorithm} verified) written to ${root.name}`;
    if (iso) {
      report({ phase: 'configdrive', disk: disk.name, done_bytes: 0, total_bytes: iso.length });
      const place = await writeConfigDrive(disk, iso);
      result += `, config drive at byte ${place.position}`;
    }
    await disk.rereadPartitions();
    return result;
  } finally {
    await disk.close();
  }
}

/** A GPT image made for a smaller disk has its backup table in the middle of this one. */
async function relocateGpt(disk: Disk): Promise<void> {
  const gpt = await readGpt(disk);
  if (gpt) await writeGpt(disk, gpt);
}

async function configDriveOf(machine: Machine, value: unknown, context: CommandContext): Promise<Buffer | null> {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') {
    throw new FabricError('configdrive_invalid', 'the config drive is no text; send base64 of a gzipped ISO or a URL');
  }
  if (!/^https?:\/\//i.test(value)) return decodeConfigDrive(value);
  const response = await machine.http({ method: 'GET', url: value, signal: context.signal });
  if (response.status !== 200) {
    response.body.resume();
    throw new FabricError(
      'configdrive_unreachable',
      `the config drive's server answers ${response.status}; check that it serves this address`,
      { retryable: response.status >= 500, context: { status: response.status } },
    );
  }
  return decodeConfigDrive(await readText(response.body, CONFIG_DRIVE_LIMIT * 2));
}

/** Ironic's order: what this deployment asks for, what the node says, the kernel parameter. */
function rootHints(machine: Machine, sent: Record<string, unknown> | null): RootDeviceHints | null {
  const node = sent ?? machine.node;
  const candidates = [objectOf(node.instance_info)?.root_device, objectOf(node.properties)?.root_device];
  return (
    candidates.map(objectOf).find((hints) => hints !== null && Object.keys(hints).length > 0) ?? machine.rootDeviceHints
  );
}
