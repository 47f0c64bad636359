import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { CommandContext, CommandSet } from '../command-table.ts';
import type { Disk, ProgressListener } from '../disk/disk.ts';
import { eraseDisk, eraseMetadata } from '../disk/erase.ts';
import { MANAGER, MANAGER_VERSION, type Machine } from './machine.ts';
import { stepOf } from './steps.ts';

type Eraser = (disk: Disk, onProgress: ProgressListener, signal: AbortSignal) => Promise<string>;

const ERASERS: Record<string, Eraser> = {
  erase_devices_metadata: async (disk, onProgress, signal) => {
    await eraseMetadata(disk, onProgress, signal);
    return 'metadata erased';
  },
  erase_devices: async (disk, onProgress, signal) => {
    const verified = await eraseDisk(disk, onProgress, signal);
    return `erased, ${verified} of ${disk.sizeBytes} bytes read back as zeros`;
  },
};

/** Ironic's own priorities: automated cleaning runs the higher one first. */
const STEPS = [
  { step: 'erase_devices_metadata', priority: 99 },
  { step: 'erase_devices', priority: 10 },
].map((one) => ({ ...one, interface: 'deploy', reboot_requested: false, abortable: true, requires_ramdisk: true }));

export function cleanCommands(machine: Machine): CommandSet {
  return {
    'clean.get_clean_steps': {
      async: false,
      run: async () => ({ clean_steps: { [MANAGER]: STEPS }, hardware_manager_version: MANAGER_VERSION }),
    },
    'clean.execute_clean_step': {
      async: true,
      run: async (params, context) => {
        const step = stepOf(params, 'clean_version');
        const eraser = Object.hasOwn(ERASERS, step.name) ? ERASERS[step.name] : undefined;
        if (!eraser) {
          throw new FabricError(
            'command_unknown',
            `this agent has no clean step ${step.name}; it has ${Object.keys(ERASERS).join(', ')}, correct clean_steps`,
          );
        }
        return { clean_result: await eraseAll(machine, step.name, eraser, context), clean_step: step.raw };
      },
    },
  };
}

/** Erases every disk, one after the other; returns what was done by disk name. */
async function eraseAll(
  machine: Machine,
  step: string,
  eraser: Eraser,
  context: CommandContext,
): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const { name } of (await machine.hardware.inventory()).disks) {
    const disk = await machine.hardware.openDisk(name);
    try {
      results[name] = await eraser(
        disk,
        (progress) => context.progress({ clean_step: { step, interface: 'deploy' }, finished: results, progress }),
        context.signal,
      );
    } finally {
      await disk.close();
    }
  }
  return results;
}
