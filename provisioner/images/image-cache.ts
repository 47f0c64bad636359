import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, statfs, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { ignoreMissing, processIdentity, takeLock } from './cache-lock.ts';
import { assertStrong, type Checksum, findInChecksumFile, type HashAlgo, parseChecksum } from './checksum.ts';
import { receive, sha256Of, tooLarge } from './fetch-image.ts';
import { type DiskFormat, detectFormat, parseQcow2Header } from './format.ts';
import { convertQcow2, noSpace } from './qemu-img.ts';
import { openSource, readText, type SourceOptions, shown, sourceName } from './source.ts';

export interface ImageRequest {
  /** `http(s)://`, `file://` or an absolute path. */
  source: string;
  /** Hex, `algo:hex`, or the URL of a checksum file. */
  checksum: string;
  /** Null: told by the checksum's length or file. */
  algo?: HashAlgo | null;
  diskFormat: DiskFormat;
}

export interface CachedImage {
  path: string;
  /** Bytes of the raw file; equal to `virtualSize`. */
  size: number;
  /** Hex, of the raw file: what the agent is told. */
  sha256: string;
  diskFormat: 'raw';
  virtualSize: number;
}

export interface ImageProgress {
  phase: 'fetch' | 'convert' | 'hash';
  bytes: number;
  /** Null where unknown. */
  total: number | null;
}

export interface ImageCacheOptions {
  /** Absolute. Made if absent; holds nothing but the cache. */
  dir: string;
  /** Bytes on disk to stay under. Default 50 GiB. */
  limitBytes?: number;
  /** Bytes a single image may have, as file and as disk. Default 256 GiB. */
  maxImageBytes?: number;
  /** An image used within this time (ms) is never evicted: an agent may be reading it. Default 1 h. */
  keepRecentMs?: number;
  allowMd5?: boolean;
  /** Directories `file:` sources may come from. Default none. */
  allowedFilePaths?: string[];
  /** ms without a byte. Default 60 s. */
  stallMs?: number;
}

