import { open } from 'node:fs/promises';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type Disk, MIB } from '../../provisioner/ramdisk/agent/disk/disk.ts';
import { openFileDisk } from '../../provisioner/ramdisk/agent/disk/file-disk.ts';

/**
 * A server's disk: a sparse file, and a note of which MiB were ever written. Erasing a large disk that holds a small
 * image then costs what the image costs, as it does on a disk that knows how to discard.
 */
export class SparseDisk {
  readonly path: string;
  readonly sizeBytes: number;
  /** Milliseconds each write takes, and the erasure of each written MiB; may be changed while it is used. */
  delayMs = 0;
  readonly #written = new Set<number>();

  private constructor(path: string, sizeBytes: number) {
    this.path = path;
    this.sizeBytes = sizeBytes;
  }

  static async create(path: string, sizeBytes: number): Promise<SparseDisk> {
    const file = await open(path, 'w', 0o600);
    try {
      await file.truncate(sizeBytes);
    } finally {
      await file.close();
    }
    return new SparseDisk(path, sizeBytes);
  }

  async open(name: string): Promise<Disk> {
    const file = await openFileDisk(this.path, { name });
    const written = this.#written;
    const spin = async () => {
      if (this.delayMs > 0) await sleep(this.delayMs);
    };
    return {
      name,
      sizeBytes: this.sizeBytes,
      sectorBytes: file.sectorBytes,
      async read(buffer, position) {
        if (blocks(position, buffer.length).some((block) => written.has(block))) await file.read(buffer, position);
        else {
          buffer.fill(0);
          // Without a real read in between, a loop over the whole disk would keep everything else waiting.
          if (position % (16 * MIB) === 0) await nextTurn();
        }
      },
      async write(data, position) {
        await spin();
        for (const block of blocks(position, data.length)) written.add(block);
        await file.write(data, position);
      },
      async zero(position, length, onDone) {
        const end = position + length;
        for (const block of [...written].filter((one) => one * MIB < end && (one + 1) * MIB > position)) {
          await spin();
          const from = Math.max(position, block * MIB);
          const to = Math.min(end, (block + 1) * MIB);
          await file.zero(from, to - from);
          if (to - from === MIB) written.delete(block);
          onDone?.(to - position);
        }
        onDone?.(length);
      },
      flush: () => file.flush(),
      dropCache: () => file.dropCache(),
      rereadPartitions: () => file.rereadPartitions(),
      close: () => file.close(),
    };
  }

  /** True when nothing is on it. */
  async isEmpty(): Promise<boolean> {
    const disk = await this.open('check');
    try {
      const buffer = Buffer.alloc(MIB);
      const zeros = Buffer.alloc(MIB);
      for (const block of this.#written) {
        await disk.read(buffer, block * MIB);
        if (!buffer.equals(zeros)) return false;
      }
      return true;
    } finally {
      await disk.close();
    }
  }
}

function blocks(position: number, length: number): number[] {
  const first = Math.floor(position / MIB);
  const last = Math.floor((position + Math.max(length, 1) - 1) / MIB);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
