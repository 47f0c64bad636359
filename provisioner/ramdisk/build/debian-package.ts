import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { runHostProgram } from './host-program.ts';

/** Downloads a Debian package and unpacks it below `workDir`, without installing it or being root; returns the tree. */
export async function unpackPackage(name: string, workDir: string, log: (line: string) => void): Promise<string> {
  const downloads = await mkdtemp(join(workDir, 'download-'));
  log(`downloading Debian package ${name}`);
  try {
    await runHostProgram('apt-get', ['download', '-q', name], { debianPackage: 'apt', cwd: downloads });
  } catch (cause) {
    throw new FabricError(
      'ramdisk_package_missing',
      `cannot download Debian package ${name}: ${messageOf(cause)}; run apt-get update, or install it with: apt install ${name}`,
      { cause, retryable: true, context: { package: name } },
    );
  }
  const file = (await readdir(downloads)).find((one) => one.endsWith('.deb'));
  if (!file)
    throw new FabricError('ramdisk_package_missing', `apt-get download ${name} left no file; run apt-get update`);
  const tree = await mkdtemp(join(workDir, 'package-'));
  await runHostProgram('dpkg-deb', ['-x', join(downloads, file), tree], { debianPackage: 'dpkg' });
  await rm(downloads, { recursive: true });
  return tree;
}

/** The versioned kernel package that a meta package like linux-image-amd64 stands for now. */
export async function kernelPackageOf(metaPackage: string): Promise<string> {
  const text = await runHostProgram('apt-cache', ['depends', metaPackage], { debianPackage: 'apt' }).catch(() => '');
  const found = /^\s*Depends: (linux-image-\S+)$/m.exec(text)?.[1];
  if (found) return found;
  throw new FabricError(
    'ramdisk_package_missing',
    `apt knows no package ${metaPackage}; run apt-get update, or build on Debian 12 or newer`,
    { context: { package: metaPackage } },
  );
}
