import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { ConfigFile } from '../../config/schema.ts';

/** VLANs and subnets of the demo. Everything is inside 127.0.0.0/8, so it needs no privilege and leaves no machine. */
export const ROLE_NETWORKS = [
  { role: 'inspection', vlan: 100, subnet: '127.77.100.0/24', gateway: '127.77.100.1' },
  { role: 'provisioning', vlan: 101, subnet: '127.77.101.0/24', gateway: '127.77.101.1' },
  { role: 'cleaning', vlan: 102, subnet: '127.77.102.0/24', gateway: '127.77.102.1' },
] as const;
export const IDLE_VLAN = 999;
export const TENANTS = [
  { project: 'blue', network: 'blue-net', vlan: 200 },
  { project: 'green', network: 'green-net', vlan: 201 },
] as const;
export const MANAGED_VLANS = '100-102,200-299,999';

/** Where the controller's DHCP and boot servers answer; the rack's router leads there. */
const CONTROLLER_ADDRESS = '127.77.0.1';
const API_PORT = 6385;

export async function demoConfig(directory: string): Promise<{ config: ConfigFile; dhcpPort: number }> {
  const dhcpPort = await freeUdpPort(CONTROLLER_ADDRESS);
  const kernel = path.join(directory, 'virtual-kernel');
  const initramfs = path.join(directory, 'virtual-initramfs');
  await writeFile(kernel, 'kernel of the virtual rack: its firmware runs the deploy agent itself\n');
  await writeFile(initramfs, 'initramfs of the virtual rack\n');
  const config: ConfigFile = {
    dataDir: path.join(directory, 'data'),
    conductorName: 'demo',
    logLevel: 'warn',
    api: { host: '127.0.0.1', port: (await isFree(API_PORT)) ? API_PORT : 0 },
    provisioner: {
      dhcp: {
        enabled: true,
        mode: 'relay',
        address: CONTROLLER_ADDRESS,
        port: dhcpPort,
        scopes: ROLE_NETWORKS.map(({ role, subnet }) => ({
          name: role,
          role,
          subnet,
          range: { first: subnet.replace('.0/24', '.10'), last: subnet.replace('.0/24', '.250') },
          serverAddress: CONTROLLER_ADDRESS,
        })),
      },
      http: { address: CONTROLLER_ADDRESS, port: 0 },
      ramdisk: { kernel, initramfs },
      imageDirectories: [directory],
    },
  };
  return { config, dhcpPort };
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
