import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { Disk } from './disk.ts';

/** UEFI 2.10 section 5.3: GUID partition table. LBAs are in the disk's logical sectors. */
export interface Gpt {
  header: Buffer;
  entries: Buffer;
  entryBytes: number;
  entryCount: number;
}

export interface GptPartition {
  index: number;
  firstLba: number;
  lastLba: number;
  name: string;
}

const SIGNATURE = 'EFI PART';
/** Linux filesystem data. */
const LINUX_DATA = '0FC63DAF-8483-4772-8E79-3D69D8477DE4';

const at = {
  headerBytes: 12,
  crc: 16,
  myLba: 24,
  alternateLba: 32,
  firstUsable: 40,
  lastUsable: 48,
  entriesLba: 72,
  entryCount: 80,
  entryBytes: 84,
  entriesCrc: 88,
} as const;

/**
 * Reads the primary GPT. null: there is none. A GPT that is damaged, or was made for another sector size than the
 * disk's, is a FabricError: such a disk would not boot.
 */
export async function readGpt(disk: Disk): Promise<Gpt | null> {
  const sector = disk.sectorBytes;
  if (disk.sizeBytes < 6 * 4096) return null;
  const head = Buffer.alloc(2 * 4096);
  await disk.read(head, 0);
  if (head.toString('latin1', sector, sector + 8) !== SIGNATURE) {
    for (const other of [512, 4096]) {
      if (other !== sector && head.toString('latin1', other, other + 8) === SIGNATURE) {
        throw new FabricError(
          'disk_sector_size',
          `the partition table on ${disk.name} was made for ${other}-byte sectors but the disk has ${sector}-byte sectors; use an image built for ${sector}-byte sectors`,
          { context: { disk: disk.name, image: other, sector } },
        );
      }
    }
    return null;
  }
  const header = Buffer.from(head.subarray(sector, sector * 2));
  const headerBytes = header.readUInt32LE(at.headerBytes);
  const entryCount = header.readUInt32LE(at.entryCount);
  const entryBytes = header.readUInt32LE(at.entryBytes);
  const size = entryCount * entryBytes;
  const entriesAt = Number(header.readBigUInt64LE(at.entriesLba)) * sector;
  if (headerBytes < 92 || headerBytes > sector || entryBytes < 128 || entryBytes % 8 || size > 1024 * 1024 || !size) {
    throw damaged(disk, 'its sizes are out of bounds');
  }
  if (entriesAt < 2 * sector || entriesAt + size > disk.sizeBytes) throw damaged(disk, 'its entries are off the disk');
  if (headerCrc(header) !== header.readUInt32LE(at.crc)) throw damaged(disk, 'the header checksum is wrong');
  const entries = Buffer.alloc(size);
  await disk.read(entries, entriesAt);
  if (crc32(entries) !== header.readUInt32LE(at.entriesCrc)) throw damaged(disk, 'the entries checksum is wrong');
  return { header, entries, entryBytes, entryCount };
}

/** The partitions in use, ascending by position in the table. */
export function gptPartitions(gpt: Gpt): GptPartition[] {
  const found: GptPartition[] = [];
  for (let index = 0; index < gpt.entryCount; index++) {
    const entry = gpt.entries.subarray(index * gpt.entryBytes, (index + 1) * gpt.entryBytes);
    if (entry.subarray(0, 16).every((byte) => byte === 0)) continue;
    const name = entry.toString('utf16le', 56, 128);
    const end = name.indexOf('\0');
    found.push({
      index,
      firstLba: Number(entry.readBigUInt64LE(32)),
      lastLba: Number(entry.readBigUInt64LE(40)),
      name: end < 0 ? name : name.slice(0, end),
    });
  }
  return found;
}

/** First and last LBA a partition may use once the backup table is at the end of the disk. */
export function usableLbas(gpt: Gpt, disk: Disk): { first: number; last: number } {
  const sectors = Math.floor(disk.sizeBytes / disk.sectorBytes);
  const entrySectors = Math.ceil(gpt.entries.length / disk.sectorBytes);
  return { first: Number(gpt.header.readBigUInt64LE(at.firstUsable)), last: sectors - entrySectors - 2 };
}

