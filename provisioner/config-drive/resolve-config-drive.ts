import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { buildConfigDrive, configDriveLabel, maxConfigDriveBytes } from './build-config-drive.ts';
import { volumeLabel } from './volume-label.ts';

const json = z.record(z.string(), z.unknown());
const contentSchema = z.strictObject({
  meta_data: json.nullish(),
  user_data: z.union([z.string(), json]).nullish(),
  network_data: json.nullish(),
  vendor_data: json.nullish(),
});

export interface ConfigDriveDefaults {
  /** Go into meta_data where it lacks them. */
  metaData: Record<string, unknown>;
  /** Used where none is given. */
  networkData?: Record<string, unknown> | null;
}

export interface ResolvedConfigDrive {
  /** The volume image itself. */
  image: Buffer;
  /** base64 of gzip of it: what the agent takes in write_image. */
  encoded: string;
}

/** The agent's form of a config drive. */
export function encodeConfigDrive(image: Buffer): string {
  return gzipSync(image, { level: 6 }).toString('base64');
}

/**
 * Ironic's three forms of `configdrive`: an object {meta_data, user_data, network_data, vendor_data} is built; a URL is
 * fetched; anything else is base64 of gzip of an image, passed through once it proved to be one. Null when there is
 * nothing to write. Throws `config_drive_invalid`, `config_drive_too_large`, `config_drive_unreachable`.
 */
export async function resolveConfigDrive(
  input: unknown,
  defaults: ConfigDriveDefaults,
): Promise<ResolvedConfigDrive | null> {
  if (input === null || input === undefined || input === '') return null;
  if (typeof input === 'object') {
    const parsed = contentSchema.safeParse(input);
    if (!parsed.success) throw invalid(`${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`);
    const image = buildConfigDrive({
      metaData: { ...defaults.metaData, ...parsed.data.meta_data },
      userData: parsed.data.user_data ?? null,
      networkData: parsed.data.network_data ?? defaults.networkData ?? null,
      vendorData: parsed.data.vendor_data ?? null,
    });
    return { image, encoded: encodeConfigDrive(image) };
  }
  if (typeof input !== 'string') throw invalid('it is neither an object nor a text');
  const encoded = /^https?:\/\//i.test(input) ? (await download(input)).trim() : input;
  return { image: await decode(encoded), encoded };
}

async function decode(encoded: string): Promise<Buffer> {
  const compact = encoded.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw invalid('it is not base64');
  let image: Buffer;
  try {
    image = await promisify(gunzip)(Buffer.from(compact, 'base64'), { maxOutputLength: maxConfigDriveBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw invalid(`it is not gzip (${messageOf(error)})`);
  }
  const label = volumeLabel(image);
  if (label?.toLowerCase() !== configDriveLabel)
    throw invalid(
      label === null
        ? 'it holds neither ISO 9660 nor FAT'
        : `its volume label is "${label}", not "${configDriveLabel}"`,
    );
  return image;
}

async function download(source: string): Promise<string> {
  // base64 of something incompressible is a third larger than the drive.
  const limit = Math.ceil(maxConfigDriveBytes * 1.4);
  const shown = new URL(source).origin + new URL(source).pathname;
  try {
    const response = await fetch(source, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw unreachable(shown, `HTTP status ${response.status}`, response.status >= 500);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > limit) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('latin1');
  } catch (error) {
    throw error instanceof FabricError ? error : unreachable(shown, messageOf(error), true);
  }
}

function invalid(problem: string): FabricError {
  return new FabricError(
    'config_drive_invalid',
    `The config drive cannot be used: ${problem}. Give {meta_data, user_data, network_data}, or base64 of a gzipped ISO labelled config-2.`,
  );
}

function tooLarge(): FabricError {
  return new FabricError(
    'config_drive_too_large',
    `The config drive is larger than ${maxConfigDriveBytes} bytes. Make user_data fetch what is large.`,
  );
}

function unreachable(source: string, detail: string, retryable: boolean): FabricError {
  return new FabricError(
    'config_drive_unreachable',
    `The config drive ${source} cannot be fetched: ${detail}. Check the URL.`,
    { retryable },
  );
}
