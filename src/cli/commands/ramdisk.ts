import path from 'node:path';
import type { Command } from 'commander';
import { type DataDirOptions, dataDirOf, withDataDir } from '../data-dir.ts';
import { globals, note, print } from '../output/print.ts';
import { wholeNumber } from '../values.ts';

interface BuildOptions extends DataDirOptions {
  hardware?: boolean;
  out?: string;
  kernel?: string;
  compression?: number;
}

export function addRamdisk(program: Command): void {
  withDataDir(
    program
      .command('ramdisk')
      .description('the deploy ramdisk, which inspects, cleans and deploys servers')
      .command('build')
      .description("make kernel and initramfs from Debian's packages and this program's agent")
      .option('--hardware', 'with the drivers of physical servers (larger); default: virtual machines')
      .option('--out <dir>', 'where to (default: ramdisk below the data directory)')
      .option('--kernel <version>', 'such as 6.1.0-56-amd64; default: the newest installed that fits')
      .option('--compression <level>', 'zstd level from 1 (fast) to 19 (small)', wholeNumber, 19),
  ).action(build);
}

async function build(options: BuildOptions, command: Command): Promise<void> {
  const { buildRamdisk } = await import('../../../provisioner/ramdisk/build/build-ramdisk.ts');
  const outDir = path.resolve(options.out ?? path.join(await dataDirOf(options), 'ramdisk'));
  const started = Date.now();
  const ramdisk = await buildRamdisk({
    outDir,
    flavor: options.hardware ? 'hardware' : 'virtio',
    kernelVersion: options.kernel,
    compressionLevel: options.compression,
    log: (line) => {
      if (!globals(command).json) note(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
    },
  });
  const data = {
    kernel: ramdisk.kernel,
    initramfs: ramdisk.initramfs,
    bytes: ramdisk.bytes,
    kernel_version: ramdisk.kernelVersion,
    built: ramdisk.built,
    missing_firmware: ramdisk.missingFirmware,
    seconds: (Date.now() - started) / 1000,
  };
  print(command, data, () => {
    const firmware =
      ramdisk.missingFirmware.length === 0
        ? ''
        : `\n${ramdisk.missingFirmware.length} firmware files that its drivers may ask for are not on this machine (Debian: firmware-* packages).`;
    return `${ramdisk.built ? 'Built' : 'Up to date'}: Linux ${ramdisk.kernelVersion}, initramfs of ${Math.round(ramdisk.bytes / 1e6)} MB.${firmware}
Configure it with:
  provisioner:
    ramdisk:
      kernel: ${ramdisk.kernel}
      initramfs: ${ramdisk.initramfs}`;
  });
}
