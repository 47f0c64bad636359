import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type DiskFormat, detectFormat, headBytes } from '../../../provisioner/images/format.ts';
import { ImageCache, type ImageProgress } from '../../../provisioner/images/image-cache.ts';
import { openSource, sourceName } from '../../../provisioner/images/source.ts';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';

const entrySchema = z.object({
  name: z.string(),
  /** Absolute path of the raw image. */
  path: z.string(),
  size: z.int(),
  sha256: z.string(),
  source: z.string(),
  source_format: z.enum(['raw', 'qcow2']),
  added_at: z.string(),
});
export type LibraryImage = z.output<typeof entrySchema>;

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const STALL_MS = 60_000;

export interface AddImageOptions {
  /** Directory of the library; made if absent. */
  library: string;
  /** http(s) URL or path. */
  source: string;
  /** Default: the source's name without its ending. */
  name?: string;
  /** What the source must have, in hex; default: whatever it has. */
  sha256?: string;
  onProgress(progress: ImageProgress | { phase: 'download'; bytes: number; total: number | null }): void;
}

/** The library lies below the data directory; the controller may read images from it. */
export const libraryOf = (dataDir: string): string => path.join(dataDir, 'library');

/**
 * Brings an image into the library as a verified raw file with its checksum. Work goes on in a directory of its own, so
 * that an image is there whole or not at all. Errors: `image_*`, `file_not_found`.
 */
export async function addImage({ library, source, name, sha256, onProgress }: AddImageOptions): Promise<LibraryImage> {
  const chosen = name ?? sourceName(source).replace(/\.(raw|img|qcow2)$/i, '');
  if (!NAME.test(chosen)) {
    throw new FabricError(
      'usage_name_invalid',
      `"${chosen}" is no name for an image: give one with --name (letters, digits, ._-)`,
    );
  }
  await mkdir(library, { recursive: true });
  const work = await mkdtemp(path.join(library, '.work-'));
  try {
    const remote = /^https?:\/\//i.test(source);
    const file = remote ? path.join(work, 'download') : path.resolve(source);
    if (remote) await download(source, file, onProgress);
    const { digest, format } = await examine(file, (bytes, total) => onProgress({ phase: 'hash', bytes, total }));
    if (sha256 !== undefined && sha256.toLowerCase() !== digest) {
      throw new FabricError(
        'image_checksum_mismatch',
        `${source} has sha256 ${digest}, not ${sha256.toLowerCase()}: it is another image, or it was changed on the way`,
        { context: { expected: sha256, actual: digest } },
      );
    }
    const cache = await ImageCache.open({ dir: path.join(work, 'cache'), allowedFilePaths: [path.dirname(file)] });
    const raw = await cache.ensure({ source: file, checksum: digest, algo: 'sha256', diskFormat: format }, onProgress);
    const target = path.join(library, `${chosen}.raw`);
    const entry: LibraryImage = {
      name: chosen,
      path: target,
      size: raw.size,
      sha256: raw.sha256,
      source,
      source_format: format,
      added_at: new Date().toISOString(),
    };
    // The controller may run as another account.
    await chmod(raw.path, 0o644);
    await rm(path.join(library, `${chosen}.json`), { force: true });
    await rename(raw.path, target);
    const manifest = path.join(work, `${randomUUID()}.json`);
    await writeFile(manifest, `${JSON.stringify(entry, null, 2)}\n`, { flush: true });
    await rename(manifest, path.join(library, `${chosen}.json`));
    return entry;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Images of the library by name; one whose file is gone or changed in size is left out. */
export async function listImages(library: string): Promise<LibraryImage[]> {
  const names = await readdir(library).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const images: LibraryImage[] = [];
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const parsed = entrySchema.safeParse(JSON.parse(await readFile(path.join(library, name), 'utf8')));
    if (!parsed.success) continue;
    // The library may have been moved since.
    const file = path.join(library, `${parsed.data.name}.raw`);
    const facts = await stat(file).catch(() => null);
    if (facts?.size === parsed.data.size) images.push({ ...parsed.data, path: file });
  }
  return images;
}

/** What a node is told to be deployed with this image. */
export const instanceInfo = ({ path: file, sha256 }: LibraryImage): Record<string, string> => ({
  image_source: `file://${file}`,
  image_os_hash_algo: 'sha256',
  image_os_hash_value: sha256,
  image_disk_format: 'raw',
});

async function download(source: string, file: string, onProgress: AddImageOptions['onProgress']): Promise<void> {
  const { stream, size } = await openSource(source, { allowedFilePaths: [], stallMs: STALL_MS });
  const handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      await handle.appendFile(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      onProgress({ phase: 'download', bytes, total: size });
    }
  } finally {
    await handle.close();
  }
  if (size !== null && bytes !== size) {
    throw new FabricError('image_truncated', `${source} gave ${bytes} of ${size} bytes: try again`, {
      retryable: true,
    });
  }
}

async function examine(
  file: string,
  onBytes: (bytes: number, total: number) => void,
): Promise<{ digest: string; format: DiskFormat }> {
  const facts = await stat(file).catch((cause) => {
    throw new FabricError('file_not_found', `The image ${file} cannot be read: ${messageOf(cause)}`, { cause });
  });
  if (!facts.isFile() || facts.size === 0) {
    throw new FabricError(
      'image_unusable',
      `${file} is ${facts.isFile() ? 'empty' : 'no file'}: give a raw or qcow2 image`,
    );
  }
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const chunk = piece as Buffer;
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(bytes, facts.size);
  }
  const format = detectFormat(head);
  if (format === 'raw' || format === 'qcow2') return { digest: hash.digest('hex'), format };
  throw new FabricError(
    'image_format_unsupported',
    `${file} is a ${format} image; convert it first: qemu-img convert -O qcow2 ${file} IMAGE.qcow2`,
    { context: { format } },
  );
}
