import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { findProgram, runHostProgram } from './host-program.ts';

/** Compresses with zstd, which the kernel unpacks fastest; returns the file. The program uses all cores, Node's own one. */
export async function compressZstd(data: Buffer, level: number, workDir: string): Promise<string> {
  const target = join(workDir, 'initramfs.zst');
  if (await findProgram('zstd')) {
    const source = join(workDir, 'initramfs.cpio');
    await writeFile(source, data);
    await runHostProgram('zstd', ['-q', '-f', `-${level}`, '-T0', source, '-o', target], { debianPackage: 'zstd' });
    return target;
  }
  const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
  await writeFile(target, await promisify(zstdCompress)(data, { params }));
  return target;
}
