import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Agent, startAgent } from '../../../provisioner/ramdisk/agent/agent.ts';
import { openFileDisk } from '../../../provisioner/ramdisk/agent/disk/file-disk.ts';
import type { Hardware, Inventory } from '../../../provisioner/ramdisk/agent/hardware.ts';
import { CommandClient, type FakeConductor, NODE_UUID, startFakeConductor } from './fake-conductor.ts';
import { cleanStep, configDrive, gptImage, MIB, mbrImage, writeImageStep } from './test-image.ts';

const DISK = 32 * MIB;
let conductor: FakeConductor;
let directory: string;
let diskPath: string;
let agents: Agent[];
let acts: string[];

beforeEach(async () => {
  conductor = await startFakeConductor();
  directory = await mkdtemp(join(tmpdir(), 'switchyard-agent-'));
  diskPath = join(directory, 'disk');
  await writeFile(diskPath, Buffer.alloc(DISK, 0xa5));
  agents = [];
  acts = [];
});

afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  await conductor.close();
  await rm(directory, { recursive: true });
});

function inventory(): Inventory {
  return {
    interfaces: [{ name: 'eth0', mac_address: '52:54:00:aa:bb:01' } as Inventory['interfaces'][number]],
    disks: [{ name: '/dev/vda', model: 'file', size: DISK } as Inventory['disks'][number]],
    boot: { current_boot_mode: 'uefi', pxe_interface: '01-52-54-00-AA-BB-01' },
  } as Inventory;
}

function hardware(): Hardware {
  const act = (name: string) => async () => {
    acts.push(name);
  };
  return {
    inventory: async () => inventory(),
    lldp: async () => ({ eth0: [[1, '04aabbccddeeff']] }),
    openDisk: () => openFileDisk(diskPath, { name: '/dev/vda' }),
    sync: act('sync'),
    powerOff: act('powerOff'),
    reboot: act('reboot'),
    isolate: act('isolate'),
    logs: async () => [{ name: 'agent.log', data: Buffer.from('what happened\n') }],
  };
}

function start(options: Partial<Parameters<typeof startAgent>[0]> = {}): Agent {
  const agent = startAgent({
    hardware: hardware(),
    apiUrls: [conductor.url],
    listen: { address: '127.0.0.1', port: 0 },
    advertiseAddress: '127.0.0.1',
    lookupIntervalMs: 20,
    // Without hints a disk this small is not taken.
    rootDeviceHints: { name: '/dev/vda' },
    download: { retries: 3, retryDelayMs: 5 },
    ...options,
  });
  agents.push(agent);
  return agent;
}

const isHeartbeat = (request: { path: string }) => request.path === `/v1/heartbeat/${NODE_UUID}`;

async function ready(): Promise<CommandClient> {
  start();
  return new CommandClient(await conductor.next(isHeartbeat));
}

function serve(path: string, data: Buffer): string {
  conductor.files.set(path, data);
  return `${conductor.url}${path}`;
}

test('inspection, lookup and heartbeat come in this order and in their wire form', async () => {
  start({ inspectionUrl: `${conductor.url}/v1/continue_inspection` });
  const inspection = await conductor.next((request) => request.path === '/v1/continue_inspection');
  expect(inspection.headers['x-openstack-ironic-api-version']).toBeUndefined();
  expect(inspection.body).toMatchObject({
    error: null,
    boot_interface: '52:54:00:aa:bb:01',
    root_disk: { name: '/dev/vda' },
    lldp_raw: { eth0: [[1, '04aabbccddeeff']] },
  });
  const lookup = await conductor.next((request) => request.path.startsWith('/v1/lookup'));
  expect(lookup.path).toBe(`/v1/lookup?addresses=52:54:00:aa:bb:01&node_uuid=${NODE_UUID}`);
  expect(lookup.headers['x-openstack-ironic-api-version']).toBe('1.62');
  const heartbeat = await conductor.next(isHeartbeat);
  expect(heartbeat.headers['x-openstack-ironic-api-version']).toBe('1.68');
  expect(heartbeat.body).toMatchObject({
    callback_url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
    agent_token: conductor.token,
    agent_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    agent_verify_ca: expect.stringContaining('BEGIN CERTIFICATE'),
  });
});

test('hardware info holds the LLDP that each NIC heard, by which a moved cable is noticed', async () => {
  const agent = await ready();
  expect(await agent.succeed('poll.get_hardware_info')).toMatchObject({
    interfaces: [{ name: 'eth0', mac_address: '52:54:00:aa:bb:01', lldp: [[1, '04aabbccddeeff']] }],
  });
});

