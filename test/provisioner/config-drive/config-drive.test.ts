import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildConfigDrive } from '../../../provisioner/config-drive/build-config-drive.ts';
import { writeIso } from '../../../provisioner/config-drive/iso9660/write-iso.ts';
import { networkDataFor } from '../../../provisioner/config-drive/network-data.ts';
import { encodeConfigDrive, resolveConfigDrive } from '../../../provisioner/config-drive/resolve-config-drive.ts';

vi.setConfig({ testTimeout: 60_000 });
const inCi = process.env.CI === 'true';
const withProgram = (program: string) => test.skipIf(!inCi && spawnSync(program, ['--version']).error !== undefined);
const content = {
  metaData: { uuid: 'u1', name: 'web1', hostname: 'web1' },
  userData: '#cloud-config\npackages: [nginx]\n',
  networkData: networkDataFor([
    { kind: 'nic', macAddress: '52:54:00:00:00:01', addresses: [{ family: 4, method: 'dhcp' }] },
  ]),
  vendorData: { a: 1 },
};
const names = ['meta_data.json', 'network_data.json', 'user_data', 'vendor_data.json'];
const paths = ['2015-10-15', 'latest'].flatMap((version) => names.map((name) => `openstack/${version}/${name}`));

let dir = '';
let iso = '';
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'switchyard-config-drive-'));
  iso = path.join(dir, 'drive.iso');
  await writeFile(iso, buildConfigDrive(content));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const run = (program: string, args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('equal content gives equal bytes, and it is small', () => {
  const drive = buildConfigDrive(content);
  expect(drive.equals(buildConfigDrive(structuredClone(content)))).toBe(true);
  expect(drive.length % 2048).toBe(0);
  expect(drive.length).toBeLessThan(100_000);
});

withProgram('blkid')('blkid sees ISO 9660 labelled config-2', () => {
  expect(run('blkid', ['-p', '-o', 'export', iso])).toMatch(/LABEL=config-2\n[\s\S]*TYPE=iso9660/);
});

withProgram('bsdtar')('bsdtar lists and extracts every file', async () => {
  const listed = run('bsdtar', ['-tf', iso])
    .split('\n')
    .filter((line) => line.includes('.json') || line.endsWith('user_data'));
  expect(listed.sort()).toEqual([...paths].sort());
  run('bsdtar', ['-C', dir, '-xf', iso]);
  expect(await readFile(path.join(dir, 'openstack/latest/user_data'), 'utf8')).toBe(content.userData);
  expect(JSON.parse(await readFile(path.join(dir, 'openstack/2015-10-15/meta_data.json'), 'utf8'))).toEqual(
    content.metaData,
  );
});

withProgram('isoinfo').each(['-R', '-J'])('isoinfo reads the names and contents through %s', (flavour) => {
  const listed = run('isoinfo', ['-f', flavour, '-i', iso])
    .split('\n')
    .map((line) => line.replace(/;1$/, '').replace(/^\//, ''));
  expect(listed).toEqual(expect.arrayContaining(paths));
  const file = flavour === '-J' ? '/openstack/latest/meta_data.json;1' : '/openstack/latest/meta_data.json';
  const text =
    run('isoinfo', [flavour, '-i', iso, '-x', file]) ||
    run('isoinfo', [flavour, '-i', iso, '-x', file.replace(';1', '')]);
  expect(JSON.parse(text)).toEqual(content.metaData);
});

withProgram('xorriso')('xorriso finds a valid tree and nothing to complain of', () => {
  const result = spawnSync('xorriso', ['-indev', iso, '-find', '/', '-type', 'f'], { encoding: 'utf8' });
  expect(result.status).toBe(0);
  expect(
    result.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/^'\/|'$/g, ''))
      .sort(),
  ).toEqual([...paths].sort());
  expect(result.stderr).toContain("Volume id    : 'config-2'");
  expect(result.stderr).not.toMatch(/WARNING|SORRY|FAILURE/);
});

withProgram('bsdtar')('a directory of many files, long names and large contents holds', () => {
  const files = Array.from(
    { length: 200 },
    (_, n) =>
      [`openstack/content/a-rather-long-name-that-is-cut-in-the-primary-tree-${n}`, Buffer.alloc(n * 37, n)] as const,
  );
  const big = writeIso({ volumeId: 'x', files, when: new Date(0) });
  const listed = spawnSync('bsdtar', ['-tf', '-'], { input: big, encoding: 'utf8' }).stdout.split('\n');
  expect(listed).toEqual(expect.arrayContaining(files.map(([name]) => name)));
});

test('a drive that does not fit is refused', () => {
  expect(() => buildConfigDrive({ metaData: {}, userData: Buffer.alloc(65 * 2 ** 20) })).toThrow(
    expect.objectContaining({ code: 'config_drive_too_large' }),
  );
});

test('the three forms clients send end in the same drive', async () => {
  const defaults = { metaData: { uuid: 'u1', name: 'default' } };
  const built = (await resolveConfigDrive({ meta_data: { name: 'web1' }, user_data: { a: 1 } }, defaults))!;
  expect(built.image.equals(buildConfigDrive({ metaData: { uuid: 'u1', name: 'web1' }, userData: { a: 1 } }))).toBe(
    true,
  );
  const passed = (await resolveConfigDrive(built.encoded, defaults))!;
  expect(passed.image.equals(built.image)).toBe(true);
  const server = http.createServer((req, res) =>
    req.url === '/ok' ? res.end(built.encoded) : res.writeHead(404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect((await resolveConfigDrive(`${url}/ok`, defaults))!.image.equals(built.image)).toBe(true);
    await expect(resolveConfigDrive(`${url}/no`, defaults)).rejects.toMatchObject({
      code: 'config_drive_unreachable',
      retryable: false,
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  expect(await resolveConfigDrive(null, defaults)).toBe(null);
});

test.each([
  ['not base64 !', 'base64'],
  [Buffer.from('plain').toString('base64'), 'gzip'],
  [gzipSync(Buffer.alloc(100_000)).toString('base64'), 'neither ISO 9660 nor FAT'],
  [encodeConfigDrive(writeIso({ volumeId: 'cidata', files: [], when: new Date(0) })), '"cidata"'],
  [{ meta_data: 'x' }, 'meta_data'],
  [{ bogus: {} }, 'bogus'],
  [7, 'neither an object'],
])('a config drive that is none is refused and says why (%#)', async (input, why) => {
  await expect(resolveConfigDrive(input, { metaData: {} })).rejects.toMatchObject({
    code: 'config_drive_invalid',
    message: expect.stringContaining(why),
  });
});

test('a gzip bomb is stopped at the size of a config drive', async () => {
  const bomb = gzipSync(Buffer.alloc(65 * 2 ** 20)).toString('base64');
  await expect(resolveConfigDrive(bomb, { metaData: {} })).rejects.toMatchObject({ code: 'config_drive_too_large' });
});

test('network_data carries a bond with VLANs, addresses, routes and DNS', () => {
  const data = networkDataFor([
    {
      kind: 'bond',
      macAddress: '52-54-00-00-00-01',
      mode: '802.3ad',
      members: ['52:54:00:00:00:01', '52:54:00:00:00:02'],
      xmitHashPolicy: 'layer3+4',
      mtu: 9000,
      addresses: [{ family: 4, method: 'static', address: '192.0.2.7/26', gateway: '192.0.2.1', dns: ['192.0.2.53'] }],
      vlans: [{ vlanId: 70, addresses: [{ family: 6, method: 'static', address: '2001:db8::7/64' }], networkId: 'n2' }],
    },
  ]);
  expect(data.links.map(({ id, type }) => [id, type])).toEqual([
    ['phy0', 'phy'],
    ['phy1', 'phy'],
    ['bond0', 'bond'],
    ['vlan0', 'vlan'],
  ]);
  expect(data.links[2]).toMatchObject({
    bond_links: ['phy0', 'phy1'],
    bond_mode: '802.3ad',
    bond_xmit_hash_policy: 'layer3+4',
    mtu: 9000,
  });
  expect(data.links[3]).toMatchObject({ vlan_link: 'bond0', vlan_id: 70, vlan_mac_address: '52:54:00:00:00:01' });
  expect(data.networks[0]).toMatchObject({
    type: 'ipv4',
    link: 'bond0',
    ip_address: '192.0.2.7',
    netmask: '255.255.255.192',
    routes: [{ network: '0.0.0.0', netmask: '0.0.0.0', gateway: '192.0.2.1' }],
  });
  expect(data.networks[1]).toMatchObject({
    type: 'ipv6',
    link: 'vlan0',
    netmask: 'ffff:ffff:ffff:ffff:0:0:0:0',
    network_id: 'n2',
  });
  expect(data.services).toEqual([{ type: 'dns', address: '192.0.2.53' }]);
  const bad = (address: string) => () =>
    networkDataFor([
      { kind: 'nic', macAddress: '52:54:00:00:00:01', addresses: [{ family: 4, method: 'static', address }] },
    ]);
  for (const address of ['192.0.2.7', '192.0.2.7/33', '2001:db8::1/64', 'x'])
    expect(bad(address)).toThrow(expect.objectContaining({ code: 'config_drive_network_invalid' }));
});
