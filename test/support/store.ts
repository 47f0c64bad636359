import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Log, silentLog } from '../../src/log.ts';
import { installedBinaries } from '../../src/store/embedded/binaries.ts';
import { type EmbeddedServer, startEmbedded } from '../../src/store/embedded/server.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

const TEMPLATE = 'template_switchyard';
const run = promisify(execFile);

let server: Promise<EmbeddedServer & { directory: string }> | null = null;
let users = 0;

/**
 * A migrated, empty database for one test file: a clone of a template, on an embedded PostgreSQL that the file's tests
 * share. close() drops it, and with the last one the server goes.
 */
export async function testStore(log: Log = silentLog): Promise<Store> {
  users += 1;
  server ??= startServer();
  const { host, user, stop, directory } = await server;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = (database: string) => `postgresql://${user}@${encodeURIComponent(host)}/${database}`;
  await execute(url('postgres'), `create database ${name} template ${TEMPLATE}`);
  const store = await openStore({ url: url(name) }, log, { poolSize: 8 });
  return {
    ...store,
    async close() {
      await store.close();
      users -= 1;
      if (users > 0) return execute(url('postgres'), `drop database ${name} with (force)`);
      server = null;
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** initdb and migrations take a second: they are done once a machine, and copied. */
async function startServer(): Promise<EmbeddedServer & { directory: string }> {
  const directory = await preparedDirectory();
  const started = await startEmbedded({ dataDir: directory, log: silentLog, durable: false });
  // A worker of the test runner that ends without close() leaves no files; the server then ends for want of them.
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    ...started,
    directory,
    async stop() {
      process.off('exit', remove);
      await started.stop();
    },
  };
}

/** A data directory as a clean stop leaves it. */
export async function preparedDirectory(): Promise<string> {
  const directory = await temporaryDirectory();
  await run('cp', ['-a', `${await templateDirectory()}/.`, directory]);
  return directory;
}

async function templateDirectory(): Promise<string> {
  const migrations = await readMigrations();
  const parts = [installedBinaries().version, installedBinaries().root, ...migrations.map(({ sql }) => sql)];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
  const template = join(tmpdir(), `switchyard-template-${process.geteuid?.()}-${hash}`);
  if (await stat(template).catch(() => null)) return template;

  const building = await temporaryDirectory();
  const { host, user, stop } = await startEmbedded({ dataDir: building, log: silentLog, durable: false });
  const url = (database: string) => `postgresql://${user}@${encodeURIComponent(host)}/${database}`;
  await execute(url('postgres'), `create database ${TEMPLATE}`);
  await (await openStore({ url: url(TEMPLATE) }, silentLog)).close();
  await stop();
  try {
    await rename(building, template);
  } catch (error) {
    // Another test file was first.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await rm(building, { recursive: true, force: true });
  }
  return template;
}

/** Open to the account that PostgreSQL drops to when the tests run as root. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'switchyard-test-'));
  await chmod(directory, 0o711);
  return directory;
}

async function execute(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
