/** A disk of fixed size: a block device, or a file that stands for one. Positions and lengths are bytes. */
export interface Disk {
  readonly name: string;
  readonly sizeBytes: number;
  /** Logical sector: the unit of LBAs in GPT and MBR. */
  readonly sectorBytes: number;
  /** Fills `buffer` from `position`; reading past the end is a FabricError `disk_io`. */
  read(buffer: Uint8Array, position: number): Promise<void>;
  write(data: Uint8Array, position: number): Promise<void>;
  /** Makes the range read as zeros, with the device's own command where it has one; `onDone` gets the bytes so far. */
  zero(position: number, length: number, onDone?: (bytes: number) => void): Promise<void>;
  /** Returns when everything written is on stable storage. */
  flush(): Promise<void>;
  /** Makes the next reads come from the device, not from memory. */
  dropCache(): Promise<void>;
  /** Tells the operating system that the partition table changed. */
  rereadPartitions(): Promise<void>;
  close(): Promise<void>;
}

export const MIB = 1024 * 1024;

/** How far a long operation on a disk has come; shown in `command_result` while the command runs. */
export interface Progress {
  phase: 'write' | 'verify' | 'configdrive' | 'erase';
  disk: string;
  done_bytes: number;
  /** null: the image server does not tell. */
  total_bytes: number | null;
}

export type ProgressListener = (progress: Progress) => void;
