import { DEFAULT_LOADER_DIRECTORIES, findBootLoader } from '../../provisioner/boot/loaders.ts';
import { findProgram } from '../../provisioner/ramdisk/build/host-program.ts';
import { chooseKernel } from '../../provisioner/ramdisk/build/kernel.ts';
import { messageOf } from '../../topology/error/fabric-error.ts';
import { type Finding, fine, lacking } from './check.ts';

interface Program {
  names: string[];
  debianPackage: string;
  neededFor: string;
}

/** `names`: any one of them does. */
const PROGRAMS: readonly Program[] = [
  { names: ['ipmitool'], debianPackage: 'ipmitool', neededFor: 'power and boot device of nodes with driver ipmi' },
  { names: ['qemu-img'], debianPackage: 'qemu-utils', neededFor: 'qcow2 images (raw ones do without)' },
  { names: ['perl'], debianPackage: 'perl-base', neededFor: 'DHCP on interfaces (behind relays it does without)' },
  { names: ['apt-get'], debianPackage: 'apt', neededFor: 'ramdisk build: downloads kernel and busybox' },
  { names: ['dpkg-deb'], debianPackage: 'dpkg', neededFor: 'ramdisk build: unpacks what it downloaded' },
  { names: ['depmod'], debianPackage: 'kmod', neededFor: 'ramdisk build: kernel modules' },
  { names: ['ldd'], debianPackage: 'libc-bin', neededFor: 'ramdisk build: libraries of the programs in it' },
  { names: ['blkdiscard'], debianPackage: 'util-linux', neededFor: 'ramdisk build: erasing SSDs fast' },
  { names: ['zstd'], debianPackage: 'zstd', neededFor: 'ramdisk build: compressing on all cores (else on one)' },
  { names: ['strip'], debianPackage: 'binutils', neededFor: 'ramdisk build: a smaller initramfs' },
];

export async function checkPrograms(): Promise<Finding[]> {
  return Promise.all(
    PROGRAMS.map(async ({ names, debianPackage, neededFor }) => {
      const facts = { id: `program-${names[0]}`, title: names.join(' or '), neededFor, required: false };
      const paths = await Promise.all(names.map(findProgram));
      const path = paths.find((one) => one !== null);
      return path ? fine(facts, path) : lacking(facts, 'not installed', `apt install ${debianPackage}`);
    }),
  );
}

const LOADERS = [
  { name: 'undionly.kpxe', neededFor: 'network boot of BIOS servers' },
  { name: 'snponly.efi', neededFor: 'network boot of UEFI servers' },
];

export async function checkBootLoaders(): Promise<Finding[]> {
  return Promise.all(
    LOADERS.map(async ({ name, neededFor }) => {
      const facts = { id: `loader-${name}`, title: `iPXE ${name}`, neededFor, required: false };
      try {
        return fine(facts, await findBootLoader(name));
      } catch {
        return lacking(facts, `not in ${DEFAULT_LOADER_DIRECTORIES.join(' or ')}`, 'apt install ipxe');
      }
    }),
  );
}

/** A kernel for the ramdisk: installed, or one that apt knows of. */
export async function checkRamdiskKernel(): Promise<Finding> {
  const facts = { id: 'ramdisk-kernel', title: 'Linux kernel', neededFor: 'ramdisk build', required: false };
  try {
    const { version, installed } = await chooseKernel('virtio', null);
    return fine(facts, installed ? `${version}, installed` : `${version}, to be downloaded`);
  } catch (error) {
    return lacking(facts, messageOf(error), 'apt update');
  }
}
