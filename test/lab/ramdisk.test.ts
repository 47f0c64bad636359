import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRamdisk, type Ramdisk } from '../../provisioner/ramdisk/build/build-ramdisk.ts';
import { buildFrame } from '../../topology/lldp/index.ts';
import {
  CommandClient,
  type FakeConductor,
  NODE_UUID,
  startFakeConductor,
} from '../provisioner/ramdisk/fake-conductor.ts';
import { cleanStep, configDrive, gptImage, MIB, writeImageStep } from '../provisioner/ramdisk/test-image.ts';

const QEMU = '/usr/bin/qemu-system-x86_64';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/switchyard-ramdisk', import.meta.url));
const DISK = 64 * MIB;
const missing = [QEMU].filter((path) => !existsSync(path));
const skip = missing.length > 0 && process.env.CI !== 'true';
if (skip) console.warn(`the ramdisk is not booted: ${missing.join(', ')} missing (apt install qemu-system-x86)`);

const MAC = '52:54:00:12:34:56';
/** Chassis id (MAC), port id (interface name), TTL, end. */
const LLDPDU = Buffer.from('020704aabbccddeeff040805457468312f313706020078' + '0000', 'hex');

let ramdisk: Ramdisk;
let conductor: FakeConductor;
let directory: string;
let qemu: ChildProcess | null = null;
let console_ = '';

beforeAll(async () => {
  if (skip) return;
  ramdisk = await buildRamdisk({ outDir: CACHE, flavor: 'virtio', compressionLevel: 1 });
  conductor = await startFakeConductor();
  directory = await mkdtemp(join(tmpdir(), 'switchyard-ramdisk-'));
});

afterAll(async () => {
  if (qemu && qemu.exitCode === null && qemu.signalCode === null) {
    const ended = new Promise((done) => qemu?.once('exit', done));
    qemu.kill('SIGKILL');
    await ended;
  }
  await conductor?.close();
  if (directory) await rm(directory, { recursive: true });
});

test.skipIf(skip)('the ramdisk boots, is inspected, writes an image, erases it and powers off', async () => {
  const diskPath = join(directory, 'disk.img');
  const residue = randomBytes(DISK);
  await writeFile(diskPath, residue);
  const [api, lldpIn, lldpOut] = [await freePort(), await freePort(), await freePort()];
  const started = Date.now();
  const exited = boot({ diskPath, api, lldpIn, lldpOut });
  const lldp = sendLldp(lldpIn);
  try {
    const wants = (path: string) => (request: { path: string }) => request.path.startsWith(path);
    const { body: report } = await conductor.next(wants('/v1/continue_inspection'), 240_000).catch(withConsole);
    const inspected = Date.now() - started;
    const inventory = report.inventory as Record<string, unknown> & { interfaces: unknown[]; disks: unknown[] };
    expect(report.error).toBeNull();
    expect(inventory.interfaces).toEqual([
      expect.objectContaining({ name: 'eth0', mac_address: MAC, ipv4_address: '10.0.2.15', has_carrier: true }),
      expect.objectContaining({ name: 'eth1', mac_address: '52:54:00:12:34:57', driver: 'virtio_net' }),
    ]);
    expect(inventory.disks).toEqual([
      expect.objectContaining({ name: '/dev/vda', size: DISK, serial: 'LABDISK', tran: 'virtio' }),
    ]);
    expect(inventory).toMatchObject({
      boot: { current_boot_mode: 'bios', pxe_interface: `01-${MAC.replaceAll(':', '-')}` },
      system_vendor: { product_name: 'LabServer', serial_number: 'LAB0001', manufacturer: 'Lab' },
      system_uuid: '00000000-0000-4000-8000-000000000001',
      cpu: { architecture: 'x86_64', count: 1 },
    });
    expect(report).toMatchObject({ boot_interface: MAC, root_disk: { name: '/dev/vda' } });
    expect((report.lldp_raw as Record<string, unknown>).eth1).toEqual([
      [1, '04aabbccddeeff'],
      [2, '05457468312f3137'],
      [3, '0078'],
      [0, ''],
    ]);

    const heartbeat = await conductor.next(wants(`/v1/heartbeat/${NODE_UUID}`), 120_000).catch(withConsole);
    expect(heartbeat.body.callback_url).toBe('https://10.0.2.15:9999');
    const booted = Date.now() - started;
    const agent = new CommandClient(heartbeat, api);

    await agent.succeed('clean.execute_clean_step', cleanStep('erase_devices_metadata')).catch(withConsole);
    const image = gptImage(24);
    const drive = configDrive();
    conductor.files.set('/image.raw', image);
    const url = `http://10.0.2.2:${conductor.port}/image.raw`;
    await agent.succeed('deploy.execute_deploy_step', writeImageStep(url, image, drive.text)).catch(withConsole);
    await agent.succeed('standby.sync');

    const written = await readFile(diskPath);
    // The partition table is the only part of the image that the disk's size changes.
    expect(written.subarray(34 * 512, 23 * MIB).equals(image.subarray(34 * 512, 23 * MIB))).toBe(true);
    const table = await run('/usr/sbin/sfdisk', ['--verify', diskPath]);
    expect(table).toMatchObject({ code: 0, output: expect.stringContaining('No errors detected') });
    const layout = JSON.parse((await run('/usr/sbin/sfdisk', ['--json', diskPath])).output) as {
      partitiontable: { partitions: Array<{ name: string; start: number; size: number }> };
    };
    const config = layout.partitiontable.partitions.find((one) => one.name === 'config-2');
    const position = (config?.start ?? 0) * 512;
    expect(written.subarray(position, position + drive.iso.length).equals(drive.iso)).toBe(true);

    const logs = await agent.succeed('log.collect_system_logs');
    expect(gunzipSync(Buffer.from(String(logs.system_logs), 'base64')).toString('latin1')).toContain('Linux version');
    await agent.succeed('clean.execute_clean_step', cleanStep('erase_devices')).catch(withConsole);
    await agent.succeed('standby.sync');
    expect((await readFile(diskPath)).equals(Buffer.alloc(DISK))).toBe(true);

    await agent.succeed('standby.power_off');
    expect(await exited).toBe(0);
    console.log(
      `ramdisk: ${ramdisk.bytes} bytes, inspected after ${inspected} ms, heartbeat after ${booted} ms, off after ${Date.now() - started} ms`,
    );
  } finally {
    lldp.stop();
  }
});

