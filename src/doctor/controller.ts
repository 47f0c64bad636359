import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { isFabricError, messageOf } from '../../topology/error/fabric-error.ts';
import type { Config } from '../config/config.ts';
import { requireReachable, serverAccount } from '../store/embedded/account.ts';
import { installedBinaries } from '../store/embedded/binaries.ts';
import { type Finding, fine, lacking } from './check.ts';

/** sun_path of unix(7), and what the database puts below the data directory. */
const SOCKET_LIMIT = 107;
const SOCKET_BELOW = '/postgres/.s.PGSQL.5432';
const LEAST_FREE = 1e9;

/** What a controller with this configuration cannot start without. */
export async function checkController(config: Config): Promise<Finding[]> {
  const own = config.database.url !== undefined;
  const database = own
    ? []
    : [await checkBinaries(), await checkAccount(config.dataDir), checkSocketPath(config.dataDir)];
  return [
    checkNode(),
    ...database,
    await checkDirectory(config.dataDir),
    await checkSpace(config.dataDir),
    await checkPort(config),
  ];
}

function checkNode(): Finding {
  const facts = { id: 'node', title: 'Node.js', neededFor: 'everything', required: true };
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 24
    ? fine(facts, process.version)
    : lacking(facts, process.version, 'npm ci (it brings the right one; start with `npm run switchyard`)');
}

async function checkBinaries(): Promise<Finding> {
  const facts = { id: 'postgres', title: 'PostgreSQL binaries', neededFor: 'the embedded database', required: true };
  const fix = 'npm ci --include=optional, or set database.url to a PostgreSQL of your own';
  try {
    const { root } = installedBinaries();
    return fine(facts, await versionOf(path.join(root, 'bin', 'postgres')));
  } catch (error) {
    return lacking(facts, messageOf(error), fix);
  }
}

function versionOf(program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['--version'], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (words += text));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(words.trim()) : reject(new Error(words.trim() || `exit code ${code}`)),
    );
  });
}

async function checkAccount(dataDir: string): Promise<Finding> {
  const facts = {
    id: 'database-account',
    title: 'account of the database',
    neededFor: 'the embedded database',
    required: true,
  };
  try {
    const account = await serverAccount();
    if (!account) return fine(facts, `this one (uid ${process.geteuid?.()})`);
    await requireReachable(await nearest(dataDir), account);
    return fine(facts, account.name);
  } catch (error) {
    return lacking(facts, messageOf(error), 'serve --data-dir /var/lib/switchyard');
  }
}

function checkSocketPath(dataDir: string): Finding {
  const facts = {
    id: 'socket-path',
    title: 'length of the socket path',
    neededFor: 'the embedded database',
    required: true,
  };
  const bytes = Buffer.byteLength(dataDir + SOCKET_BELOW);
  const found = `${bytes} of ${SOCKET_LIMIT} bytes`;
  return bytes <= SOCKET_LIMIT ? fine(facts, found) : lacking(facts, found, 'serve --data-dir with a shorter path');
}

async function checkDirectory(dataDir: string): Promise<Finding> {
  const facts = {
    id: 'data-directory',
    title: 'data directory',
    neededFor: 'database, keys and images',
    required: true,
  };
  const at = await nearest(dataDir);
  try {
    await access(at, constants.W_OK | constants.X_OK);
    return fine(facts, at === dataDir ? dataDir : `${dataDir} (will be made)`);
  } catch (error) {
    return lacking(facts, messageOf(error), `sudo install -d -o "$(id -un)" ${dataDir}`);
  }
}

async function checkSpace(dataDir: string): Promise<Finding> {
  const facts = { id: 'disk-space', title: 'free disk space', neededFor: 'database and images', required: true };
  const { bavail, bsize } = await statfs(await nearest(dataDir));
  const free = bavail * bsize;
  const found = `${(free / 1e9).toFixed(1)} GB`;
  return free >= LEAST_FREE
    ? fine(facts, found)
    : lacking(facts, found, 'free at least 1 GB, or serve --data-dir elsewhere');
}

/** A busy port is no fault: a controller may run. */
async function checkPort({ api: { host, port } }: Config): Promise<Finding> {
  const facts = { id: 'api-port', title: `API port ${port}`, neededFor: 'serve', required: false };
  const problem = await tryListen(host, port).catch((error: NodeJS.ErrnoException) => error);
  if (!problem) return fine(facts, 'free');
  if (problem.code === 'EADDRINUSE') {
    const runs = await fetch(
      `http://${host.includes(':') ? `[${host}]` : host}:${port}/fabric/v1/switches?limit=1`,
    ).then(
      (response) => response.headers.has('openstack-request-id'),
      () => false,
    );
    return runs
      ? fine(facts, 'a controller runs there')
      : lacking(facts, 'another program has it', 'serve --port 6386');
  }
  return lacking(facts, isFabricError(problem) ? problem.message : `${problem.code}`, 'serve --host and --port');
}

function tryListen(host: string, port: number): Promise<null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** The directory itself, or the nearest above it that exists. */
async function nearest(directory: string): Promise<string> {
  for (let at = directory; ; at = path.dirname(at)) {
    if ((await stat(at).catch(() => null)) || at === path.dirname(at)) return at;
  }
}
