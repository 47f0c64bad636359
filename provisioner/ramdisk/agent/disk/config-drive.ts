import { gunzipSync } from 'node:zlib';
import { FabricError, messageOf } from '../../../../topology/error/fabric-error.ts';
import { type Disk, MIB } from './disk.ts';
import { addGptPartition, type Gpt, gptPartitions, readGpt, usableLbas, writeGpt } from './gpt.ts';
import { addMbrPartition, type Mbr, PROTECTIVE, readMbr } from './mbr.ts';

/** Ironic's own limit: larger config drives are refused. */
export const CONFIG_DRIVE_LIMIT = 64 * MIB;
const PARTITION_NAME = 'config-2';

/** Decodes the `configdrive` of a deploy step: base64 of a gzipped (or plain) ISO 9660 image. */
export function decodeConfigDrive(text: string): Buffer {
  const bytes = Buffer.from(text.replace(/\s+/g, ''), 'base64');
  let iso: Buffer = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      iso = gunzipSync(bytes, { maxOutputLength: CONFIG_DRIVE_LIMIT });
    } catch (cause) {
      throw new FabricError(
        'configdrive_invalid',
        `the config drive cannot be unpacked (${messageOf(cause)}); send base64 of a gzipped ISO 9660 image of at most 64 MiB`,
        { cause },
      );
    }
  }
  if (iso.length === 0 || iso.length > CONFIG_DRIVE_LIMIT) {
    throw new FabricError(
      'configdrive_invalid',
      `the config drive has ${iso.length} bytes; send base64 of a gzipped ISO 9660 image of 1 byte to 64 MiB`,
      { context: { bytes: iso.length } },
    );
  }
  return iso;
}

export interface ConfigDrivePlace {
  position: number;
  bytes: number;
  table: 'gpt' | 'mbr' | 'none';
}

/**
 * Lays `iso` at the very end of the disk. GPT and DOS disks get a partition for it (GPT: named config-2; an existing
 * config-2 partition that is large enough is used instead). An image without any partition table has the ISO in the
 * last whole MiBs of the disk, where only a reader that knows this finds it. Returns where it is.
 */
export async function writeConfigDrive(disk: Disk, iso: Uint8Array): Promise<ConfigDrivePlace> {
  const gpt = await readGpt(disk);
  const mbr = gpt ? null : await readMbr(disk);
  const place = gpt ? await placeInGpt(disk, gpt, iso.length) : await placeElsewhere(disk, mbr, iso.length);
  await disk.write(iso, place.position);
  await disk.flush();
  await verify(disk, iso, place);
  return place;
}

async function placeInGpt(disk: Disk, gpt: Gpt, bytes: number): Promise<ConfigDrivePlace> {
  const sector = disk.sectorBytes;
  const partitions = gptPartitions(gpt);
  const existing = partitions.find((one) => one.name === PARTITION_NAME);
  if (existing && (existing.lastLba - existing.firstLba + 1) * sector >= bytes) {
    return { position: existing.firstLba * sector, bytes, table: 'gpt' };
  }
  const usable = usableLbas(gpt, disk);
  const firstLba = alignedStart((usable.last + 1) * sector, bytes) / sector;
  const highest = partitions.reduce((high, one) => Math.max(high, one.lastLba), usable.first - 1);
  if (firstLba <= highest) throw noRoom(disk, bytes, highest * sector);
  addGptPartition(gpt, { firstLba, lastLba: usable.last, name: PARTITION_NAME });
  await writeGpt(disk, gpt);
  return { position: firstLba * sector, bytes, table: 'gpt' };
}

async function placeElsewhere(disk: Disk, mbr: Mbr | null, bytes: number): Promise<ConfigDrivePlace> {
  const sector = disk.sectorBytes;
  // A DOS table counts sectors in 32 bits: on larger disks the partition ends where the table can still reach.
  const sectors = Math.floor(disk.sizeBytes / sector);
  const end = mbr ? Math.min(sectors, 0xffffffff) * sector : disk.sizeBytes;
  const position = alignedStart(end, bytes);
  if (position < MIB) throw noRoom(disk, bytes, 0);
  if (!mbr || mbr.partitions.every((one) => one.type === PROTECTIVE)) return { position, bytes, table: 'none' };
  const highest = mbr.partitions.reduce((high, one) => Math.max(high, one.firstLba + one.sectors), 0);
  if (position / sector < highest) throw noRoom(disk, bytes, highest * sector);
  await addMbrPartition(disk, mbr, position / sector, end / sector - position / sector);
  return { position, bytes, table: 'mbr' };
}

/** The highest MiB boundary that leaves room for `bytes` before `end`. */
function alignedStart(end: number, bytes: number): number {
  return Math.floor((end - bytes) / MIB) * MIB;
}

async function verify(disk: Disk, iso: Uint8Array, place: ConfigDrivePlace): Promise<void> {
  await disk.dropCache();
  const back = Buffer.alloc(iso.length);
  await disk.read(back, place.position);
  if (!back.equals(iso)) {
    throw new FabricError(
      'disk_verify_failed',
      `the config drive reads back from ${disk.name} differently from what was written; the disk is failing, replace it`,
      { context: { disk: disk.name, position: place.position } },
    );
  }
}

function noRoom(disk: Disk, bytes: number, used: number): FabricError {
  return new FabricError(
    'disk_no_room',
    `the config drive (${bytes} bytes) does not fit behind the image on ${disk.name} (${disk.sizeBytes} bytes, image uses ${used}); use a larger disk or a smaller image`,
    { context: { disk: disk.name, bytes, used } },
  );
}