/** Starts the machine; the promise is QEMU's exit status. */
function boot(options: { diskPath: string; api: number; lldpIn: number; lldpOut: number }): Promise<number | null> {
  const url = `http://10.0.2.2:${conductor.port}`;
  const parameters = [
    `ipa-api-url=${url}`,
    `ipa-inspection-callback-url=${url}/v1/continue_inspection`,
    `BOOTIF=01-${MAC.replaceAll(':', '-')}`,
    'ipa-lldp-timeout=5',
    'console=ttyS0,115200',
    'quiet',
    'mitigations=off',
  ];
  const udp = (port: number, side: string) => `${side}.type=inet,${side}.host=127.0.0.1,${side}.port=${port}`;
  const child = spawn(
    QEMU,
    [
      ...[
        '-machine',
        'q35,accel=tcg',
        '-cpu',
        'max,erms=off,fsrm=off,la57=off',
        '-m',
        '768',
        '-display',
        'none',
        '-nodefaults',
      ],
      ...['-no-reboot', '-serial', 'stdio'],
      ...['-uuid', '00000000-0000-4000-8000-000000000001'],
      ...['-smbios', 'type=1,manufacturer=Lab,product=LabServer,serial=LAB0001'],
      ...['-kernel', ramdisk.kernel, '-initrd', ramdisk.initramfs, '-append', parameters.join(' ')],
      ...['-netdev', `user,id=n0,hostfwd=tcp:127.0.0.1:${options.api}-:9999`],
      ...['-device', `virtio-net-pci,netdev=n0,mac=${MAC}`],
      ...['-netdev', `dgram,id=n1,${udp(options.lldpIn, 'local')},${udp(options.lldpOut, 'remote')}`],
      ...['-device', 'virtio-net-pci,netdev=n1,mac=52:54:00:12:34:57'],
      ...['-drive', `if=none,id=d0,file=${options.diskPath},format=raw,cache=writethrough`],
      ...['-device', 'virtio-blk-pci,drive=d0,serial=LABDISK'],
      ...['-object', 'rng-random,id=r0,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=r0'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  qemu = child;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      console_ += text;
    });
  }
  return new Promise((done) => child.once('exit', done));
}

/** The switch at the other end of the second NIC's cable. */
function sendLldp(port: number): { stop: () => void } {
  const socket = createSocket('udp4');
  const frame = buildFrame({ source: 'aa:bb:cc:dd:ee:ff', payload: LLDPDU });
  socket.on('error', () => {
    // Nobody listens while QEMU starts and after it ended.
  });
  const timer = setInterval(() => socket.send(frame, port, '127.0.0.1'), 500);
  return {
    stop: () => {
      clearInterval(timer);
      socket.close();
    },
  };
}

function withConsole(error: Error): never {
  throw new Error(`${error.message}\n--- console ---\n${console_.slice(-6000)}`, { cause: error });
}

function run(program: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((done) => child.once('close', (code) => done({ code, output })));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
