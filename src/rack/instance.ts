import { createHash } from 'node:crypto';
import { configDriveLabel } from '../../provisioner/config-drive/build-config-drive.ts';
import { MIB } from '../../provisioner/ramdisk/agent/disk/disk.ts';
import type { Nic } from './nic.ts';
import type { SparseDisk } from './sparse-disk.ts';

const ETHERTYPE = 0x88b5; // IEEE 802 local experimental
const HELLO_MS = 500;
const HEADER = 14;

/** ISO 9660 puts its volume descriptor, with the label, at 32 KiB. */
const LABEL_OFFSET = 32 * 1024 + 40;
/** A config drive is looked for in the disk's last 65 MiB. */
const TAIL = 65 * MIB;

export interface Instance {
  /** From the config drive; null without one. */
  hostname: string | null;
  /** sha256 of the first `bytes` of the disk, where an image of that size was written: see `withoutLaterPartitions`. */
  imageDigest(bytes: number): Promise<string>;
  /** MACs from which a frame arrived, with the VLAN of the switch port it came through. */
  heard: Map<string, number | null>;
  stop(): void;
}

/**
 * The tenant's system on a simulated server: reads its config drive and says hello on its network, over and over. Which
 * other machines hear that is what isolation means. Null: the disk has nothing to boot.
 */
export async function bootInstance(disk: SparseDisk, nics: Nic[]): Promise<Instance | null> {
  const first = Buffer.alloc(MIB);
  const handle = await disk.open('boot');
  try {
    await handle.read(first, 0);
    if (first.every((byte) => byte === 0)) return null;
  } finally {
    await handle.close();
  }
  const heard = new Map<string, number | null>();
  for (const nic of nics) {
    nic.onFrame = (frame) => {
      if (frame.length >= HEADER && frame.readUInt16BE(12) === ETHERTYPE) {
        heard.set(
          frame
            .subarray(6, 12)
            .toString('hex')
            .replace(/(..)(?!$)/g, '$1:'),
          nic.vlan(),
        );
      }
    };
  }
  const timer = setInterval(() => {
    for (const nic of nics) nic.send(hello(nic.mac));
  }, HELLO_MS);
  timer.unref();
  return {
    hostname: await hostnameOn(disk),
    imageDigest: (bytes) => digest(disk, bytes),
    heard,
    stop() {
      clearInterval(timer);
      for (const nic of nics) nic.onFrame = () => {};
    },
  };
}

function hello(mac: string): Buffer {
  const frame = Buffer.alloc(60);
  frame.fill(0xff, 0, 6);
  frame.write(mac.replaceAll(':', ''), 6, 'hex');
  frame.writeUInt16BE(ETHERTYPE, 12);
  return frame;
}

/** A config drive begins on a MiB, and the label says where. */
async function hostnameOn(disk: SparseDisk): Promise<string | null> {
  const handle = await disk.open('config drive');
  try {
    const label = Buffer.alloc(configDriveLabel.length);
    for (let start = disk.sizeBytes - MIB; start >= Math.max(0, disk.sizeBytes - TAIL); start -= MIB) {
      await handle.read(label, start + LABEL_OFFSET);
      if (label.toString('latin1') !== configDriveLabel) continue;
      const drive = Buffer.alloc(disk.sizeBytes - start);
      await handle.read(drive, start);
      return /"hostname":\s*"([^"]+)"/.exec(drive.toString('utf8'))?.[1] ?? null;
    }
    return null;
  } finally {
    await handle.close();
  }
}

async function digest(disk: SparseDisk, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  const handle = await disk.open('digest');
  try {
    const buffer = Buffer.alloc(MIB);
    for (let at = 0; at < bytes; at += MIB) {
      const part = buffer.subarray(0, Math.min(MIB, bytes - at));
      await handle.read(part, at);
      hash.update(at === 0 ? withoutLaterPartitions(part, bytes) : part);
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

/**
 * The one thing that may differ from the image: the DOS partition table has a record more, of the config drive, which
 * begins beyond the image.
 */
function withoutLaterPartitions(first: Buffer, imageBytes: number): Buffer {
  const image = Buffer.from(first);
  if (image.readUInt16LE(510) !== 0xaa55) return image;
  for (let record = 446; record < 510; record += 16) {
    if (image.readUInt32LE(record + 8) * 512 >= imageBytes) image.fill(0, record, record + 16);
  }
  return image;
}
