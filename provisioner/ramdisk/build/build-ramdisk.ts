import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleAgent } from './bundle.ts';
import { compressZstd } from './compress.ts';
import { type CpioEntry, cpioOf } from './cpio.ts';
import { findProgram } from './host-program.ts';
import { INIT_SCRIPT, UDHCPC_SCRIPT } from './init-script.ts';
import { chooseKernel, type Flavor, type KernelChoice, openKernel } from './kernel.ts';
import { ALWAYS, collectModules } from './modules.ts';
import { nodeBinary, programWithLibraries, staticBusybox } from './programs.ts';

export interface BuildRamdiskOptions {
  outDir: string;
  /** virtio: small, for virtual machines. hardware: drivers of physical servers, in-band IPMI. */
  flavor: Flavor;
  /** E.g. `6.1.0-56-amd64`; default: the newest installed that fits, else Debian's current one. */
  kernelVersion?: string;
  /** zstd level 1..19, default 19 (minutes of CPU for the smallest file). */
  compressionLevel?: number;
  log?: (line: string) => void;
}

export interface Ramdisk {
  /** Paths of the files. */
  kernel: string;
  initramfs: string;
  /** Size of the initramfs. */
  bytes: number;
  kernelVersion: string;
  /** false: the files were there already, made from the same input. */
  built: boolean;
  /** Firmware files that drivers in the ramdisk may ask for and the build host has not (Debian: firmware-* packages). */
  missingFirmware: string[];
}

/** Builds kernel and initramfs of the deploy ramdisk from Debian's packages and this program's own agent and Node. */
export async function buildRamdisk(options: BuildRamdiskOptions): Promise<Ramdisk> {
  const log = options.log ?? (() => {});
  const outDir = resolve(options.outDir);
  await mkdir(outDir, { recursive: true });
  const level = options.compressionLevel ?? 19;
  const choice = await chooseKernel(options.flavor, options.kernelVersion ?? null);
  const agent = await bundleAgent();
  const key = await inputKey(options.flavor, choice, level, agent);
  const manifest = join(outDir, `switchyard-${options.flavor}.json`);
  const existing = await readExisting(manifest, key);
  if (existing) {
    log(`ramdisk ${existing.initramfs} is up to date`);
    return existing;
  }

  const workDir = await mkdtemp(join(outDir, '.build-'));
  try {
    const kernel = await openKernel(choice, workDir, log);
    log(`kernel ${kernel.version}, collecting modules`);
    const modules = await collectModules(kernel, options.flavor, workDir);
    const entries = [...modules.entries, ...(await userland(options.flavor, agent, workDir, log))];
    const archive = cpioOf(unique(entries));
    log(`${entries.length} files, ${Math.round(archive.length / 1e6)} MB; compressing with zstd -${level}`);
    const compressed = await compressZstd(archive, level, workDir);
    const ramdisk: Ramdisk = {
      kernel: join(outDir, `switchyard-${options.flavor}.vmlinuz`),
      initramfs: join(outDir, `switchyard-${options.flavor}.initramfs`),
      bytes: (await stat(compressed)).size,
      kernelVersion: kernel.version,
      built: true,
      missingFirmware: modules.missingFirmware,
    };
    await copyFile(kernel.image, join(workDir, 'vmlinuz'));
    await rm(manifest, { force: true });
    await rename(join(workDir, 'vmlinuz'), ramdisk.kernel);
    await rename(compressed, ramdisk.initramfs);
    await writeFile(join(workDir, 'manifest'), `${JSON.stringify({ key, ...ramdisk, built: false }, null, 2)}\n`);
    await rename(join(workDir, 'manifest'), manifest);
    log(`ramdisk ${ramdisk.initramfs}: ${ramdisk.bytes} bytes`);
    return ramdisk;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function userland(
  flavor: Flavor,
  agent: Uint8Array,
  workDir: string,
  log: (line: string) => void,
): Promise<CpioEntry[]> {
  const text = (path: string, content: string, mode = 0o644): CpioEntry => ({
    path,
    kind: 'file',
    mode,
    data: Buffer.from(content),
  });
  const programs = await programWithLibraries(await nodeBinary(workDir, log), 'usr/bin/node');
  for (const name of flavor === 'hardware' ? ['blkdiscard', 'ipmitool'] : ['blkdiscard']) {
    const path = await findProgram(name);
    if (path) programs.push(...(await programWithLibraries(await realpath(path), `usr/bin/${name}`)));
    else log(`${name} is not installed on this host: the ramdisk does without it`);
  }
  return [
    text('init', INIT_SCRIPT, 0o755),
    text('etc/udhcpc.script', UDHCPC_SCRIPT, 0o755),
    text('etc/modules', `${ALWAYS[flavor].join('\n')}\n`),
    text('etc/passwd', 'root:x:0:0::/:/bin/false\n'),
    text('etc/group', 'root:x:0:\n'),
    text('etc/hosts', '127.0.0.1 localhost\n::1 localhost\n'),
    ...(flavor === 'hardware' ? [text('etc/hardware', '')] : []),
    { path: 'agent/agent.cjs', kind: 'file', mode: 0o644, data: agent },
    { path: 'bin/busybox', kind: 'file', mode: 0o755, data: await staticBusybox(workDir, log) },
    // The kernel opens it for init before anything is mounted.
    { path: 'dev/console', kind: 'device', major: 5, minor: 1, mode: 0o600 },
    ...['proc/.keep', 'sys/.keep', 'tmp/.keep'].map((path) => text(path, '')),
    ...programs,
  ];
}

function unique(entries: CpioEntry[]): CpioEntry[] {
  return [...new Map(entries.map((entry) => [entry.path, entry])).values()];
}

/** Changes when anything that goes into the ramdisk changes. */
async function inputKey(flavor: Flavor, choice: KernelChoice, level: number, agent: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([flavor, choice, level, INIT_SCRIPT, UDHCPC_SCRIPT, ALWAYS, process.version]));
  hash.update(agent);
  const files = [process.execPath, choice.installed ? `/boot/vmlinuz-${choice.version}` : null];
  files.push(...(await Promise.all(['busybox', 'blkdiscard', 'ipmitool', 'strip'].map(findProgram))));
  for (const path of files) {
    const facts = path ? await stat(path) : null;
    hash.update(`${path} ${facts?.size} ${facts?.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function readExisting(manifest: string, key: string): Promise<Ramdisk | null> {
  try {
    const { key: madeFrom, ...ramdisk } = JSON.parse(await readFile(manifest, 'utf8')) as Ramdisk & { key: string };
    const sizes = await Promise.all([stat(ramdisk.kernel), stat(ramdisk.initramfs)]);
    return madeFrom === key && sizes[1].size === ramdisk.bytes ? ramdisk : null;
  } catch {
    // No manifest, or files of it are gone: built anew.
    return null;
  }
}
