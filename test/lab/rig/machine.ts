import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** Debian keeps the daemons in /usr/sbin, which is not in everybody's PATH. */
const PATH = [process.env.PATH, '/usr/sbin', '/sbin'].filter(Boolean).join(delimiter);

/** Program -> Debian package. */
const PROGRAMS: Record<string, string> = {
  ip: 'iproute2',
  ethtool: 'ethtool',
  ping: 'iputils-ping',
  tcpdump: 'tcpdump',
  socat: 'socat',
  ipmi_sim: 'openipmi',
  ipmitool: 'ipmitool',
  'ovs-vswitchd': 'openvswitch-switch',
  'ovs-ofctl': 'openvswitch-common',
  'qemu-system-x86_64': 'qemu-system-x86',
  'mkfs.vfat': 'dosfstools',
  mcopy: 'mtools',
  syslinux: 'syslinux',
  sfdisk: 'fdisk',
  'grub-mkstandalone': 'grub-common',
};
const FILES: Record<string, string> = {
  '/usr/share/OVMF/OVMF_CODE_4M.fd': 'ovmf',
  '/usr/lib/ipxe/snponly.efi': 'ipxe',
  '/usr/lib/syslinux/mbr/gptmbr.bin': 'syslinux-common',
  '/usr/lib/grub/x86_64-efi/moddep.lst': 'grub-efi-amd64-bin',
};

/** Why the lab cannot run here, or null. In CI it throws instead: nothing may be skipped there. */
export function labMissing(): string | null {
  const packages = [
    ...Object.entries(PROGRAMS).flatMap(([name, origin]) => (findProgram(name) ? [] : [origin])),
    ...Object.entries(FILES).flatMap(([path, origin]) => (existsSync(path) ? [] : [origin])),
  ];
  const reasons = [
    ...(packages.length > 0 ? [`packages missing (apt-get install ${[...new Set(packages)].join(' ')})`] : []),
    ...(process.getuid?.() !== 0 ? ['needs root for network namespaces'] : []),
    ...(existsSync('/dev/net/tun') ? [] : ['needs /dev/net/tun']),
  ];
  if (reasons.length === 0) return null;
  if (process.env.CI === 'true') throw new Error(`The lab cannot run: ${reasons.join('; ')}`);
  return reasons.join('; ');
}

function findProgram(name: string): boolean {
  return PATH.split(delimiter).some((directory) => existsSync(join(directory, name)));
}

const environment = { ...process.env, PATH, LC_ALL: 'C' };

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. */
export async function finish(program: string, args: readonly string[], timeoutMs = 60_000): Promise<Finished> {
  const child = spawn(program, [...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
  const result: Finished = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    result.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
  });
  [result.code] = (await once(child, 'close')) as [number | null];
  return result;
}

/** Runs a program that has to succeed; gives what it printed. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await finish(program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${(stderr || stdout).trim()}`);
  return stdout.trimEnd();
}

/** `ip` with its arguments as one line. */
export const ip = (command: string): Promise<string> => run('ip', command.split(' '));

export const inNamespace = (namespace: string, command: readonly string[]): string[] => [
  'netns',
  'exec',
  namespace,
  ...command,
];

export interface Service {
  process: ChildProcess;
  /** What it printed, on both streams. */
  log: string;
  running(): boolean;
  /** Ends it by its own process id: SIGTERM, and SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

/** A program in the foreground inside a namespace, its output in a file. `ip netns exec` becomes the program itself. */
export function startService(namespace: string, log: string, command: readonly string[]): Service {
  const output = openSync(log, 'a');
  const child = spawn('ip', inNamespace(namespace, command), { env: environment, stdio: ['ignore', output, output] });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const running = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    process: child,
    log,
    running,
    async stop(graceMs = 5_000) {
      if (!running()) return;
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** Looks until `probe` gives something; `service` ending meanwhile, or the time, is an error with its last words. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | null | false | undefined>,
  { timeoutMs = 30_000, everyMs = 100, service }: { timeoutMs?: number; everyMs?: number; service?: Service } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    const dead = service && !service.running();
    if (dead || Date.now() > deadline) {
      const words = service ? `\n${await tail(service.log)}` : '';
      throw new Error(`${what}: ${dead ? 'the program ended' : `not within ${timeoutMs / 1000} s`}${words}`);
    }
    await sleep(everyMs);
  }
}

export async function tail(path: string, bytes = 3_000): Promise<string> {
  const text = await readFile(path, 'latin1').catch((error) => String(error));
  // A console's cursor movements would garble the terminal of whoever reads this.
  return stripVTControlCharacters(text.slice(-bytes)).replaceAll('\r', '');
}