test('an image lands byte for byte, with GPT moved to the end and the config drive behind it', async () => {
  const agent = await ready();
  const image = gptImage(12);
  const drive = configDrive();
  const step = writeImageStep(serve('/image', image), image, drive.text);
  const result = await agent.succeed('deploy.execute_deploy_step', step);
  expect(result.deploy_step).toEqual(step.step);
  const disk = await readFile(diskPath);
  expect(disk.subarray(34 * 512, 11 * MIB).equals(image.subarray(34 * 512, 11 * MIB))).toBe(true);
  expect(disk.toString('latin1', DISK - 512, DISK - 504)).toBe('EFI PART');
  const entry = disk.subarray(1024 + 128, 1024 + 256);
  expect(entry.toString('utf16le', 56, 72)).toBe('config-2');
  const position = Number(entry.readBigUInt64LE(32)) * 512;
  expect(disk.subarray(position, position + drive.iso.length).equals(drive.iso)).toBe(true);
  // The last LBA that may be used: the backup table and header take the 33 sectors behind it.
  expect(Number(entry.readBigUInt64LE(40))).toBe(DISK / 512 - 34);
});

test('a DOS partition table gets a partition for the config drive, a bare image none', async () => {
  const agent = await ready();
  const drive = configDrive();
  const mbr = mbrImage(8);
  await agent.succeed('deploy.execute_deploy_step', writeImageStep(serve('/mbr', mbr), mbr, drive.text));
  let disk = await readFile(diskPath);
  const position = disk.readUInt32LE(446 + 16 + 8) * 512;
  expect(position).toBe(DISK - MIB);
  expect(disk.subarray(position, position + drive.iso.length).equals(drive.iso)).toBe(true);

  const blob = Buffer.alloc(5 * MIB + 777, 0x42);
  await agent.succeed('deploy.execute_deploy_step', writeImageStep(serve('/blob', blob), blob, drive.text));
  disk = await readFile(diskPath);
  expect(disk.subarray(0, blob.length).equals(blob)).toBe(true);
  expect(disk.subarray(DISK - MIB, DISK - MIB + drive.iso.length).equals(drive.iso)).toBe(true);
});

test('a connection that breaks twice is resumed where it stopped', async () => {
  const agent = await ready();
  const image = gptImage(6);
  conductor.cuts = [2 * MIB + 123, 4 * MIB];
  await agent.succeed('deploy.execute_deploy_step', writeImageStep(serve('/image', image), image));
  const disk = await readFile(diskPath);
  expect(disk.subarray(34 * 512, 5 * MIB).equals(image.subarray(34 * 512, 5 * MIB))).toBe(true);
});

test.each([
  ['a wrong checksum', { digest: '0'.repeat(64) }, 'image_checksum_mismatch', /correct the checksum/],
  ['an image larger than the disk', { mib: 40 }, 'disk_too_small', /larger|does not fit/],
  ['an image that is not there', { path: '/absent' }, 'image_refused', /answers 404/],
])('%s is refused and the disk does not boot', async (_name, wrong, code, words) => {
  const agent = await ready();
  const image = gptImage('mib' in wrong ? (wrong.mib ?? 4) : 4);
  const url = serve('/image', image).replace('/image', 'path' in wrong ? (wrong.path ?? '') : '/image');
  const step = writeImageStep(url, image, null, 'digest' in wrong ? wrong.digest : undefined);
  const { body } = await agent.command('deploy.execute_deploy_step', step);
  expect(body.command_status).toBe('FAILED');
  expect(body.command_error).toMatchObject({ type: code, message: expect.stringMatching(words) });
  expect((await readFile(diskPath)).subarray(0, MIB).equals(Buffer.alloc(MIB))).toBe(true);
});

test('qcow2, partition images and md5 are refused with what to do', async () => {
  const agent = await ready();
  const image = gptImage(4);
  for (const change of [{ disk_format: 'qcow2' }, { image_type: 'partition' }, { os_hash_algo: 'md5' }]) {
    const step = writeImageStep(serve('/image', image), image);
    Object.assign(step.step.args.image_info, change);
    const { body } = await agent.command('deploy.execute_deploy_step', step);
    expect(body.command_error?.type).toBe('image_invalid');
  }
  const disguised = Buffer.alloc(2 * MIB);
  disguised.write('QFI\xfb', 'latin1');
  const { body } = await agent.command('deploy.execute_deploy_step', writeImageStep(serve('/q', disguised), disguised));
  expect(body.command_error).toMatchObject({ type: 'image_invalid', message: expect.stringMatching(/qcow2/) });
});

