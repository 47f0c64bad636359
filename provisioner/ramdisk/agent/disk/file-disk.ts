import { type FileHandle, open } from 'node:fs/promises';
import { FabricError, messageOf } from '../../../../topology/error/fabric-error.ts';
import { type Disk, MIB } from './disk.ts';

const ZEROS = new Uint8Array(MIB);
const ZERO_SLICE = 256 * MIB;

/** What a block device can do better than a file; each may say `false` for "not possible, do it by writing". */
export interface DeviceCalls {
  zero(position: number, length: number): Promise<boolean>;
  dropCache(): Promise<void>;
  rereadPartitions(): Promise<void>;
}

export interface FileDiskOptions {
  name?: string;
  /** Needed for block devices, whose inode says size 0. */
  sizeBytes?: number;
  sectorBytes?: number;
  device?: DeviceCalls;
}

/** Opens `path`, a file of the disk's size or a block device, as a Disk. */
export async function openFileDisk(path: string, options: FileDiskOptions = {}): Promise<Disk> {
  const name = options.name ?? path;
  let handle: FileHandle;
  try {
    handle = await open(path, 'r+');
  } catch (cause) {
    throw new FabricError(
      'disk_open_failed',
      `cannot open disk ${name}: ${messageOf(cause)}; check that the disk is there, writable and not in use`,
      { cause, context: { disk: name } },
    );
  }
  const sizeBytes = options.sizeBytes ?? (await handle.stat()).size;
  return new FileDisk(handle, name, sizeBytes, options.sectorBytes ?? 512, options.device ?? null);
}

class FileDisk implements Disk {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sectorBytes: number;
  readonly #handle: FileHandle;
  readonly #device: DeviceCalls | null;

  constructor(handle: FileHandle, name: string, sizeBytes: number, sectorBytes: number, device: DeviceCalls | null) {
    this.#handle = handle;
    this.name = name;
    this.sizeBytes = sizeBytes;
    this.sectorBytes = sectorBytes;
    this.#device = device;
  }

  async read(buffer: Uint8Array, position: number): Promise<void> {
    this.#checkRange('read', position, buffer.length);
    for (let done = 0; done < buffer.length; ) {
      const { bytesRead } = await this.#io('read', position + done, () =>
        this.#handle.read(buffer, done, buffer.length - done, position + done),
      );
      if (bytesRead === 0) throw this.#error('read', position + done, 'the device ends here');
      done += bytesRead;
    }
  }

  async write(data: Uint8Array, position: number): Promise<void> {
    this.#checkRange('write', position, data.length);
    for (let done = 0; done < data.length; ) {
      const { bytesWritten } = await this.#io('write', position + done, () =>
        this.#handle.write(data, done, data.length - done, position + done),
      );
      done += bytesWritten;
    }
  }

  async zero(position: number, length: number, onDone: (bytes: number) => void = () => {}): Promise<void> {
    this.#checkRange('zero', position, length);
    if (!this.#device && position === 0 && length === this.sizeBytes) {
      // A file that is cut and grown again is sparse: the whole disk reads as zeros without being written.
      await this.#io('zero', 0, () => this.#handle.truncate(0));
      await this.#io('zero', 0, () => this.#handle.truncate(this.sizeBytes));
      onDone(length);
      return;
    }
    for (let done = 0; done < length; ) {
      const slice = Math.min(ZERO_SLICE, length - done);
      if (!(await this.#device?.zero(position + done, slice))) await this.#writeZeros(position + done, slice);
      done += slice;
      onDone(done);
    }
  }

  async #writeZeros(position: number, length: number): Promise<void> {
    for (let done = 0; done < length; done += MIB) {
      await this.write(ZEROS.subarray(0, Math.min(MIB, length - done)), position + done);
    }
  }

  async flush(): Promise<void> {
    await this.#io('flush', 0, () => this.#handle.sync());
  }

  async dropCache(): Promise<void> {
    await this.flush();
    await this.#device?.dropCache();
  }

  async rereadPartitions(): Promise<void> {
    await this.#device?.rereadPartitions();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #checkRange(what: string, position: number, length: number): void {
    if (position < 0 || position + length > this.sizeBytes) {
      throw this.#error(what, position, `${length} bytes reach past the end of the disk (${this.sizeBytes} bytes)`);
    }
  }

  async #io<T>(what: string, position: number, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      throw this.#error(what, position, messageOf(cause), cause);
    }
  }

  #error(what: string, position: number, reason: string, cause?: unknown): FabricError {
    return new FabricError(
      'disk_io',
      `cannot ${what} disk ${this.name} at byte ${position}: ${reason}; look at the kernel messages of the agent's logs and replace the disk if it fails again`,
      { cause, context: { disk: this.name, position } },
    );
  }
}
