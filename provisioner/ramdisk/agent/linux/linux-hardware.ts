import { access, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { Hardware, Inventory, LogFile } from '../hardware.ts';
import { listDisks, openBlockDevice } from './disks.ts';
import { redacted } from './kernel-parameters.ts';
import { listenLldp } from './lldp-listener.ts';
import { readBmc, readCpu, readMemory, readVendor } from './machine-facts.ts';
import { listNics } from './nics.ts';
import { runProgram } from './run-program.ts';

export interface LinuxHardwareOptions {
  bootif: string | null;
  log: (line: string) => void;
  /** What the agent logged so far. */
  agentLog: () => string;
}

/** The machine this process runs on, as root, in the ramdisk. */
export function linuxHardware(options: LinuxHardwareOptions): Hardware {
  // The BMC is asked once: each question through the system interface takes seconds on some boards.
  let bmc: ReturnType<typeof readBmc> | null = null;
  return {
    async inventory(): Promise<Inventory> {
      bmc ??= readBmc();
      return {
        interfaces: await listNics(),
        cpu: await readCpu(),
        disks: await listDisks(),
        memory: await readMemory(),
        ...(await bmc),
        ...(await readVendor()),
        boot: { current_boot_mode: await bootMode(), pxe_interface: options.bootif },
        hostname: hostname(),
      };
    },
    async lldp(timeoutMs, signal) {
      const nics = (await listNics()).map((nic) => nic.name);
      return listenLldp(nics, timeoutMs, signal, options.log);
    },
    openDisk: openBlockDevice,
    sync: () => must('sync', []),
    powerOff: () => must('poweroff', ['-f']),
    reboot: () => must('reboot', ['-f']),
    async isolate() {
      for (const { name } of await listNics()) await must('ip', ['link', 'set', name, 'down']);
    },
    logs: () => collectLogs(options.agentLog),
  };
}

async function bootMode(): Promise<'bios' | 'uefi'> {
  return access('/sys/firmware/efi').then(
    () => 'uefi',
    () => 'bios',
  );
}

async function must(program: string, args: string[]): Promise<void> {
  const { code, output } = await runProgram(program, args);
  if (code !== 0) {
    throw new FabricError(
      'machine_command_failed',
      `${program} failed: ${output.trim()}; use the BMC to power the server off or on`,
      { context: { program, code } },
    );
  }
}

async function collectLogs(agentLog: () => string): Promise<LogFile[]> {
  const outputs: Array<[string, Promise<string>]> = [
    ['agent.log', Promise.resolve(agentLog())],
    ['dmesg', outputOf('dmesg', [])],
    ['ip-addr', outputOf('ip', ['addr'])],
    ['ip-route', outputOf('ip', ['route'])],
    ['lsmod', outputOf('lsmod', [])],
    ['cmdline', contentOf('/proc/cmdline').then(redacted)],
    ['partitions', contentOf('/proc/partitions')],
    ['meminfo', contentOf('/proc/meminfo')],
    ['interrupts', contentOf('/proc/interrupts')],
  ];
  return Promise.all(outputs.map(async ([name, text]) => ({ name, data: Buffer.from(redacted(await text)) })));
}

const outputOf = async (program: string, args: string[]): Promise<string> => (await runProgram(program, args)).output;
const contentOf = (path: string): Promise<string> => readFile(path, 'utf8').catch((error) => String(error));
