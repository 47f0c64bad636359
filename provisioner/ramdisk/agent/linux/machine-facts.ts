import { readFile } from 'node:fs/promises';
import { arch, totalmem } from 'node:os';
import type { Inventory } from '../hardware.ts';
import { runProgram } from './run-program.ts';
import { attribute, entries } from './sysfs.ts';

const DMI = '/sys/class/dmi/id';
const ARCHITECTURES: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64' };

export async function readCpu(): Promise<Inventory['cpu']> {
  const text = await readFile('/proc/cpuinfo', 'utf8');
  const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(.+)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const sockets = new Set([...text.matchAll(/^physical id\s*:\s*(\d+)$/gm)].map((match) => match[1]));
  return {
    model_name: field('model name'),
    frequency: field('cpu MHz'),
    count: [...text.matchAll(/^processor\s*:/gm)].length,
    architecture: ARCHITECTURES[arch()] ?? arch(),
    flags: (field('flags') || field('Features')).split(/\s+/).filter((flag) => flag !== ''),
    socket_count: Math.max(1, sockets.size),
  };
}

export async function readMemory(): Promise<Inventory['memory']> {
  let physical = 0;
  for (const name of await entries('/sys/firmware/dmi/entries')) {
    if (!name.startsWith('17-')) continue;
    physical += moduleMib(await readFile(`/sys/firmware/dmi/entries/${name}/raw`).catch(() => Buffer.alloc(0)));
  }
  const total = totalmem();
  return { total, physical_mb: physical || Math.round(total / 1024 / 1024) };
}

/** SMBIOS 3.6 section 7.18 (memory device): size at 0x0c in MiB or KiB, 0x7fff means the extended size at 0x1c. */
function moduleMib(raw: Buffer): number {
  if (raw.length < 0x0e) return 0;
  const size = raw.readUInt16LE(0x0c);
  if (size === 0 || size === 0xffff) return 0;
  if (size === 0x7fff && raw.length >= 0x20) return raw.readUInt32LE(0x1c) & 0x7fffffff;
  return size & 0x8000 ? Math.floor((size & 0x7fff) / 1024) : size;
}

export async function readVendor(): Promise<Pick<Inventory, 'system_vendor' | 'system_uuid'>> {
  const dmi = async (name: string) => (await attribute(`${DMI}/${name}`)) ?? '';
  return {
    system_vendor: {
      product_name: await dmi('product_name'),
      serial_number: await dmi('product_serial'),
      manufacturer: await dmi('sys_vendor'),
      firmware: {
        vendor: await dmi('bios_vendor'),
        version: await dmi('bios_version'),
        build_date: await dmi('bios_date'),
      },
    },
    system_uuid: (await attribute(`${DMI}/product_uuid`))?.toLowerCase() ?? null,
  };
}

type BmcFacts = Pick<Inventory, 'bmc_address' | 'bmc_v6address' | 'bmc_mac'>;

/** The BMC's address as it tells through the system interface; nulls without one (or without ipmitool). */
export async function readBmc(): Promise<BmcFacts> {
  const none = { bmc_address: null, bmc_v6address: null, bmc_mac: null };
  if (!(await entries('/dev')).some((name) => /^ipmi\d+$/.test(name))) return none;
  // The LAN channel is 1 on most boards; others put it elsewhere among the 11 that may be one (IPMI 2.0 section 6.3).
  for (let channel = 1; channel <= 11; channel++) {
    const { code, output } = await runProgram('ipmitool', ['lan', 'print', String(channel)]);
    if (code === null) return none;
    const address = /^IP Address\s*:\s*(\d+\.\d+\.\d+\.\d+)\s*$/m.exec(output)?.[1];
    if (!address || address === '0.0.0.0') continue;
    const mac = /^MAC Address\s*:\s*([0-9a-f:]{17})\s*$/im.exec(output)?.[1]?.toLowerCase() ?? null;
    const six = await runProgram('ipmitool', ['lan6', 'print', String(channel)]);
    const v6 = /^\s+Address:\s+([0-9a-f:]*:[0-9a-f:]+)\/\d+\s*\n(?:.*\n)?\s+Status:\s+active/im.exec(six.output)?.[1];
    return { bmc_address: address, bmc_v6address: v6 && v6 !== '::' ? v6 : null, bmc_mac: mac };
  }
  return none;
}
