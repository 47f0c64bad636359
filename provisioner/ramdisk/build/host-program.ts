import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';

/** Administrators' programs are not in everybody's PATH. */
const EXTRA = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** Full path of a program of this host, null when it is not installed. */
export async function findProgram(name: string): Promise<string | null> {
  for (const directory of [...(process.env.PATH ?? '').split(delimiter), ...EXTRA]) {
    const path = join(directory, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    ) {
      return path;
    }
  }
  return null;
}

/** Runs a program of this host and returns its output; `debianPackage` is what brings it. */
export async function runHostProgram(
  name: string,
  args: string[],
  options: { debianPackage: string; cwd?: string },
): Promise<string> {
  const path = await findProgram(name);
  if (!path) {
    throw new FabricError(
      'ramdisk_program_missing',
      `building the ramdisk needs the program ${name}; install it with: apt install ${options.debianPackage}`,
      { context: { program: name } },
    );
  }
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(path, args, {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const fail = (reason: string, cause?: unknown) =>
    reject(
      new FabricError('ramdisk_program_failed', `${name} ${args.join(' ')} failed: ${reason}`, {
        cause,
        context: { program: name, args },
      }),
    );
  child.on('error', (error) => fail(messageOf(error), error));
  child.on('close', (code) => (code === 0 ? resolve(output) : fail(errors.trim() || `exit status ${code}`)));
  return promise;
}
