import path from 'node:path';
import { FabricError } from '../../topology/error/fabric-error.ts';

export type HashAlgo = 'md5' | 'sha256' | 'sha512';
export interface Checksum {
  algo: HashAlgo;
  /** Lower-case hex. */
  value: string;
}

const hexLength: Record<HashAlgo, number> = { md5: 32, sha256: 64, sha512: 128 };
const algos = Object.keys(hexLength) as HashAlgo[];

/** "sha256:…", or hex whose length tells the algorithm; null when it is neither (then it may be a URL). */
export function parseChecksum(text: string, algo: HashAlgo | null): Checksum | null {
  const match = /^(?:(md5|sha256|sha512):)?([0-9a-f]+)$/i.exec(text.trim());
  if (!match) return null;
  const value = match[2]!.toLowerCase();
  const named =
    (match[1]?.toLowerCase() as HashAlgo | undefined) ?? algo ?? algos.find((name) => hexLength[name] === value.length);
  return named && value.length === hexLength[named] ? { algo: named, value } : null;
}

/**
 * The image's line out of a checksum file: `HASH  name`, `HASH *name`, `SHA256 (name) = HASH`, or a lone hash. The
 * strongest algorithm wins where several are listed. Null where the image is not in it.
 */
export function findInChecksumFile(text: string, imageName: string, algo: HashAlgo | null): Checksum | null {
  const named: Checksum[] = [];
  const lone: Checksum[] = [];
  for (const line of text.split(/\r?\n/).slice(0, 100_000)) {
    const bsd = /^(MD5|SHA256|SHA512) \((.+)\) = ([0-9a-f]+)$/i.exec(line.trim());
    const gnu = /^([0-9a-f]{32,128})\s+\*?(.+)$/i.exec(line.trim());
    const checksum = parseChecksum(bsd?.[3] ?? gnu?.[1] ?? line, bsd ? (bsd[1]!.toLowerCase() as HashAlgo) : null);
    if (!checksum || (algo && checksum.algo !== algo)) continue;
    const name = bsd?.[2] ?? gnu?.[2];
    if (name === undefined) lone.push(checksum);
    else if (path.posix.basename(name) === imageName) named.push(checksum);
  }
  const fit = named.length > 0 ? named : lone.length === 1 ? lone : [];
  return fit.sort((a, b) => b.value.length - a.value.length)[0] ?? null;
}

/** Throws `image_checksum_weak`: MD5 collisions are made at will. */
export function assertStrong(checksum: Checksum, allowMd5: boolean): void {
  if (checksum.algo !== 'md5' || allowMd5) return;
  throw new FabricError(
    'image_checksum_weak',
    'MD5 does not protect an image. Give image_os_hash_algo sha256 or sha512 with image_os_hash_value.',
  );
}