type Listener = (progress: ImageProgress) => void;
const entrySchema = z.object({ size: z.int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const partName = /^[0-9a-f]{40}-(?:raw|qcow2)\.(\d+):(\d+)\.[0-9a-f-]{36}\.part$/;
const rawName = /^([0-9a-f]{40}-(?:raw|qcow2))\.raw$/;

/**
 * Images by the checksum of their source, as raw files, each fetched and converted once whoever asks and however
 * often. On disk: `KEY.raw`, and `KEY.json` written after it was flushed: only both together are an image. Work goes
 * on in `*.PID:START.UUID.part` files, which the next start removes when that process is dead.
 */
export class ImageCache {
  readonly #options: Required<ImageCacheOptions>;
  readonly #running = new Map<string, { result: Promise<CachedImage>; listeners: Set<Listener> }>();

  private constructor(options: Required<ImageCacheOptions>) {
    this.#options = options;
  }

  static async open(options: ImageCacheOptions): Promise<ImageCache> {
    const cache = new ImageCache({
      limitBytes: 50 * 2 ** 30,
      maxImageBytes: 256 * 2 ** 30,
      keepRecentMs: 3_600_000,
      allowMd5: false,
      allowedFilePaths: [],
      stallMs: 60_000,
      ...options,
      dir: path.resolve(options.dir),
    });
    await mkdir(cache.#options.dir, { recursive: true, mode: 0o700 });
    await cache.#sweep();
    return cache;
  }

  /**
   * The image as a verified raw file. Concurrent calls for the same image, also from other processes on this
   * directory, share one fetch. Throws `image_*`.
   */
  async ensure(request: ImageRequest, onProgress?: Listener): Promise<CachedImage> {
    const checksum = await this.#checksum(request);
    // Named by what was promised of its bytes, not by where it came from: mirrors share it.
    const key = `${createHash('sha256').update(`${checksum.algo}:${checksum.value}`).digest('hex').slice(0, 40)}-${request.diskFormat}`;
    let running = this.#running.get(key);
    if (!running) {
      const listeners = new Set<Listener>();
      const result = this.#make(key, request, checksum, (progress) => {
        for (const listener of listeners) listener(progress);
      }).finally(() => this.#running.delete(key));
      running = { result, listeners };
      this.#running.set(key, running);
    }
    if (onProgress) running.listeners.add(onProgress);
    return running.result;
  }

  async #checksum(request: ImageRequest): Promise<Checksum> {
    const algo = request.algo ?? null;
    let checksum = parseChecksum(request.checksum, algo);
    if (!checksum && /^(https?|file):\/\//i.test(request.checksum)) {
      const text = await readText(request.checksum, 1024 * 1024, this.#source());
      checksum = findInChecksumFile(text, sourceName(request.source), algo);
    }
    if (!checksum) {
      throw new FabricError(
        'image_checksum_unusable',
        `No ${algo ?? 'sha256 or sha512'} checksum of ${sourceName(request.source)} in "${shown(request.checksum)}". Give image_os_hash_algo and image_os_hash_value.`,
      );
    }
    assertStrong(checksum, this.#options.allowMd5);
    return checksum;
  }

  async #make(key: string, request: ImageRequest, checksum: Checksum, report: Listener): Promise<CachedImage> {
    const ready = await this.#lookup(key);
    if (ready) return ready;
    const release = await takeLock(this.#file(`${key}.lock`));
    const parts: string[] = [];
    try {
      const meanwhile = await this.#lookup(key);
      if (meanwhile) return meanwhile;
      const raw = await this.#produce(key, request, checksum, report, parts);
      await rename(raw.part, this.#file(`${key}.raw`));
      const meta = await this.#part(key, parts);
      await writeFile(meta, JSON.stringify({ size: raw.size, sha256: raw.sha256 }), {
        flag: 'wx',
        mode: 0o600,
        flush: true,
      });
      await rename(meta, this.#file(`${key}.json`));
      await this.#evict(key);
      return this.#image(key, raw);
    } finally {
      for (const part of parts) await unlink(part).catch(ignoreMissing);
      await release();
    }
  }

  async #produce(key: string, request: ImageRequest, checksum: Checksum, report: Listener, parts: string[]) {
    const { source, diskFormat } = request;
    const { maxImageBytes } = this.#options;
    const opened = await openSource(source, this.#source());
    const part = await this.#part(key, parts);
    try {
      if (opened.size !== null && opened.size > maxImageBytes) throw tooLarge(source, maxImageBytes);
      await this.#assertRoom(opened.size ?? 0);
    } catch (error) {
      opened.stream.destroy();
      throw error;
    }
    const received = await receive(source, opened, part, checksum, maxImageBytes, (bytes) =>
      report({ phase: 'fetch', bytes, total: opened.size }),
    );
    const found = detectFormat(received.head);
    if (found !== diskFormat) {
      throw new FabricError(
        'image_format_mismatch',
        `The image ${shown(source)} is said to be ${diskFormat} but is ${found}. Correct image_disk_format.`,
        {
          context: { declared: diskFormat, found },
        },
      );
    }
    if (received.size === 0)
      throw new FabricError('image_format_mismatch', `The image ${shown(source)} is empty. Check image_source.`);
    if (diskFormat === 'raw') return { part, size: received.size, sha256: received.sha256 };

    const { virtualSize } = parseQcow2Header(received.head);
    if (virtualSize > maxImageBytes) throw tooLarge(source, maxImageBytes);
    report({ phase: 'convert', bytes: 0, total: virtualSize });
    const converted = await this.#part(key, parts);
    await convertQcow2(part, converted);
    await unlink(part);
    const { size } = await stat(converted);
    const sha256 = await sha256Of(converted, (bytes) => report({ phase: 'hash', bytes, total: size }));
    return { part: converted, size, sha256 };
  }

  async #lookup(key: string): Promise<CachedImage | null> {
    let text: string;
    try {
      text = await readFile(this.#file(`${key}.json`), 'utf8');
    } catch (error) {
      ignoreMissing(error);
      return null;
    }
    const entry = entrySchema.safeParse(safeJson(text));
    const file = await stat(this.#file(`${key}.raw`)).catch(() => null);
    if (!entry.success || file?.size !== entry.data.size) return null;
    // The time of the JSON file is the time of last use.
    const now = new Date();
    await utimes(this.#file(`${key}.json`), now, now).catch(ignoreMissing);
    return this.#image(key, entry.data);
  }

  #image(key: string, entry: { size: number; sha256: string }): CachedImage {
    return {
      path: this.#file(`${key}.raw`),
      size: entry.size,
      sha256: entry.sha256,
      diskFormat: 'raw',
      virtualSize: entry.size,
    };
  }

  /** Least recently used first, until under the limit; never `except` and never what was used lately. */
  async #evict(except: string): Promise<void> {
    const entries: { key: string; bytes: number; usedAt: number }[] = [];
    for (const name of await readdir(this.#options.dir)) {
      if (!name.endsWith('.json')) continue;
      const key = name.slice(0, -'.json'.length);
      const [meta, raw] = await Promise.all([
        stat(this.#file(name)).catch(() => null),
        stat(this.#file(`${key}.raw`)).catch(() => null),
      ]);
      // Blocks, not length: a converted image is sparse.
      if (meta && raw) entries.push({ key, bytes: raw.blocks * 512, usedAt: meta.mtimeMs });
    }
    let used = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const oldest = Date.now() - this.#options.keepRecentMs;
    for (const entry of entries.sort((a, b) => a.usedAt - b.usedAt)) {
      if (used <= this.#options.limitBytes) return;
      if (entry.key === except || entry.usedAt > oldest) continue;
      await unlink(this.#file(`${entry.key}.json`)).catch(ignoreMissing);
      await unlink(this.#file(`${entry.key}.raw`)).catch(ignoreMissing);
      used -= entry.bytes;
    }
  }

  /** Removes what a killed process left half done, and nothing that does not bear our names. */
  async #sweep(): Promise<void> {
    for (const name of await readdir(this.#options.dir)) {
      const part = partName.exec(name);
      const raw = rawName.exec(name);
      const stale =
        (part && (await processIdentity(Number(part[1]))) !== `${part[1]}:${part[2]}`) ||
        (raw && !(await exists(this.#file(`${raw[1]}.json`))) && !(await exists(this.#file(`${raw[1]}.lock`))));
      if (stale) await unlink(this.#file(name)).catch(ignoreMissing);
    }
  }

  async #assertRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#options.dir);
    if (bavail * bsize < bytes) throw noSpace(`${bytes} bytes wanted, ${bavail * bsize} free in ${this.#options.dir}`);
  }

  async #part(key: string, parts: string[]): Promise<string> {
    const file = this.#file(`${key}.${await processIdentity(process.pid)}.${randomUUID()}.part`);
    parts.push(file);
    return file;
  }

  #source(): SourceOptions {
    return { allowedFilePaths: this.#options.allowedFilePaths, stallMs: this.#options.stallMs };
  }

  #file(name: string): string {
    return path.join(this.#options.dir, name);
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
