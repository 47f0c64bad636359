import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Read in place, beside the project. */
const SCRIPT = fileURLToPath(new URL('../../../../shared/labs/peers/ironic-peer.sh', import.meta.url));

/** Debian's Ironic as one process with sqlite, fake-hardware, network noop, no automated cleaning. */
export async function startPeer(directory: string, port: number): Promise<{ url: string; stop(): Promise<void> }> {
  if (!existsSync(SCRIPT)) throw new Error(`The peer's start script is not there: ${SCRIPT}`);
  const env = { ...process.env, LAB_DIR: directory, PORT: String(port) };
  // It leaves the service behind, so its output must not be a pipe that stays open.
  const call = (verb: string) => run('/bin/sh', ['-c', 'exec "$0" "$1" >/dev/null 2>&1', SCRIPT, verb], { env });
  await call('up');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await call('down');
    },
  };
}
