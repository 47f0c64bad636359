import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BMC_PASSWORD, BMC_USER, ipmitool, startBmc } from './bmc.ts';
import { run, type Service } from './machine.ts';

/** The least that a root disk must have. */
const DISK_BYTES = 4 * 1024 ** 3;
const OVMF = '/usr/share/OVMF';

export type Firmware = 'bios' | 'uefi';

export interface ServerOptions {
  namespace: string;
  /** Directory of the rack. */
  dir: string;
  /** 1, 2, ... in the rack. */
  number: number;
  firmware: Firmware;
  /** Switch ports of its two NICs. */
  ports: readonly [string, string];
}

/** A server of the rack: QEMU without hardware acceleration, two virtio NICs, one disk, a BMC. Its power is the BMC's. */
export interface Server {
  name: string;
  firmware: Firmware;
  uuid: string;
  macs: readonly [string, string];
  diskFile: string;
  diskBytes: number;
  /** What its machine printed on the serial console. */
  consoleFile: string;
  /** What the operator of it knows. */
  driverInfo: Record<string, string | number>;
  /** Which switch ports its NICs hang on; a running machine notices at its next power-on. */
  plugInto(ports: readonly [string, string]): Promise<void>;
  ipmi(...command: string[]): ReturnType<typeof ipmitool>;
  powerIsOn(): Promise<boolean>;
  /** From now on the chassis refuses to change its power (or no more). */
  refusePower(refuses: boolean): Promise<void>;
  bmc: Service;
}

/** MAC of a NIC (1, 2) of a server of the rack. */
export const macOf = (server: number, nic: number): string => `52:54:00:1a:b0:${server}${nic}`;

export async function startServer(options: ServerOptions): Promise<Server> {
  const { namespace, number, firmware } = options;
  const name = `server${number}`;
  const dir = join(options.dir, name);
  const uuid = randomUUID();
  const macs = [macOf(number, 1), macOf(number, 2)] as const;
  const port = 6230 + number;
  const diskFile = join(dir, 'disk.raw');
  await mkdir(dir, { recursive: true });
  await writeFile(diskFile, '');
  await truncate(diskFile, DISK_BYTES);
  if (firmware === 'uefi') await copyFile(join(OVMF, 'OVMF_VARS_4M.fd'), join(dir, 'vars.fd'));
  const plugInto = (ports: readonly [string, string]) => writeArguments({ dir, name, uuid, firmware, macs, ports });
  await plugInto(options.ports);
  const bmc = await startBmc({ namespace, dir, port, uuid });
  const ipmi = (...command: string[]) => ipmitool(namespace, port, command);
  return {
    name,
    firmware,
    uuid,
    macs,
    diskFile,
    diskBytes: DISK_BYTES,
    consoleFile: join(dir, 'console.log'),
    driverInfo: {
      ipmi_address: '127.0.0.1',
      ipmi_port: port,
      ipmi_username: BMC_USER,
      ipmi_password: BMC_PASSWORD,
    },
    plugInto,
    ipmi,
    powerIsOn: async () => (await ipmi('chassis', 'power', 'status')).stdout.includes('is on'),
    refusePower: async (refuses) => {
      await run(refuses ? 'touch' : 'rm', [join(dir, 'refuse')]);
    },
    bmc,
  };
}

interface Machine {
  dir: string;
  name: string;
  uuid: string;
  firmware: Firmware;
  macs: readonly [string, string];
  ports: readonly [string, string];
}

/** One argument a line, a file for each boot order: the chassis program only has to choose one. */
async function writeArguments(machine: Machine): Promise<void> {
  for (const order of ['pxe', 'disk'] as const) {
    await writeFile(join(machine.dir, `${order}.args`), `${qemuArguments(machine, order).join('\n')}\n`);
  }
}

function qemuArguments({ dir, name, uuid, firmware, macs, ports }: Machine, order: 'pxe' | 'disk'): string[] {
  const [first, second] = order === 'pxe' ? [1, 2] : [2, 1];
  const flash = (file: string, more: string) => ['-drive', `if=pflash,format=raw,file=${file}${more}`];
  // vnet_hdr=off: the userspace switch reads frames with AF_PACKET, so their checksums must be complete on the wire.
  const nic = (index: 0 | 1, more: string) => [
    ...['-netdev', `tap,id=n${index},ifname=${ports[index]},script=no,downscript=no,vnet_hdr=off`],
    ...['-device', `virtio-net-pci,netdev=n${index},mac=${macs[index]}${more}`],
  ];
  return [
    // Without hardware acceleration `rep movsb` copies byte by byte; a kernel that is told it is fast uses it for everything.
    ...['-cpu', 'max,erms=off,fsrm=off,la57=off', '-name', name, '-machine', 'q35,accel=tcg', '-m', '768', '-smp', '1'],
    ...['-display', 'none', '-nodefaults', '-uuid', uuid],
    ...['-smbios', `type=1,manufacturer=Lab,product=LabServer,serial=${name}`],
    ...(firmware === 'uefi'
      ? [...flash(`${OVMF}/OVMF_CODE_4M.fd`, ',readonly=on'), ...flash(join(dir, 'vars.fd'), '')]
      : []),
    ...nic(0, `,bootindex=${first}`),
    // Only the first NIC boots from the network.
    ...nic(1, ',romfile='),
    // An erased disk takes no room on the host.
    ...[
      '-drive',
      `if=none,id=d0,file=${join(dir, 'disk.raw')},format=raw,cache=unsafe,discard=unmap,detect-zeroes=unmap`,
    ],
    ...['-device', `virtio-blk-pci,drive=d0,bootindex=${second},serial=DISK-${name}`],
    ...['-object', 'rng-random,id=r0,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=r0'],
    ...['-chardev', `file,id=c0,path=${join(dir, 'console.log')},append=on`, '-serial', 'chardev:c0'],
    ...['-monitor', `unix:${join(dir, 'monitor')},server=on,wait=off`],
    ...['-pidfile', join(dir, 'qemu.pid'), '-daemonize'],
  ];
}

/** Leaves what a former owner might have left: data at the start, in the middle and at the very end of the disk. */
export async function soilDisk(server: Server): Promise<void> {
  const residue = Buffer.alloc(1 << 20, "somebody else's data. ");
  const file = await open(server.diskFile, 'r+');
  try {
    for (const at of [0, server.diskBytes / 2, server.diskBytes - residue.length]) {
      await file.write(residue, 0, residue.length, at);
    }
  } finally {
    await file.close();
  }
}

/** Offset of the first byte of the disk that is not zero, or null: whatever the file holds is read, its holes are zeros. */
export async function firstByteOnDisk(server: Server): Promise<number | null> {
  const file = await open(server.diskFile, 'r');
  const chunk = Buffer.alloc(4 << 20);
  const zeros = Buffer.alloc(chunk.length);
  try {
    for (const { start, length } of await dataExtents(server.diskFile)) {
      for (let at = start; at < start + length; at += chunk.length) {
        const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, start + length - at), at);
        const part = chunk.subarray(0, bytesRead);
        if (!part.equals(zeros.subarray(0, bytesRead))) return at + part.findIndex((byte) => byte !== 0);
      }
    }
    return null;
  } finally {
    await file.close();
  }
}

interface Extent {
  start: number;
  length: number;
  data: boolean;
}

async function dataExtents(file: string): Promise<Extent[]> {
  // A running machine holds the file's lock.
  const map = await run('qemu-img', ['map', '--force-share', '--output=json', '-f', 'raw', file]);
  return (JSON.parse(map) as Extent[]).filter(({ data }) => data);
}
