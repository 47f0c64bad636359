import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FabricError, isFabricError } from '../../../../topology/error/fabric-error.ts';
import type { HttpClient } from '../http-client.ts';
import { type Disk, MIB, type ProgressListener } from './disk.ts';
import type { ImageSource } from './image-info.ts';
import { openImage } from './open-image.ts';

export interface WriteImageOptions {
  http: HttpClient;
  onProgress: ProgressListener;
  signal: AbortSignal;
  log: (line: string) => void;
  /** Attempts in a row that may fail without a byte gained (ipa-image-download-connection-retries). */
  retries: number;
  retryDelayMs: number;
}

const QCOW2 = Buffer.from('QFI\xfb', 'latin1');

/**
 * Streams a raw image onto the disk and proves it twice: the digest of what came over the wire, and of what the device
 * gives back. The first MiB, without which nothing boots, is written only after the first proof: a disk never boots an
 * image that was cut off or tampered with. A lost connection goes on where it stopped. Returns the image's bytes.
 */
export async function writeImage(disk: Disk, image: ImageSource, options: WriteImageOptions): Promise<number> {
  // What an earlier tenant left at either end (backup GPT, RAID signatures) must not survive beside the new image.
  const edge = Math.min(MIB, disk.sizeBytes);
  await disk.zero(0, edge);
  await disk.zero(disk.sizeBytes - edge, edge);

  const received = await receive(disk, image, options);
  if (received.digest !== image.digest) {
    throw new FabricError(
      'image_checksum_mismatch',
      `image ${image.id} has ${image.algorithm} ${received.digest}, expected ${image.digest}; the disk was left unbootable, correct the checksum or the image and deploy again`,
      { context: { image: image.id, got: received.digest, expected: image.digest } },
    );
  }
  await disk.write(received.head, 0);
  await disk.dropCache();
  const onDisk = await digestOnDisk(disk, image, received.bytes, options);
  if (onDisk !== image.digest) {
    await disk.zero(0, edge);
    throw new FabricError(
      'disk_verify_failed',
      `${disk.name} gives back other bytes than were written (image ${image.id}); the disk is failing, replace it`,
      { context: { disk: disk.name, got: onDisk, expected: image.digest } },
    );
  }
  return received.bytes;
}

interface Received {
  bytes: number;
  digest: string;
  /** The image's first MiB, not on the disk yet. */
  head: Buffer;
}

async function receive(disk: Disk, image: ImageSource, options: WriteImageOptions): Promise<Received> {
  let writer = new ImageWriter(disk, image);
  let failures = 0;
  for (let attempt = 0; ; attempt++) {
    const url = image.urls[attempt % image.urls.length] ?? '';
    const before = writer.bytes;
    try {
      const opened = await openImage(options.http, url, writer.bytes, options.signal);
      if (opened.offset !== writer.bytes) {
        options.log(`image server cannot resume: ${image.id} starts again`);
        writer = new ImageWriter(disk, image);
      }
      if (opened.total !== null && opened.total > disk.sizeBytes) {
        opened.body.destroy();
        throw tooSmall(disk, image, opened.total);
      }
      for await (const chunk of opened.body as AsyncIterable<Buffer>) {
        options.signal.throwIfAborted();
        if (await writer.add(chunk)) {
          options.onProgress({
            phase: 'write',
            disk: disk.name,
            done_bytes: writer.bytes,
            total_bytes: opened.total,
          });
        }
      }
      if (opened.total === null || writer.bytes === opened.total) return await writer.finish();
      throw new FabricError('image_cut_off', `the connection ended at byte ${writer.bytes} of ${opened.total}`, {
        retryable: true,
      });
    } catch (error) {
      options.signal.throwIfAborted();
      const permanent = isFabricError(error) && !error.retryable;
      failures = writer.bytes > before ? 1 : failures + 1;
      if (permanent || failures > options.retries) throw givenUp(image, url, error);
      options.log(`image ${image.id}: ${error instanceof Error ? error.message : error}; going on at ${writer.bytes}`);
      await sleep(options.retryDelayMs, undefined, { signal: options.signal });
    }
  }
}

/** Gathers chunks to whole MiBs, hashes every byte in order and keeps the first MiB back. */
class ImageWriter {
  bytes = 0;
  readonly #disk: Disk;
  readonly #image: ImageSource;
  readonly #hash: ReturnType<typeof createHash>;
  readonly #buffer = Buffer.alloc(MIB);
  #filled = 0;
  #head: Buffer | null = null;

  constructor(disk: Disk, image: ImageSource) {
    this.#disk = disk;
    this.#image = image;
    this.#hash = createHash(image.algorithm);
  }

  /** True when a MiB went to the disk. */
  async add(chunk: Buffer): Promise<boolean> {
    if (this.bytes + chunk.length > this.#disk.sizeBytes) {
      throw tooSmall(this.#disk, this.#image, this.bytes + chunk.length);
    }
    this.#hash.update(chunk);
    let wrote = false;
    for (let taken = 0; taken < chunk.length; ) {
      const part = Math.min(MIB - this.#filled, chunk.length - taken);
      chunk.copy(this.#buffer, this.#filled, taken, taken + part);
      this.#filled += part;
      this.bytes += part;
      taken += part;
      if (this.#filled === MIB) {
        await this.#drain();
        wrote = true;
      }
    }
    return wrote;
  }

  async finish(): Promise<Received> {
    if (this.#filled > 0) await this.#drain();
    await this.#disk.flush();
    return { bytes: this.bytes, digest: this.#hash.digest('hex'), head: this.#head ?? Buffer.alloc(0) };
  }

  async #drain(): Promise<void> {
    const data = this.#buffer.subarray(0, this.#filled);
    if (this.#head) {
      await this.#disk.write(data, this.bytes - this.#filled);
    } else {
      if (data.subarray(0, 4).equals(QCOW2)) {
        throw new FabricError(
          'image_invalid',
          `image ${this.#image.id} is called raw but is qcow2; let the conductor serve it as raw (force_raw_images)`,
        );
      }
      this.#head = Buffer.from(data);
    }
    this.#filled = 0;
  }
}

async function digestOnDisk(
  disk: Disk,
  image: ImageSource,
  bytes: number,
  options: WriteImageOptions,
): Promise<string> {
  const hash = createHash(image.algorithm);
  const buffer = Buffer.alloc(MIB);
  for (let position = 0; position < bytes; position += MIB) {
    options.signal.throwIfAborted();
    const part = buffer.subarray(0, Math.min(MIB, bytes - position));
    await disk.read(part, position);
    hash.update(part);
    options.onProgress({
      phase: 'verify',
      disk: disk.name,
      done_bytes: position + part.length,
      total_bytes: bytes,
    });
  }
  return hash.digest('hex');
}

function tooSmall(disk: Disk, image: ImageSource, bytes: number): FabricError {
  return new FabricError(
    'disk_too_small',
    `image ${image.id} (${bytes} bytes or more) does not fit on ${disk.name} (${disk.sizeBytes} bytes); choose another root device or a smaller image`,
    { context: { disk: disk.name, image: image.id, bytes } },
  );
}

function givenUp(image: ImageSource, url: string, error: unknown): FabricError {
  if (isFabricError(error) && error.code !== 'http_failed' && error.code !== 'image_cut_off') return error;
  return new FabricError(
    'image_unreachable',
    `image ${image.id} cannot be fetched from ${url}: ${error instanceof Error ? error.message : error}; check that the image server is reachable from the provisioning network`,
    { cause: error, retryable: true, context: { image: image.id, url } },
  );
}
