import { FabricError, isFabricError } from '../../../../topology/error/fabric-error.ts';
import { type Disk, MIB, type ProgressListener } from './disk.ts';
import { gptPartitions, readGpt } from './gpt.ts';
import { readMbr } from './mbr.ts';

interface Range {
  start: number;
  end: number;
}

/** What filesystems, LVM, RAID (md, DDF, vendor BIOS RAID) and ZFS leave at either end of a disk or partition. */
const EDGE = 2 * MIB;
/** btrfs keeps copies of its superblock here. */
const BTRFS_COPIES = [64 * MIB, 256 * 1024 * MIB];
/** Up to this size an erased disk is read back whole, above it in samples. */
const FULL_READ = 1024 * MIB;
const ENDS = 16 * MIB;
/** How many places are looked at finds a disk that erased only in part; how much at each hardly does. */
const SAMPLE = 4096;
const SAMPLE_EVERY = 8 * MIB;
const MOST_SAMPLES = 4096;
const ZEROS = Buffer.alloc(MIB);
const EXTENDED = new Set([0x05, 0x0f, 0x85]);

/**
 * Makes the disk look empty: partition tables and the signatures of filesystems, volume managers and RAID, on the disk
 * and on each partition, are overwritten with zeros and read back.
 */
export async function eraseMetadata(disk: Disk, onProgress: ProgressListener, signal: AbortSignal): Promise<void> {
  const partitions = await partitionRanges(disk);
  // The disk's own ends go last: while the partition table is there, an erase that was cut off can be repeated.
  const ranges = [...partitions, { start: 0, end: disk.sizeBytes }].flatMap((area) => signatureRanges(area));
  const total = ranges.reduce((sum, range) => sum + range.end - range.start, 0);
  let done = 0;
  for (const range of ranges) {
    signal.throwIfAborted();
    await disk.zero(range.start, range.end - range.start);
    done += range.end - range.start;
    onProgress({ phase: 'erase', disk: disk.name, done_bytes: done, total_bytes: total });
  }
  await disk.dropCache();
  const buffer = Buffer.allocUnsafe(MIB);
  for (const range of ranges) await expectZeros(disk, range, buffer, signal);
  await disk.rereadPartitions();
}

/** Overwrites the whole disk with zeros and reads it back; returns how many bytes were read back. */
export async function eraseDisk(disk: Disk, onProgress: ProgressListener, signal: AbortSignal): Promise<number> {
  const total = disk.sizeBytes;
  await disk.zero(0, total, (done) => {
    signal.throwIfAborted();
    onProgress({ phase: 'erase', disk: disk.name, done_bytes: done, total_bytes: total });
  });
  await disk.dropCache();
  const buffer = Buffer.allocUnsafe(MIB);
  let verified = 0;
  for (const range of readBackRanges(total)) {
    await expectZeros(disk, range, buffer, signal);
    verified += range.end - range.start;
    onProgress({ phase: 'verify', disk: disk.name, done_bytes: verified, total_bytes: null });
  }
  await disk.rereadPartitions();
  return verified;
}

/** The whole of a small disk; of a large one both ends and samples spread evenly. */
function readBackRanges(total: number): Range[] {
  if (total <= FULL_READ) return [{ start: 0, end: total }];
  const ranges = [
    { start: 0, end: ENDS },
    { start: total - ENDS, end: total },
  ];
  const step = Math.max(SAMPLE_EVERY, Math.floor(total / MOST_SAMPLES / SAMPLE) * SAMPLE);
  for (let start = step; start + SAMPLE <= total; start += step) ranges.push({ start, end: start + SAMPLE });
  return ranges;
}

function signatureRanges(area: Range): Range[] {
  const size = area.end - area.start;
  if (size <= 2 * EDGE) return [area];
  const ranges = [
    { start: area.start, end: area.start + EDGE },
    { start: area.end - EDGE, end: area.end },
  ];
  for (const copy of BTRFS_COPIES) {
    if (copy + EDGE < size) ranges.push({ start: area.start + copy, end: area.start + copy + 64 * 1024 });
  }
  return ranges;
}

/** Every partition of the disk in bytes, clipped to the disk; nothing when the table cannot be understood. */
async function partitionRanges(disk: Disk): Promise<Range[]> {
  const sector = disk.sectorBytes;
  const clip = (firstLba: number, sectors: number): Range[] => {
    const start = firstLba * sector;
    const end = Math.min(start + sectors * sector, disk.sizeBytes);
    return start > 0 && end > start ? [{ start, end }] : [];
  };
  try {
    const gpt = await readGpt(disk);
    if (gpt) return gptPartitions(gpt).flatMap((one) => clip(one.firstLba, one.lastLba - one.firstLba + 1));
  } catch (error) {
    // A damaged table says nothing reliable about partitions; its own place is erased all the same.
    if (!isFabricError(error, 'disk_gpt_damaged', 'disk_sector_size')) throw error;
    return [];
  }
  const mbr = await readMbr(disk);
  const ranges: Range[] = [];
  for (const one of mbr?.partitions ?? []) {
    ranges.push(...clip(one.firstLba, one.sectors));
    if (EXTENDED.has(one.type)) ranges.push(...(await logicalRanges(disk, one.firstLba, clip)));
  }
  return ranges;
}

/** Logical partitions: a chain of boot records inside the extended partition, each naming one partition and the next. */
async function logicalRanges(
  disk: Disk,
  extendedLba: number,
  clip: (firstLba: number, sectors: number) => Range[],
): Promise<Range[]> {
  const ranges: Range[] = [];
  const record = Buffer.alloc(disk.sectorBytes);
  let lba = extendedLba;
  for (let count = 0; count < 128 && (lba + 1) * disk.sectorBytes <= disk.sizeBytes; count++) {
    await disk.read(record, lba * disk.sectorBytes);
    if (record.readUInt16LE(510) !== 0xaa55) break;
    ranges.push(...clip(lba + record.readUInt32LE(446 + 8), record.readUInt32LE(446 + 12)));
    const next = record.readUInt32LE(462 + 8);
    if (next === 0) break;
    lba = extendedLba + next;
  }
  return ranges;
}

async function expectZeros(disk: Disk, range: Range, buffer: Buffer, signal: AbortSignal): Promise<void> {
  for (let position = range.start; position < range.end; position += buffer.length) {
    signal.throwIfAborted();
    const part = buffer.subarray(0, Math.min(buffer.length, range.end - position));
    await disk.read(part, position);
    if (!part.equals(ZEROS.subarray(0, part.length))) {
      throw new FabricError(
        'disk_erase_failed',
        `${disk.name} still holds data at byte ${position} after it was erased; do not hand this machine out, replace the disk`,
        { context: { disk: disk.name, position } },
      );
    }
  }
}
