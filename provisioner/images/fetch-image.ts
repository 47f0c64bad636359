import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Checksum } from './checksum.ts';
import { headBytes } from './format.ts';
import { noSpace } from './qemu-img.ts';
import { type OpenSource, shown } from './source.ts';

export interface Received {
  size: number;
  /** Hex, of what was received. */
  sha256: string;
  head: Buffer;
}

/**
 * Streams a source into `file` (which must not exist), hashing on the way, and flushes it to the disk. Throws
 * `image_truncated`, `image_checksum_mismatch`, `image_too_large`, `image_no_space`.
 */
export async function receive(
  source: string,
  opened: OpenSource,
  file: string,
  expected: Checksum,
  maxBytes: number,
  onBytes: (bytes: number) => void,
): Promise<Received> {
  const wanted = createHash(expected.algo);
  const own = expected.algo === 'sha256' ? null : createHash('sha256');
  const head: Buffer[] = [];
  let size = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const piece of opened.stream) {
      const chunk = piece as Buffer;
      if (size < headBytes) head.push(chunk.subarray(0, headBytes - size));
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(source, maxBytes);
      wanted.update(chunk);
      own?.update(chunk);
      await handle.appendFile(chunk);
      onBytes(size);
    }
    await handle.sync();
  } catch (error) {
    opened.stream.destroy();
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? noSpace(`while fetching ${shown(source)}`) : error;
  } finally {
    await handle.close();
  }
  if (opened.size !== null && size !== opened.size) {
    throw new FabricError(
      'image_truncated',
      `${shown(source)} gave ${size} of ${opened.size} bytes. Check the server, then try again.`,
      { retryable: true },
    );
  }
  const actual = wanted.digest('hex');
  if (actual !== expected.value) {
    throw new FabricError(
      'image_checksum_mismatch',
      `The image ${shown(source)} has ${expected.algo} ${actual}, not the expected ${expected.value}. ` +
        'Either the checksum given is of another image or the image was changed: correct one of them.',
      { context: { source: shown(source), algo: expected.algo, expected: expected.value, actual } },
    );
  }
  return { size, sha256: own ? own.digest('hex') : actual, head: Buffer.concat(head) };
}

export function tooLarge(source: string, maxBytes: number): FabricError {
  return new FabricError(
    'image_too_large',
    `The image ${shown(source)} is larger than the ${maxBytes} bytes allowed. Raise the image size limit or use a smaller one.`,
  );
}

/** Hex sha256 of a file. */
export async function sha256Of(file: string, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
    onBytes(size);
  }
  return hash.digest('hex');
}
