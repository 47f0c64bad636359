import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { ConfigFile } from '../../config/schema.ts';
import type { RoutedNetwork } from '../../rack/router.ts';

/** The first two octets of every address: inside 127.0.0.0/8, so it needs no privilege and leaves no machine. */
export const DEMO_BLOCK = '127.77';
/** The third octet of such a network is its VLAN. */
export const ROLE_NETWORKS = [
  { role: 'inspection', vlan: 100 },
  { role: 'provisioning', vlan: 101 },
  { role: 'cleaning', vlan: 102 },
] as const;
export const IDLE_VLAN = 999;
export const TENANTS = [
  { project: 'blue', network: 'blue-net', vlan: 200 },
  { project: 'green', network: 'green-net', vlan: 201 },
] as const;
export const MANAGED_VLANS = '100-102,200-299,999';

const API_PORT = 6385;

/** Where the rack's router leads. */
export const routedNetworks = (block: string): RoutedNetwork[] =>
  ROLE_NETWORKS.map(({ vlan }) => ({ vlan, subnet: `${block}.${vlan}.0/24`, gateway: `${block}.${vlan}.1` }));

/** Of a controller whose DHCP and boot servers answer at `block`.0.1. */
export async function demoConfig(directory: string, block: string): Promise<ConfigFile> {
  const address = `${block}.0.1`;
  const kernel = path.join(directory, 'virtual-kernel');
  const initramfs = path.join(directory, 'virtual-initramfs');
  await writeFile(kernel, 'kernel of the virtual rack: its firmware runs the deploy agent itself\n');
  await writeFile(initramfs, 'initramfs of the virtual rack\n');
  return {
    dataDir: path.join(directory, 'data'),
    conductorName: 'demo',
    logLevel: 'warn',
    api: { host: '127.0.0.1', port: (await isFree(API_PORT)) ? API_PORT : 0 },
    provisioner: {
      dhcp: {
        enabled: true,
        mode: 'relay',
        address,
        port: await freeUdpPort(address),
        scopes: ROLE_NETWORKS.map(({ role, vlan }) => ({
          name: role,
          role,
          subnet: `${block}.${vlan}.0/24`,
          range: { first: `${block}.${vlan}.10`, last: `${block}.${vlan}.250` },
          serverAddress: address,
        })),
      },
      http: { address, port: 0 },
      ramdisk: { kernel, initramfs },
      imageDirectories: [directory],
    },
  };
}

const IMAGE_BYTES = 24 * 2 ** 20;
const SECTOR = 512;

/** A raw disk image: an MBR with one partition, and content that shows a wrong byte anywhere. */
export async function writeDemoImage(directory: string): Promise<{ source: string; sha256: string; bytes: number }> {
  const image = Buffer.alloc(IMAGE_BYTES);
  for (let at = 2048 * SECTOR; at < image.length; at += 4) image.writeUInt32LE((at * 2654435761) >>> 0, at);
  // One Linux partition from sector 2048 to the end (MBR entry at 446).
  image[446] = 0x80;
  image[450] = 0x83;
  image.writeUInt32LE(2048, 454);
  image.writeUInt32LE(IMAGE_BYTES / SECTOR - 2048, 458);
  image.writeUInt16LE(0xaa55, 510);
  const file = path.join(directory, 'demo-image.raw');
  await writeFile(file, image);
  return { source: `file://${file}`, sha256: createHash('sha256').update(image).digest('hex'), bytes: IMAGE_BYTES };
}

async function freeUdpPort(address: string): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, address, resolve);
  });
  const { port } = socket.address();
  await new Promise<void>((done) => socket.close(() => done()));
  return port;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
