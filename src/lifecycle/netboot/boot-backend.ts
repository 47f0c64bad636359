import path from 'node:path';
import { sameUuid } from '../../../provisioner/bmc/same-uuid.ts';
import { agentKernelParams } from '../../../provisioner/boot/agent-params.ts';
import type { KernelParams } from '../../../provisioner/boot/kernel-params.ts';
import type { BootScript } from '../../../provisioner/boot/script.ts';
import type { BootBackend } from '../../../provisioner/http-boot/server.ts';
import type { Db } from '../../store/store.ts';
import { RAMDISK_STATES } from '../states.ts';

export interface BootBackendOptions {
  db: Db;
  ramdisk: { kernel?: string; initramfs?: string; kernelParams: string };
  /** Base URL of this controller's provisioner HTTP server for a client at that address; null: of no scope of ours. */
  baseFor(remoteAddress: string): string | null;
  /** Directory of the image cache. */
  imageDirectory: string;
}

const KERNEL = 'ramdisk/kernel';
const INITRAMFS = 'ramdisk/initramfs';
/** A whole image in the cache; parts of one have other names. */
const IMAGE = /^images\/([0-9a-f]{40}-(?:raw|qcow2)\.raw)$/;
/** A machine nobody waits for asks again after this; it may be enrolled meanwhile. */
const WAIT_SECONDS = 10;

/** Where an agent fetches a cached image. */
export const imageUrl = (base: string, cachedPath: string): string =>
  `${base}/files/images/${path.basename(cachedPath)}`;

/** Says what a machine that boots from the network gets: our ramdisk while its node is being worked on. */
export function createBootBackend(options: BootBackendOptions): BootBackend {
  return {
    async scriptFor({ mac, uuid, remoteAddress }) {
      const base = options.baseFor(remoteAddress);
      if (base === null) return null;
      const node = await nodeFor(options.db, mac, uuid);
      if (node && !RAMDISK_STATES.includes(node.provision_state as never)) return { action: 'local-disk' };
      if (!node && !(await anybodyInspected(options.db))) return { action: 'wait', seconds: WAIT_SECONDS };
      return ramdiskScript(options, base, mac, node);
    },
    async fileFor(name) {
      if (name === KERNEL && options.ramdisk.kernel) return { path: options.ramdisk.kernel };
      if (name === INITRAMFS && options.ramdisk.initramfs) return { path: options.ramdisk.initramfs };
      const image = IMAGE.exec(name)?.[1];
      return image === undefined ? null : { path: path.join(options.imageDirectory, image) };
    },
  };
}

interface BootingNode {
  provision_state: string;
  properties: Record<string, unknown>;
}

function ramdiskScript(
  { ramdisk }: BootBackendOptions,
  base: string,
  mac: string | null,
  node: BootingNode | null,
): BootScript {
  if (!ramdisk.kernel) return { action: 'wait', seconds: WAIT_SECONDS };
  const inspecting = node === null || node.provision_state.startsWith('inspect');
  const hints = node?.properties.root_device;
  const params = agentKernelParams({
    apiUrl: base,
    ...(inspecting ? { inspectionCallbackUrl: `${base}/v1/continue_inspection` } : {}),
    ...(mac ? { mac } : {}),
    collectLldp: true,
    ...(hints && typeof hints === 'object' ? { rootDevice: hints as Record<string, string> } : {}),
    extra: splitParams(ramdisk.kernelParams),
  });
  return {
    action: 'boot',
    kernel: `${base}/files/${KERNEL}`,
    initrd: ramdisk.initramfs ? `${base}/files/${INITRAMFS}` : null,
    params,
  };
}

/** `console=ttyS0 quiet console=tty0`: a word without `=` is a flag, a name given twice keeps both values. */
function splitParams(line: string): KernelParams {
  const params: Record<string, true | string[]> = {};
  for (const word of line.split(/\s+/).filter((part) => part !== '')) {
    const [, name = word, value] = /^([^=]+)=(.*)$/.exec(word) ?? [];
    const known = params[name];
    params[name] = value === undefined ? true : Array.isArray(known) ? [...known, value] : [value];
  }
  return params;
}

/** By MAC once there are ports, before that by the SMBIOS UUID that the BMC told us. */
async function nodeFor(db: Db, mac: string | null, uuid: string | null): Promise<BootingNode | null> {
  if (mac !== null) {
    const byMac = await db
      .selectFrom('port')
      .innerJoin('node', 'node.uuid', 'port.node_uuid')
      .select(['node.provision_state', 'node.properties'])
      .where('port.address', '=', mac)
      .executeTakeFirst();
    if (byMac) return byMac;
  }
  if (uuid === null) return null;
  const waiting = await db
    .selectFrom('node')
    .select(['provision_state', 'properties', 'driver_internal_info'])
    .where('provision_state', 'in', ['inspecting', 'inspect wait'])
    .execute();
  const known = (value: unknown) => typeof value === 'string' && sameUuid(value, uuid);
  return waiting.find((node) => known(node.driver_internal_info.system_uuid)) ?? null;
}

/** A stranger on the inspection network is let in only while somebody is being looked for. */
async function anybodyInspected(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('node')
    .select('uuid')
    .where('provision_state', 'in', ['inspecting', 'inspect wait'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
