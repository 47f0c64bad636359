import { execFile } from 'node:child_process';
import { FabricError } from '../../topology/error/fabric-error.ts';

/**
 * Converts a vetted qcow2 to raw. Both paths must be absolute; the format is always given, so that qemu-img never
 * guesses it from the content. `timeoutMs` default 30 min.
 */
export function convertQcow2(source: string, target: string, timeoutMs = 1_800_000): Promise<void> {
  const args = ['convert', '-f', 'qcow2', '-O', 'raw', `file:${source}`, `file:${target}`];
  const options = {
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    timeout: timeoutMs,
    maxBuffer: 64 * 1024,
    killSignal: 'SIGKILL' as const,
  };
  return new Promise((resolve, reject) => {
    execFile('qemu-img', args, options, (error, _stdout, stderr) => {
      if (!error) return resolve();
      reject(toolError(error, stderr));
    });
  });
}

function toolError(error: Error & { code?: unknown; killed?: boolean }, stderr: string): FabricError {
  if (error.code === 'ENOENT') {
    return new FabricError(
      'image_tool_missing',
      'A qcow2 image needs the program qemu-img, which is not installed. Install it with: apt-get install qemu-utils, or give a raw image.',
      { cause: error },
    );
  }
  const words = stderr.trim().split('\n').slice(-2).join(' ').slice(0, 500);
  if (/No space left/i.test(words)) return noSpace(words);
  return new FabricError(
    'image_convert_failed',
    `qemu-img could not convert the image: ${error.killed ? 'it took too long' : words || error.message}`,
    {
      cause: error,
    },
  );
}

export function noSpace(detail: string): FabricError {
  return new FabricError(
    'image_no_space',
    `The image cache has no room (${detail}). Free disk space or lower the cache's size limit.`,
    { retryable: true },
  );
}