test('erase_devices_metadata hides what was on the disk, erase_devices leaves only zeros', async () => {
  const agent = await ready();
  const image = gptImage(24);
  await agent.succeed('deploy.execute_deploy_step', writeImageStep(serve('/image', image), image));
  await agent.succeed('clean.execute_clean_step', cleanStep('erase_devices_metadata'));
  let disk = await readFile(diskPath);
  for (const [from, to] of [
    [0, 3 * MIB],
    [22 * MIB + MIB / 2, 23 * MIB],
    [DISK - 2 * MIB, DISK],
  ] as const) {
    expect(disk.subarray(from, to).equals(Buffer.alloc(to - from))).toBe(true);
  }
  expect(disk.subarray(8 * MIB, 9 * MIB).equals(image.subarray(8 * MIB, 9 * MIB))).toBe(true);
  const { clean_result } = await agent.succeed('clean.execute_clean_step', cleanStep('erase_devices'));
  expect(clean_result).toEqual({ '/dev/vda': `erased, ${DISK} of ${DISK} bytes read back as zeros` });
  disk = await readFile(diskPath);
  expect(disk.equals(Buffer.alloc(DISK))).toBe(true);
});

test('commands need the token; the status does not', async () => {
  const agent = await ready();
  expect((await agent.command('standby.sync', {}, true, 'wrong')).status).toBe(401);
  expect((await agent.request('GET', '/v1/commands/')).status).toBe(401);
  expect((await agent.request('GET', '/v1/status')).status).toBe(200);
  expect((await agent.request('GET', '/nothing')).status).toBe(404);
  expect((await agent.command('no.such')).status).toBe(404);
  expect((await agent.command('constructor')).status).toBe(404);
  expect((await agent.request('POST', `/v1/commands/?agent_token=${conductor.token}`, [])).status).toBe(400);
});

test('one command at a time, progress while it runs, an early heartbeat when it ends', async () => {
  const image = gptImage(8);
  conductor.cuts = [3 * MIB];
  // The retry delay keeps the command running long enough to be seen.
  start({ download: { retries: 3, retryDelayMs: 700 } });
  const agent = new CommandClient(await conductor.next(isHeartbeat));
  const url = serve('/image', image);
  const started = await agent.command('deploy.execute_deploy_step', writeImageStep(url, image), false);
  expect(started.body.command_status).toBe('RUNNING');
  const busy = await agent.command('standby.sync');
  expect(busy.status).toBe(409);
  expect(busy.body.faultstring).toMatch(/busy/);
  const list = `/v1/commands/?agent_token=${conductor.token}`;
  await expect
    .poll(async () => (await agent.request('GET', list)).body.commands[0]?.command_result)
    .toMatchObject({ progress: { phase: 'write', disk: '/dev/vda', total_bytes: image.length } });
  await conductor.next(isHeartbeat);
  const done = await agent.request('GET', list);
  expect(done.body.commands.map((one) => one.command_status)).toEqual(['SUCCEEDED']);
});

test('an outdated step list is a version mismatch', async () => {
  const agent = await ready();
  const step = { ...cleanStep('erase_devices_metadata'), clean_version: { other_manager: '9' } };
  expect((await agent.command('clean.execute_clean_step', step)).body.command_status).toBe('CLEAN_VERSION_MISMATCH');
  const { clean_steps, hardware_manager_version } = await agent.succeed('clean.get_clean_steps', {
    node: {},
    ports: [],
  });
  expect(clean_steps).toEqual({ GenericHardwareManager: [expect.any(Object), expect.any(Object)] });
  const right = { ...cleanStep('erase_devices_metadata'), clean_version: hardware_manager_version };
  await agent.succeed('clean.execute_clean_step', right);
});

test('power off happens after the answer; lockdown ends the agent', async () => {
  const agent = await ready();
  await agent.succeed('standby.power_off');
  await expect.poll(() => acts).toEqual(['sync', 'powerOff']);
  await agent.succeed('image.install_bootloader', { root_uuid: null });
  const { system_logs } = await agent.succeed('log.collect_system_logs');
  expect(gunzipSync(Buffer.from(String(system_logs), 'base64')).toString('latin1')).toContain('what happened');
  await agent.succeed('system.lockdown');
  await expect.poll(() => acts).toContain('isolate');
  await agents[0]?.finished;
  await expect(agent.request('GET', '/v1/status')).rejects.toThrow();
});

test.each([
  ['******', 'agent_token_taken'],
  ['short', 'agent_token_missing'],
])('a token %j from lookup ends the agent', async (token, code) => {
  conductor.token = token;
  await expect(start().finished).rejects.toMatchObject({ code });
});

test('lookup goes on until the conductor knows the machine, and to the next conductor of the list', async () => {
  const lookups = start({ apiUrls: ['http://127.0.0.1:9', conductor.url] });
  await conductor.next(isHeartbeat);
  await lookups.stop();
  const lost = start({ apiUrls: ['http://127.0.0.1:9'], lookupTimeoutMs: 100 });
  await expect(lost.finished).rejects.toMatchObject({ code: 'agent_lookup_failed' });
});
