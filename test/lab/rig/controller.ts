import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRamdisk } from '../../../provisioner/ramdisk/build/build-ramdisk.ts';
import type { ConfigFile } from '../../../src/config/schema.ts';
import { type TenantImage, tenantImage } from '../image/tenant-image.ts';
import { type ApiClient, apiClient } from './api.ts';
import { startService, tail, until } from './machine.ts';
import type { Rack } from './rack.ts';
import { MANAGED_VLANS, ROLE_VLANS, TENANT_VLANS } from './vlans.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const RAMDISK_CACHE = join(ROOT, 'node_modules/.cache/switchyard-ramdisk');
const API_PORT = 6385;

export interface LabController {
  api: ApiClient;
  image: TenantImage;
}

/** `switchyard serve` inside the rack, with its networks and its switch registered as an operator would do it. */
export async function startLabController(rack: Rack): Promise<LabController> {
  const [ramdisk, image] = await Promise.all([
    buildRamdisk({ outDir: RAMDISK_CACHE, flavor: 'virtio', compressionLevel: 1 }),
    tenantImage(),
  ]);
  const dataDir = join(rack.dir, 'data');
  await mkdir(dataDir);
  await chmod(dataDir, 0o711);
  const config: ConfigFile = {
    dataDir,
    logLevel: 'debug',
    api: { port: API_PORT },
    provisioner: {
      dhcp: {
        enabled: true,
        scopes: ROLE_VLANS.flatMap((vlan) => ('prefix' in vlan ? [scopeOf(vlan)] : [])),
      },
      tftp: { enabled: true },
      http: { address: '0.0.0.0' },
      ramdisk: { kernel: ramdisk.kernel, initramfs: ramdisk.initramfs, kernelParams: 'console=ttyS0,115200' },
      imageDirectories: [dirname(image.path)],
    },
    lifecycle: { inspectWaitSeconds: 1500, cleanWaitSeconds: 1500, deployWaitSeconds: 1500 },
  };
  // JSON is YAML.
  const configFile = join(rack.dir, 'switchyard.yaml');
  await writeFile(configFile, JSON.stringify(config, null, 2));

  const launch = [process.execPath, join(ROOT, 'src/main/launch.cjs'), 'serve', '--config', configFile];
  const service = startService(rack.namespace, join(rack.dir, 'controller.log'), launch);
  rack.adopt({
    async stop() {
      // It ends its database and saves what is to be saved.
      await service.stop(30_000);
      const { exitCode, signalCode } = service.process;
      if (exitCode !== 0)
        throw new Error(`The controller ended with ${exitCode ?? signalCode}: ${await tail(service.log)}`);
    },
  });
  const socket = join(rack.dir, 'api.sock');
  const relay = ['socat', `UNIX-LISTEN:${socket},fork`, `TCP:127.0.0.1:${API_PORT}`];
  rack.adopt(startService(rack.namespace, join(rack.dir, 'socat.log'), relay));
  const api = apiClient(socket);
  const answers = () => api.get('/v1').catch(() => null);
  await until('the controller answers', answers, { service, timeoutMs: 120_000, everyMs: 200 });

  await api.send('POST', '/fabric/v1/switches', {
    name: 'rack-switch',
    platform: 'ovs',
    options: { remote: rack.remote, bridge: rack.bridge },
    managed_ports: rack.serverPorts,
    managed_vlans: MANAGED_VLANS,
    rest_policy: 'inspection',
  });
  for (const vlan of ROLE_VLANS) {
    await api.send('POST', '/fabric/v1/networks', { name: vlan.name, role: vlan.role, segmentation_id: vlan.vlan });
  }
  for (const { name, vlan, prefix } of TENANT_VLANS) {
    await api.send('POST', '/fabric/v1/networks', {
      name,
      project_id: name,
      segmentation_id: vlan,
      subnet: { cidr: `${prefix}.0/24` },
    });
  }
  return { api, image };
}

function scopeOf({
  name,
  role,
  prefix,
}: {
  name: string;
  role: 'inspection' | 'provisioning' | 'cleaning';
  prefix: string;
}) {
  return {
    name,
    role,
    interface: name,
    subnet: `${prefix}.0/24`,
    range: { first: `${prefix}.100`, last: `${prefix}.199` },
    serverAddress: `${prefix}.1`,
  };
}
