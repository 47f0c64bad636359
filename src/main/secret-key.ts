import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FabricError } from '../../topology/error/fabric-error.ts';

const BYTES = 32;

/**
 * The key that seals agent tokens, made at the first start. Written whole under another name and then linked: of two
 * controllers that start at once both end with the same key. Error: `secret_key_invalid`.
 */
export async function loadSecretKey(dataDir: string): Promise<Buffer> {
  const file = path.join(dataDir, 'secret.key');
  const fresh = path.join(dataDir, `.secret-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(dataDir, { recursive: true });
  try {
    return checked(await readFile(file), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await writeFile(fresh, randomBytes(BYTES), { mode: 0o600, flush: true });
  try {
    await link(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(fresh);
  }
  return checked(await readFile(file), file);
}

function checked(key: Buffer, file: string): Buffer {
  if (key.length === BYTES) return key;
  throw new FabricError(
    'secret_key_invalid',
    `${file} has ${key.length} bytes instead of ${BYTES}. Restore it, or delete it: agents that run now must then be booted again.`,
  );
}
