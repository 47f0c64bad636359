import { access, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { kernelPackageOf, unpackPackage } from './debian-package.ts';
import { runHostProgram } from './host-program.ts';

export type Flavor = 'virtio' | 'hardware';

export interface KernelChoice {
  version: string;
  /** false: has to be downloaded. */
  installed: boolean;
}

export interface KernelTree {
  version: string;
  image: string;
  /** `lib/modules/<version>` with modules.dep in it. */
  modules: string;
}

const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** Which kernel to take: the one asked for, the newest installed that fits the flavor, or Debian's current one. */
export async function chooseKernel(flavor: Flavor, wanted: string | null): Promise<KernelChoice> {
  const installed = await installedKernels();
  if (wanted) return { version: wanted, installed: installed.includes(wanted) };
  const architecture = debianArchitecture();
  const suffix = flavor === 'virtio' ? `-cloud-${architecture}` : `-${architecture}`;
  const fitting = installed.filter(
    (version) => version.endsWith(suffix) && (flavor === 'virtio' || !version.includes('-cloud-')),
  );
  const newest = fitting.sort((left, right) => left.localeCompare(right, 'en', { numeric: true })).at(-1);
  if (newest) return { version: newest, installed: true };
  const name = await kernelPackageOf(`linux-image${suffix}`);
  return { version: name.slice('linux-image-'.length), installed: false };
}

/** The kernel's files, from this host or from its package. */
export async function openKernel(
  choice: KernelChoice,
  workDir: string,
  log: (line: string) => void,
): Promise<KernelTree> {
  const { version } = choice;
  let root = '/';
  if (!choice.installed) {
    root = await unpackPackage(`linux-image-${version}`, workDir, log);
    // Newer packages have /usr/lib/modules, while depmod looks below /lib.
    await symlink('usr/lib', join(root, 'lib')).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await runHostProgram('depmod', ['-b', root, version], { debianPackage: 'kmod' });
  }
  return { version, image: join(root, `boot/vmlinuz-${version}`), modules: join(root, `lib/modules/${version}`) };
}

function debianArchitecture(): string {
  const name = ARCHITECTURES[process.arch];
  if (name) return name;
  throw new FabricError('ramdisk_architecture', `no ramdisk for ${process.arch}; build on x86-64 or arm64`);
}

async function installedKernels(): Promise<string[]> {
  const names = await readdir('/boot').catch(() => []);
  const versions = names.filter((name) => name.startsWith('vmlinuz-')).map((name) => name.slice('vmlinuz-'.length));
  const usable = await Promise.all(
    versions.map((version) =>
      Promise.all([access(`/lib/modules/${version}/modules.dep`), access(`/boot/vmlinuz-${version}`, 4)]).then(
        () => true,
        () => false,
      ),
    ),
  );
  return versions.filter((_version, index) => usable[index]);
}
