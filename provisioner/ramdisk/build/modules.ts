import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { CpioEntry } from './cpio.ts';
import { runHostProgram } from './host-program.ts';
import type { Flavor, KernelTree } from './kernel.ts';

/** Loaded at every boot; everything else is loaded for the devices that are found. */
export const ALWAYS: Record<Flavor, string[]> = {
  virtio: ['virtio_pci', 'virtio_net', 'virtio_blk', 'virtio_scsi', 'sd_mod', 'virtio_rng', 'macvtap'],
  hardware: ['virtio_pci', 'sd_mod', 'macvtap', 'ipmi_devintf', 'ipmi_si', 'usbhid', 'hid_generic'],
};

/** Directories of the kernel's module tree that a physical server may need; all of each. */
const HARDWARE = [
  'kernel/drivers/net/ethernet/',
  'kernel/drivers/net/mdio/',
  'kernel/drivers/net/phy/',
  'kernel/drivers/net/virtio_net',
  'kernel/drivers/net/vmxnet3/',
  'kernel/drivers/ata/',
  'kernel/drivers/scsi/',
  'kernel/drivers/nvme/host/',
  'kernel/drivers/message/fusion/',
  'kernel/drivers/block/virtio_blk',
  'kernel/drivers/virtio/',
  'kernel/drivers/char/ipmi/',
  'kernel/drivers/char/hw_random/',
  'kernel/drivers/usb/host/',
  'kernel/drivers/hid/usbhid/',
];

export interface ModuleSet {
  entries: CpioEntry[];
  /** Firmware files that the drivers name and this host has not. */
  missingFirmware: string[];
}

/** The modules of a flavor with all they depend on, indexed by depmod, and the firmware this host has for them. */
export async function collectModules(kernel: KernelTree, flavor: Flavor, workDir: string): Promise<ModuleSet> {
  const dependencies = parseDependencies(await readFile(join(kernel.modules, 'modules.dep'), 'utf8'));
  const builtin = await readFile(join(kernel.modules, 'modules.builtin'), 'utf8').catch(() => '');
  const chosen = new Set<string>();
  const choose = (path: string): void => {
    chosen.add(path);
    for (const one of dependencies.get(path) ?? []) chosen.add(one);
  };
  for (const name of ALWAYS[flavor]) {
    const path = [...dependencies.keys()].find((one) => moduleName(one) === name);
    if (path) choose(path);
    else if (!builtin.split('\n').some((line) => moduleName(line) === name)) throw noModule(kernel, name);
  }
  if (flavor === 'hardware') {
    for (const path of dependencies.keys()) if (HARDWARE.some((prefix) => path.startsWith(prefix))) choose(path);
  }
  return stage(kernel, [...chosen].sort(), workDir);
}

async function stage(kernel: KernelTree, paths: string[], workDir: string): Promise<ModuleSet> {
  const root = join(workDir, 'modules');
  const base = join(root, 'lib/modules', kernel.version);
  const firmware = new Set<string>();
  for (const path of paths) {
    const target = join(base, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(kernel.modules, path), target);
    if (path.endsWith('.xz')) await runHostProgram('xz', ['-d', target], { debianPackage: 'xz-utils' });
    const plain = await readFile(target.replace(/\.xz$/, ''));
    for (const match of plain.toString('latin1').matchAll(/\0firmware=([\x21-\x7e]+)(?=\0)/g))
      firmware.add(match[1] ?? '');
  }
  for (const name of ['modules.order', 'modules.builtin']) await copyFile(join(kernel.modules, name), join(base, name));
  await runHostProgram('depmod', ['-b', root, kernel.version], { debianPackage: 'kmod' });
  const entries: CpioEntry[] = [];
  for (const file of await readdir(root, { recursive: true, withFileTypes: true })) {
    // The binary indexes are kmod's; the ramdisk's modprobe reads the text ones.
    if (!file.isFile() || file.name.endsWith('.bin')) continue;
    const path = join(file.parentPath, file.name);
    entries.push({ path: path.slice(root.length + 1), kind: 'file', mode: 0o644, data: await readFile(path) });
  }
  const missingFirmware: string[] = [];
  for (const name of [...firmware].sort()) {
    const data = name.includes('..') ? null : await readFile(join('/lib/firmware', name)).catch(() => null);
    if (data) entries.push({ path: `lib/firmware/${name}`, kind: 'file', mode: 0o644, data });
    else missingFirmware.push(name);
  }
  return { entries, missingFirmware };
}

/** modules.dep: `module: all modules it needs, direct and indirect`. */
function parseDependencies(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [path, needs] = line.split(':');
    if (path && needs !== undefined)
      found.set(
        path,
        needs.split(' ').filter((one) => one !== ''),
      );
  }
  return found;
}

function moduleName(path: string): string {
  return basename(path)
    .replace(/\.ko(\.[a-z]+)?$/, '')
    .replaceAll('-', '_');
}

function noModule(kernel: KernelTree, name: string): FabricError {
  return new FabricError(
    'ramdisk_module_missing',
    `kernel ${kernel.version} has no module ${name}; choose another kernel version`,
    { context: { kernel: kernel.version, module: name } },
  );
}
