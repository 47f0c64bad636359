import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';
import { requireReachable, serverAccount } from './account.ts';
import { installedBinaries, usableBinaries } from './binaries.ts';
import { diskFull, ensureCluster, isDiskFull, SUPERUSER } from './cluster.ts';
import { stopLeftover } from './leftover.ts';
import { lockDirectory } from './lock.ts';
import { supervise } from './postmaster.ts';

export interface EmbeddedServer {
  /** Directory of the unix socket, which node-postgres takes as host. */
  host: string;
  user: string;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  log: Log;
  /** Off only where the data is thrown away (tests). */
  durable?: boolean;
}

/** sun_path of unix(7) holds 108 bytes with its final zero. */
const SOCKET_PATH_LIMIT = 107;
const SOCKET_NAME = '.s.PGSQL.5432';

/**
 * PostgreSQL as a child process, in `<dataDir>/postgres`: data/ is the cluster, the socket lies beside it. Restarted when
 * it dies; stopped with stop(). A directory that does not exist is made.
 */
export async function startEmbedded({ dataDir, log, durable = true }: EmbeddedOptions): Promise<EmbeddedServer> {
  const directory = resolve(dataDir);
  const home = join(directory, 'postgres');
  const socket = join(home, SOCKET_NAME);
  const bytes = Buffer.byteLength(socket);
  if (bytes > SOCKET_PATH_LIMIT) {
    throw new FabricError(
      'store_socket_path_too_long',
      `The database's socket ${socket} would have a path of ${bytes} bytes; the system allows ${SOCKET_PATH_LIMIT}. Choose a ` +
        `data directory of at most ${SOCKET_PATH_LIMIT - (bytes - Buffer.byteLength(directory))} bytes.`,
      { context: { socket, bytes, limit: SOCKET_PATH_LIMIT } },
    );
  }
  const account = await serverAccount();
  await makeDirectory(directory, account ? 0o711 : 0o700);
  const lock = await lockDirectory(directory).catch(explain(directory));
  try {
    await makeDirectory(home, 0o700);
    if (account) {
      await requireReachable(directory, account);
      await chown(home, account.uid, account.gid);
    }
    await chmod(home, 0o700);
    const binaries = await usableBinaries(installedBinaries(), account, home);
    const data = join(home, 'data');
    await ensureCluster(data, binaries, account, { sync: durable });
    await stopLeftover(data, socket, log);
    const postmaster = await supervise({ binaries, account, data, socketDirectory: home, durable, log });
    return {
      host: home,
      user: SUPERUSER,
      async stop() {
        await postmaster.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    return explain(directory)(error);
  }
}

async function makeDirectory(path: string, mode: number): Promise<void> {
  if (await stat(path).catch(() => null)) return;
  await mkdir(path, { recursive: true, mode }).catch(explain(path));
}

/** Turns what the file system said into an error that says what to do. */
function explain(directory: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof FabricError) throw error;
    if (isDiskFull(messageOf(error))) throw diskFull(directory, messageOf(error));
    throw new FabricError(
      'store_directory_unusable',
      `The data directory ${directory} cannot be used: ${messageOf(error)}. Make it writable for this account or choose another.`,
      { cause: error, context: { directory } },
    );
  };
}
