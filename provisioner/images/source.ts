import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';

export interface OpenSource {
  stream: Readable;
  /** Bytes announced; null where unknown. */
  size: number | null;
}

export interface SourceOptions {
  /** Directories under which `file:` images may lie. Without it an API user could deploy any file of this machine. */
  allowedFilePaths: string[];
  /** ms without a byte after which a download is given up. */
  stallMs: number;
  signal?: AbortSignal;
}

/** Last part of the path, to find the image in a checksum file. */
export function sourceName(source: string): string {
  const pathname = URL.canParse(source) ? new URL(source).pathname : source;
  try {
    return decodeURIComponent(path.posix.basename(pathname));
  } catch {
    return path.posix.basename(pathname);
  }
}

/** Opens `http(s)://`, `file://` or an absolute path. Throws `image_not_found`, `image_source_*`. */
export function openSource(source: string, options: SourceOptions): Promise<OpenSource> {
  if (/^https?:\/\//i.test(source)) return openHttp(source, options);
  if (source.startsWith('file://')) return openFile(filePath(source), options);
  if (path.isAbsolute(source)) return openFile(source, options);
  throw new FabricError(
    'image_source_invalid',
    `The image source "${shown(source)}" is neither http(s)://, file:// nor an absolute path.`,
  );
}

function filePath(source: string): string {
  try {
    return fileURLToPath(source);
  } catch (cause) {
    throw new FabricError(
      'image_source_invalid',
      `The image source "${shown(source)}" is no local file URL (${messageOf(cause)}).`,
      { cause },
    );
  }
}

async function openFile(file: string, options: SourceOptions): Promise<OpenSource> {
  let real: string;
  try {
    real = await realpath(file);
  } catch (cause) {
    throw notFound(file, messageOf(cause));
  }
  const allowed = await Promise.all(options.allowedFilePaths.map((dir) => realpath(dir).catch(() => null)));
  if (!allowed.some((dir) => dir !== null && real.startsWith(dir.endsWith('/') ? dir : `${dir}/`))) {
    throw new FabricError(
      'image_source_forbidden',
      `The image ${shown(file)} is not under a directory that images may be read from. Add its directory to the allowed ones.`,
      {
        context: { file, allowed: options.allowedFilePaths },
      },
    );
  }
  try {
    const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW);
    const stat = await handle.stat();
    if (!stat.isFile()) {
      await handle.close();
      throw notFound(file, 'it is no regular file');
    }
    return { stream: handle.createReadStream(), size: stat.size };
  } catch (cause) {
    throw cause instanceof FabricError ? cause : notFound(file, messageOf(cause));
  }
}

async function openHttp(source: string, options: SourceOptions): Promise<OpenSource> {
  const stall = new AbortController();
  const signal = options.signal ? AbortSignal.any([stall.signal, options.signal]) : stall.signal;
  const arm = (): NodeJS.Timeout =>
    setTimeout(() => stall.abort(new Error(`nothing arrived for ${options.stallMs} ms`)), options.stallMs);
  let timer = arm();
  let response: Response;
  try {
    // identity: the checksum is over the image's own bytes, and the length has to mean them.
    response = await fetch(source, { signal, headers: { 'accept-encoding': 'identity' } });
  } catch (cause) {
    clearTimeout(timer);
    throw sourceFailed(source, causeOf(cause));
  }
  if (!response.ok || !response.body) {
    clearTimeout(timer);
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) throw notFound(source, `HTTP status ${response.status}`);
    throw sourceFailed(source, `HTTP status ${response.status}`, response.status >= 500 || response.status === 429);
  }
  const length = response.headers.get('content-length');
  const body = response.body;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) {
        // Only the far end's silence counts, not the time our disk takes.
        clearTimeout(timer);
        yield chunk;
        timer = arm();
      }
    } catch (cause) {
      throw new FabricError(
        'image_truncated',
        `The download of ${shown(source)} broke off: ${causeOf(cause)}. It is tried again from the start.`,
        {
          retryable: true,
          cause,
        },
      );
    } finally {
      clearTimeout(timer);
    }
  }
  const stream = Readable.from(watched(), { objectMode: false });
  // A generator that was never started does not run its finally.
  stream.once('close', () => {
    clearTimeout(timer);
    stall.abort();
  });
  return { stream, size: length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null };
}

/** Small text over the same ways, for checksum files. */
export async function readText(source: string, maxBytes: number, options: SourceOptions): Promise<string> {
  const { stream } = await openSource(source, options);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > maxBytes)
      throw new FabricError(
        'image_checksum_unusable',
        `The checksum file ${shown(source)} is larger than ${maxBytes} bytes.`,
      );
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A source for messages: without credentials and query, which may hold signatures. */
export function shown(source: string): string {
  if (!URL.canParse(source)) return source.slice(0, 300);
  const url = new URL(source);
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 300);
}

const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error
    ? `${error.message}: ${error.cause.message}`
    : messageOf(error);

function notFound(source: string, detail: string): FabricError {
  return new FabricError('image_not_found', `There is no image at ${shown(source)} (${detail}). Check image_source.`, {
    context: { source: shown(source) },
  });
}

function sourceFailed(source: string, detail: string, retryable = true): FabricError {
  return new FabricError('image_source_failed', `The image ${shown(source)} cannot be fetched: ${detail}.`, {
    retryable,
    context: { source: shown(source) },
  });
}
