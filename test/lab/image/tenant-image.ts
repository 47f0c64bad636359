import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type CpioEntry, cpioOf } from '../../../provisioner/ramdisk/build/cpio.ts';
import { chooseKernel, type KernelTree, openKernel } from '../../../provisioner/ramdisk/build/kernel.ts';
import { staticBusybox } from '../../../provisioner/ramdisk/build/programs.ts';
import { run } from '../rig/machine.ts';

const INIT = fileURLToPath(new URL('./init.sh', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/switchyard-lab', import.meta.url));
const DRIVERS = ['virtio_pci', 'virtio_net', 'virtio_blk', 'isofs'];
const SECTOR = 512;
const FIRST = 2048;
/** 40 MiB, in sectors. */
const PARTITION = 40 * 2048;
const EFI_SYSTEM = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';
const COMMAND_LINE = 'console=ttyS0,115200 quiet';

export interface TenantImage {
  path: string;
  sha256: string;
}

/**
 * A whole-disk image with a tiny system that boots by BIOS (syslinux) and by UEFI (GRUB) and does what its config drive
 * says. Made once, without mounts, and kept in the cache.
 */
export async function tenantImage(): Promise<TenantImage> {
  const choice = await chooseKernel('virtio', null);
  const sources = [await readFile(INIT), await readFile(fileURLToPath(import.meta.url)), choice.version];
  const key = sources
    .reduce((hash, source) => hash.update(source), createHash('sha256'))
    .digest('hex')
    .slice(0, 16);
  const path = join(CACHE, `tenant-${key}.raw`);
  if ((await stat(path).catch(() => null)) === null) {
    await mkdir(CACHE, { recursive: true });
    const workDir = await mkdtemp(join(CACHE, '.build-'));
    try {
      await rename(await build(await openKernel(choice, workDir, () => {}), workDir), path);
    } finally {
      await rm(workDir, { recursive: true });
    }
  }
  return {
    path,
    sha256: createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  };
}

async function build(kernel: KernelTree, workDir: string): Promise<string> {
  const at = (name: string) => join(workDir, name);
  await copyFile(kernel.image, at('vmlinuz'));
  await writeFile(at('initrd.gz'), gzipSync(cpioOf(await systemFiles(kernel, workDir))));
  await writeFile(
    at('syslinux.cfg'),
    `DEFAULT tenant\nLABEL tenant\nKERNEL /vmlinuz\nINITRD /initrd.gz\nAPPEND ${COMMAND_LINE}\n`,
  );
  const grub = ['search --file --set=root /vmlinuz', `linux /vmlinuz ${COMMAND_LINE}`, 'initrd /initrd.gz', 'boot'];
  await writeFile(at('grub.cfg'), `${grub.join('\n')}\n`);
  await run('grub-mkstandalone', [
    ...['-O', 'x86_64-efi', '-o', at('BOOTX64.EFI'), '--locales=', '--fonts=', '--themes='],
    '--modules=part_gpt fat search linux normal',
    '--install-modules=part_gpt fat search search_fs_file linux normal boot configfile',
    `boot/grub/grub.cfg=${at('grub.cfg')}`,
  ]);

  const system = at('partition');
  await writeFile(system, '');
  await truncate(system, PARTITION * SECTOR);
  // syslinux reads the number of sectors before the partition from its boot sector.
  await run('mkfs.vfat', ['-F', '16', '-h', String(FIRST), '-n', 'TENANT', system]);
  await run('mmd', ['-i', system, '::/EFI', '::/EFI/BOOT']);
  await run('mcopy', ['-i', system, at('BOOTX64.EFI'), '::/EFI/BOOT/BOOTX64.EFI']);
  await run('mcopy', ['-i', system, at('vmlinuz'), at('initrd.gz'), at('syslinux.cfg'), '::/']);
  await run('syslinux', ['--install', system]);

  const image = at('image.raw');
  await writeFile(image, '');
  await truncate(image, (FIRST + PARTITION + FIRST) * SECTOR);
  const table = at('table');
  await writeFile(
    table,
    `label: gpt\nstart=${FIRST}, size=${PARTITION}, type=${EFI_SYSTEM}, name=tenant, attrs=LegacyBIOSBootable\n`,
  );
  await run('sh', ['-c', 'exec sfdisk -q "$1" <"$2"', 'sfdisk', image, table]);
  const file = await open(image, 'r+');
  try {
    const bootCode = await readFile('/usr/lib/syslinux/mbr/gptmbr.bin');
    // What follows in the first sector is the protective MBR.
    await file.write(bootCode.subarray(0, 440), 0, Math.min(440, bootCode.length), 0);
    const content = await readFile(system);
    await file.write(content, 0, content.length, FIRST * SECTOR);
  } finally {
    await file.close();
  }
  return image;
}

async function systemFiles(kernel: KernelTree, workDir: string): Promise<CpioEntry[]> {
  const text = (path: string, data: Uint8Array, mode = 0o644): CpioEntry => ({ path, kind: 'file', mode, data });
  const modules = await modulesInOrder(kernel);
  return [
    text('init', await readFile(INIT), 0o755),
    text('bin/busybox', await staticBusybox(workDir, () => {}), 0o755),
    { path: 'dev/console', kind: 'device', major: 5, minor: 1, mode: 0o600 },
    ...['proc', 'sys', 'mnt', 'www'].map((directory) => text(`${directory}/.keep`, new Uint8Array(0))),
    ...(await Promise.all(
      modules.map(async (path, index) =>
        text(`modules/${String(index).padStart(2, '0')}-${basename(path)}`, await readFile(join(kernel.modules, path))),
      ),
    )),
  ];
}

/** The drivers after what they need: modules.dep names a module's needs, the one to load first last. */
async function modulesInOrder(kernel: KernelTree): Promise<string[]> {
  const lines = (await readFile(join(kernel.modules, 'modules.dep'), 'utf8')).split('\n');
  const ordered = DRIVERS.flatMap((driver) => {
    const line = lines.find(
      (one) =>
        basename(one.split(':')[0]!)
          .replace(/\.ko.*$/, '')
          .replaceAll('-', '_') === driver,
    );
    const [module, needs = ''] = line?.split(':') ?? [];
    return module ? [...needs.split(' ').filter(Boolean).reverse(), module] : [];
  });
  return [...new Set(ordered)];
}
