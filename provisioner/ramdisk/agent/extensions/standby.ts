import type { CommandSet } from '../command-table.ts';
import type { Machine } from './machine.ts';

export function standbyCommands(machine: Machine): CommandSet {
  const { hardware } = machine;
  const leave = (how: () => Promise<void>): CommandSet[string] => ({
    async: true,
    run: async (_params, context) => {
      await hardware.sync();
      context.after(how);
    },
  });
  return {
    'standby.sync': { async: false, run: () => hardware.sync() },
    'standby.power_off': leave(() => hardware.powerOff()),
    'standby.run_image': leave(() => hardware.reboot()),
    'standby.reboot': leave(() => hardware.reboot()),
    // Whole-disk images have no root partition that the conductor would have to know.
    'standby.get_partition_uuids': { async: false, run: async () => ({}) },
    'image.install_bootloader': {
      async: true,
      run: async () => ({ result: 'a whole-disk image brings its own boot loader; nothing to install' }),
    },
    'system.lockdown': {
      async: false,
      run: async (_params, context) => {
        context.after(async () => {
          await machine.shutDown();
          await hardware.isolate();
        });
      },
    },
  };
}
