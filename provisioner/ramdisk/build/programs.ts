import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { CpioEntry } from './cpio.ts';
import { unpackPackage } from './debian-package.ts';
import { findProgram, runHostProgram } from './host-program.ts';

/** A dynamically linked program and the libraries it needs, at the paths where its loader looks for them. */
export async function programWithLibraries(source: string, path: string): Promise<CpioEntry[]> {
  const text = await runHostProgram('ldd', [source], { debianPackage: 'libc-bin' });
  const missing = /^\s*(\S+) => not found/m.exec(text)?.[1];
  if (missing) {
    throw new FabricError(
      'ramdisk_library_missing',
      `${source} needs the library ${missing}; install its Debian package`,
      {
        context: { program: source, library: missing },
      },
    );
  }
  const libraries = [...text.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].map((match) => match[1] ?? '');
  const files = await Promise.all(
    libraries.map(
      async (library): Promise<CpioEntry> => ({
        path: library.replace(/^\/(usr\/)?/, ''),
        kind: 'file',
        mode: 0o755,
        data: await readFile(await realpath(library)),
      }),
    ),
  );
  return [{ path, kind: 'file', mode: 0o755, data: await readFile(source) }, ...files];
}

/** A statically linked busybox: this host's, else out of Debian's package. */
export async function staticBusybox(workDir: string, log: (line: string) => void): Promise<Buffer> {
  const installed = await findProgram('busybox');
  const own = installed ? await readFile(installed) : null;
  if (own && !isDynamic(own)) return own;
  const tree = await unpackPackage('busybox-static', workDir, log);
  return readFile(join(tree, 'usr/bin/busybox')).catch(() => readFile(join(tree, 'bin/busybox')));
}

/** The Node that runs this, without its symbols where `strip` is installed. */
export async function nodeBinary(workDir: string, log: (line: string) => void): Promise<string> {
  const node = await realpath(process.execPath);
  if (!(await findProgram('strip'))) {
    log('strip is not installed (apt install binutils): the ramdisk becomes some MB larger');
    return node;
  }
  const stripped = join(workDir, 'node');
  await runHostProgram('strip', ['-o', stripped, node], { debianPackage: 'binutils' });
  return stripped;
}

/** True when an ELF64 file names an interpreter (program header PT_INTERP). */
function isDynamic(elf: Buffer): boolean {
  const start = Number(elf.readBigUInt64LE(0x20));
  const size = elf.readUInt16LE(0x36);
  const count = elf.readUInt16LE(0x38);
  for (let index = 0; index < count; index++) if (elf.readUInt32LE(start + index * size) === 3) return true;
  return false;
}
