import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { Disk } from './disk.ts';

export interface MbrPartition {
  /** 0..3: the primary partitions. */
  index: number;
  type: number;
  firstLba: number;
  sectors: number;
}

export interface Mbr {
  sector: Buffer;
  partitions: MbrPartition[];
}

const ENTRIES = 446;
const LINUX = 0x83;
export const PROTECTIVE = 0xee;

/**
 * Reads a DOS partition table. null: there is none. The boot sector of a filesystem ends in the same 0x55AA, so the
 * four records must look like records: status 0x00 or 0x80, and at least one of them in use.
 */
export async function readMbr(disk: Disk): Promise<Mbr | null> {
  if (disk.sizeBytes < disk.sectorBytes) return null;
  const sector = Buffer.alloc(disk.sectorBytes);
  await disk.read(sector, 0);
  if (sector.readUInt16LE(510) !== 0xaa55) return null;
  const partitions: MbrPartition[] = [];
  for (let index = 0; index < 4; index++) {
    const record = sector.subarray(ENTRIES + index * 16, ENTRIES + index * 16 + 16);
    if (record[0] !== 0 && record[0] !== 0x80) return null;
    const type = record[4] ?? 0;
    const sectors = record.readUInt32LE(12);
    if (type === 0 || sectors === 0) continue;
    partitions.push({ index, type, firstLba: record.readUInt32LE(8), sectors });
  }
  return partitions.length === 0 ? null : { sector, partitions };
}

/** Writes a Linux partition into the first free primary record; FabricError `disk_no_room` when all four are taken. */
export async function addMbrPartition(disk: Disk, mbr: Mbr, firstLba: number, sectors: number): Promise<void> {
  const index = [0, 1, 2, 3].find((candidate) => !mbr.partitions.some((one) => one.index === candidate));
  if (index === undefined) {
    throw new FabricError(
      'disk_no_room',
      `the image's DOS partition table on ${disk.name} has four primary partitions already, so the config drive finds no place; use a GPT image`,
      { context: { disk: disk.name } },
    );
  }
  const record = mbr.sector.subarray(ENTRIES + index * 16, ENTRIES + index * 16 + 16);
  record.fill(0);
  // CHS cannot say positions this high: 1023/254/63 tells every reader to use the LBA fields.
  record.set([0xfe, 0xff, 0xff, LINUX, 0xfe, 0xff, 0xff], 1);
  record.writeUInt32LE(firstLba, 8);
  record.writeUInt32LE(sectors, 12);
  await disk.write(mbr.sector, 0);
  await disk.flush();
}