/** Adds a partition to the table in memory; FabricError `disk_no_room` when all entries are taken. */
export function addGptPartition(gpt: Gpt, partition: Omit<GptPartition, 'index'>): void {
  const taken = new Set(gptPartitions(gpt).map((one) => one.index));
  let index = 0;
  while (taken.has(index)) index++;
  if (index >= gpt.entryCount) {
    throw new FabricError(
      'disk_no_room',
      'the partition table of the image has no free entry; use an image with fewer',
    );
  }
  const entry = gpt.entries.subarray(index * gpt.entryBytes, (index + 1) * gpt.entryBytes);
  entry.fill(0);
  guidBytes(LINUX_DATA).copy(entry, 0);
  guidBytes(randomUUID()).copy(entry, 16);
  entry.writeBigUInt64LE(BigInt(partition.firstLba), 32);
  entry.writeBigUInt64LE(BigInt(partition.lastLba), 40);
  entry.write(partition.name.slice(0, 36), 56, 'utf16le');
}

/** Writes both copies, the backup in the disk's last sectors (where an image for a smaller disk does not have it). */
export async function writeGpt(disk: Disk, gpt: Gpt): Promise<void> {
  const sector = disk.sectorBytes;
  const lastLba = Math.floor(disk.sizeBytes / sector) - 1;
  const entrySectors = Math.ceil(gpt.entries.length / sector);
  const backupEntries = lastLba - entrySectors;
  const entriesLba = Number(gpt.header.readBigUInt64LE(at.entriesLba));
  const padded = Buffer.alloc(entrySectors * sector);
  gpt.entries.copy(padded);

  const primary = Buffer.from(gpt.header);
  primary.writeBigUInt64LE(BigInt(lastLba), at.alternateLba);
  primary.writeBigUInt64LE(BigInt(usableLbas(gpt, disk).last), at.lastUsable);
  primary.writeUInt32LE(crc32(gpt.entries), at.entriesCrc);
  primary.writeUInt32LE(headerCrc(primary), at.crc);
  const backup = Buffer.from(primary);
  backup.writeBigUInt64LE(BigInt(lastLba), at.myLba);
  backup.writeBigUInt64LE(1n, at.alternateLba);
  backup.writeBigUInt64LE(BigInt(backupEntries), at.entriesLba);
  backup.writeUInt32LE(headerCrc(backup), at.crc);

  // Backup first: a crash in between leaves the image's own, still valid primary table.
  await disk.write(padded, backupEntries * sector);
  await disk.write(backup, lastLba * sector);
  await disk.flush();
  await disk.write(padded, entriesLba * sector);
  await disk.write(primary, sector);
  await growProtectiveMbr(disk);
  await disk.flush();
  gpt.header = primary;
}

/** UEFI 5.2.3: the 0xEE record of the protective MBR covers the disk, 0xFFFFFFFF when it is too large for the field. */
async function growProtectiveMbr(disk: Disk): Promise<void> {
  const mbr = Buffer.alloc(disk.sectorBytes);
  await disk.read(mbr, 0);
  for (let offset = 446; offset < 510; offset += 16) {
    if (mbr[offset + 4] !== 0xee) continue;
    mbr.writeUInt32LE(Math.min(Math.floor(disk.sizeBytes / disk.sectorBytes) - 1, 0xffffffff), offset + 12);
    await disk.write(mbr, 0);
    return;
  }
}

function headerCrc(header: Buffer): number {
  const copy = Buffer.from(header.subarray(0, header.readUInt32LE(at.headerBytes)));
  copy.writeUInt32LE(0, at.crc);
  return crc32(copy);
}

/** Mixed-endian GUID: the first three fields are little-endian (UEFI appendix A). */
function guidBytes(guid: string): Buffer {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

function damaged(disk: Disk, reason: string): FabricError {
  return new FabricError(
    'disk_gpt_damaged',
    `the GPT partition table on ${disk.name} is damaged: ${reason}; build the image anew and check it with sfdisk --verify`,
    { context: { disk: disk.name } },
  );
}
