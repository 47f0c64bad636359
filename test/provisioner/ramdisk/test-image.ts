import { createHash, randomBytes } from 'node:crypto';
import { crc32, gzipSync } from 'node:zlib';

export const MIB = 1024 * 1024;

/** An image of `mib` MiB with one partition over all of it, random content. */
export function gptImage(mib: number): Buffer {
  const image = randomBytes(mib * MIB);
  const lastLba = image.length / 512 - 1;
  image.fill(0, 0, 34 * 512);
  image.fill(0, image.length - 33 * 512);
  image.set([0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff], 446);
  image.writeUInt32LE(1, 454);
  image.writeUInt32LE(lastLba, 458);
  image.writeUInt16LE(0xaa55, 510);
  const entries = Buffer.alloc(128 * 128);
  entries.set(randomBytes(32), 0);
  entries.writeBigUInt64LE(2048n, 32);
  entries.writeBigUInt64LE(BigInt(lastLba - 34), 40);
  entries.write('root', 56, 'utf16le');
  const header = (mine: number, other: number, table: number): Buffer => {
    const bytes = Buffer.alloc(512);
    bytes.write('EFI PART\0\0\x01\0\x5c\0\0\0', 'latin1');
    bytes.writeBigUInt64LE(BigInt(mine), 24);
    bytes.writeBigUInt64LE(BigInt(other), 32);
    bytes.writeBigUInt64LE(34n, 40);
    bytes.writeBigUInt64LE(BigInt(lastLba - 33), 48);
    bytes.set(randomBytes(16), 56);
    bytes.writeBigUInt64LE(BigInt(table), 72);
    bytes.writeUInt32LE(128, 80);
    bytes.writeUInt32LE(128, 84);
    bytes.writeUInt32LE(crc32(entries), 88);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 92)), 16);
    return bytes;
  };
  header(1, lastLba, 2).copy(image, 512);
  entries.copy(image, 1024);
  entries.copy(image, (lastLba - 32) * 512);
  header(lastLba, 1, lastLba - 32).copy(image, lastLba * 512);
  return image;
}

/** An image of `mib` MiB with a DOS partition table of one partition. */
export function mbrImage(mib: number): Buffer {
  const image = randomBytes(mib * MIB);
  image.fill(0, 446, 510);
  image[450] = 0x83;
  image.writeUInt32LE(2048, 454);
  image.writeUInt32LE(image.length / 512 - 2048, 458);
  image.writeUInt16LE(0xaa55, 510);
  return image;
}

/** A config drive as Ironic sends it, and its bytes. */
export function configDrive(bytes = 300 * 1024): { iso: Buffer; text: string } {
  const iso = randomBytes(bytes);
  return { iso, text: gzipSync(iso).toString('base64') };
}

export function writeImageStep(url: string, image: Buffer, configdrive: string | null = null, digest = sha256(image)) {
  const image_info = {
    id: 'test-image',
    urls: [url],
    disk_format: 'raw',
    container_format: null,
    stream_raw_images: true,
    os_hash_algo: 'sha256',
    os_hash_value: digest,
    image_type: 'whole-disk',
  };
  return { step: { interface: 'deploy', step: 'write_image', args: { image_info, configdrive } }, node: {}, ports: [] };
}

export const cleanStep = (step: string) => ({ step: { interface: 'deploy', step, priority: 99 }, node: {}, ports: [] });
export const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
