import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the tests need from Debian beyond the npm packages, and what for. */
export const DEBIAN_PACKAGES: Record<string, string> = {
  'openvswitch-switch': 'the lab switch and the ovs driver',
  'qemu-system-x86': 'the lab servers',
  'qemu-utils': 'qcow2 images',
  'ipxe-qemu': 'network boot of the lab servers (BIOS)',
  ipxe: 'boot loaders',
  ovmf: 'network boot of the lab servers (UEFI)',
  openipmi: 'ipmi_sim, the lab BMC',
  ipmitool: 'the ipmi driver',
  'busybox-static': 'the ramdisk',
  'linux-image-cloud-amd64': 'the ramdisk',
  kmod: 'the ramdisk',
  cpio: 'the ramdisk',
  zstd: 'the ramdisk',
  binutils: 'the ramdisk',
  mtools: 'the lab image',
  dosfstools: 'the lab image',
  syslinux: 'the lab image',
  'syslinux-common': 'the lab image',
  'grub-common': 'the lab image',
  'grub-efi-amd64-bin': 'the lab image',
  fdisk: 'the lab image and partition checks',
  gdisk: 'partition checks',
  xorriso: 'reading config drives',
  genisoimage: 'reading config drives',
  'libarchive-tools': 'reading config drives',
  ethtool: 'lab networks',
  iproute2: 'lab networks',
  'iputils-ping': 'lab networks',
  tcpdump: 'captures in the lab',
  socat: 'the lab BMC',
  'tftpd-hpa': 'the TFTP benchmark',
  'python3-ironicclient': 'the client compatibility run',
  'python3-openstackclient': 'the client compatibility run',
  'python3-openstacksdk': 'the client compatibility run',
};

export async function missingPackages(names = Object.keys(DEBIAN_PACKAGES)): Promise<string[]> {
  if (!existsSync('/usr/bin/dpkg-query')) return [...names];
  const installed = new Set<string>();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = await run('dpkg-query', ['-W', '-f', format], { maxBuffer: 32 << 20 });
  for (const line of stdout.split('\n')) {
    const [name, status] = line.split(' ');
    if (name && status === 'installed') installed.add(name);
  }
  return names.filter((name) => !installed.has(name));
}

/** Installs what is missing (root only). Rejects with apt's own words. */
export async function installPackages(names: string[]): Promise<void> {
  await apt(['update', '-qq']);
  // The services of these packages are not wanted: every test starts its own instance.
  await apt(['install', '-y', '-qq', '--no-install-recommends', ...names]);
}

async function apt(args: string[]): Promise<void> {
  const child = spawn('apt-get', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words = (words + chunk).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`apt-get ${args[0]} ended with ${code}: ${words.trim()}`);
}
