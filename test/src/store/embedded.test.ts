import { execFileSync, spawn } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../src/log.ts';
import { hydrateLinks, installedBinaries, usableBinaries } from '../../../src/store/embedded/binaries.ts';
import { type EmbeddedServer, startEmbedded } from '../../../src/store/embedded/server.ts';
import { openStore } from '../../../src/store/open.ts';
import { preparedDirectory } from '../../support/store.ts';

let directory: string;
let servers: EmbeddedServer[];
// initdb takes half a second on an idle machine and a quarter of a minute on a busy one.
vi.setConfig({ testTimeout: 120_000 });

beforeEach(async () => {
  directory = await preparedDirectory();
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(dataDir = directory): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, log: silentLog, durable: false });
  servers.push(server);
  return server;
}

async function query(server: { host: string; user: string }, text: string): Promise<unknown[]> {
  const client = new pg.Client({ host: server.host, user: server.user, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(directory, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

const root = process.geteuid?.() === 0;

describe('embedded PostgreSQL', () => {
  it('listens on its unix socket in a closed directory and on nothing else, and keeps data over a restart', async () => {
    const first = await start();
    expect((await stat(first.host)).mode & 0o777).toBe(0o700);
    expect(await query(first, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    await query(first, 'create table kept (n int); insert into kept values (7)');
    await first.stop();
    expect(await readdir(directory)).toEqual(['postgres']); // the lock is gone
    expect(await query(await start(), 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it.runIf(root)('does not run as root', async () => {
    await start();
    const status = await readFile(`/proc/${await postmasterPid()}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0/m);
    expect(status).toMatch(/^Groups:\s*$/m);
  });

  it('refuses a second process, naming the first', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'store_locked', context: { pid: process.pid } });
  });

  it('takes over a lock whose process is gone or is another one by now', async () => {
    for (const stale of [
      '{"pid":999999,"startTime":"1","bootId":"x"}',
      `{"pid":${process.pid},"startTime":"1"}`,
      'torn',
    ]) {
      await writeFile(join(directory, 'lock'), stale);
      const server = await start();
      await server.stop();
    }
  });

  it('lets one of many that start at once win', async () => {
    await writeFile(join(directory, 'lock'), '{"pid":999999,"startTime":"1","bootId":"x"}');
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => start()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'store_locked' });
    }
  });

  it('starts again after the server was killed, with what was committed', async () => {
    const server = await start();
    await query(server, 'create table kept (n int); insert into kept values (7)');
    process.kill(await postmasterPid(), 'SIGKILL');
    await vi.waitFor(async () => expect(await query(server, 'select n from kept')).toEqual([{ n: 7 }]), {
      timeout: 50_000,
      interval: 200,
    });
  });

  it('recovers when controller and server were killed, and when only the controller was', async () => {
    const script = `
      const { startEmbedded } = await import(${JSON.stringify(new URL('../../../src/store/embedded/server.ts', import.meta.url).href)});
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      await startEmbedded({ dataDir: ${JSON.stringify(directory)}, log, durable: false });
      process.stdout.write('ready');
      setInterval(() => {}, 1000);`;
    for (const also of [false, true]) {
      const controller = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((resolve) => controller.stdout.once('data', resolve));
      const orphan = await postmasterPid();
      controller.kill('SIGKILL');
      if (also) process.kill(orphan, 'SIGKILL');
      await new Promise((resolve) => controller.once('close', resolve));
      const server = await start();
      expect(await postmasterPid()).not.toBe(orphan);
      expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.stop();
      // A zombie, where nobody reaps orphans, has stopped as well.
      expect(await readlink(`/proc/${orphan}/cwd`).catch(() => null)).toBeNull();
    }
  });

  it('never shows a half-made cluster: what an aborted initdb left is removed', async () => {
    await rm(join(directory, 'postgres'), { recursive: true });
    const left = join(directory, 'postgres', 'data.new-1');
    await mkdir(left, { recursive: true });
    await writeFile(join(left, 'PG_VERSION'), '18');
    await start();
    expect((await readdir(join(directory, 'postgres'))).filter((name) => name.startsWith('data'))).toEqual(['data']);
  });

  it('refuses a data directory whose socket path is too long, naming the limit', async () => {
    const long = join(directory, 'x'.repeat(100));
    await expect(start(long)).rejects.toMatchObject({
      code: 'store_socket_path_too_long',
      message: expect.stringContaining('107'),
    });
  });

  it.runIf(root)('says which directory closes the way, and how to open it', async () => {
    await chmod(directory, 0o700);
    await expect(start(join(directory, 'inner'))).rejects.toMatchObject({
      code: 'store_directory_unreachable',
      message: expect.stringContaining(`chmod o+x ${directory}`),
    });
  });

  it.runIf(root)('says that the disk is full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=0711', 'tmpfs', directory]);
    try {
      await expect(start()).rejects.toMatchObject({
        code: 'store_disk_full',
        message: expect.stringContaining(directory),
      });
      expect(await readdir(join(directory, 'postgres'))).toEqual([]);
    } finally {
      execFileSync('umount', [directory]);
    }
  });

  it('opens as a migrated store by URL and by directory', async () => {
    const store = await openStore({ dataDir: directory }, silentLog, { durable: false });
    expect(await store.db.selectFrom('switch').selectAll().execute()).toEqual([]);
    await store.close();
    expect(
      await new Promise((resolve) => connect(join(directory, 'postgres/.s.PGSQL.5432')).on('error', resolve)),
    ).toBeInstanceOf(Error);
  });
});

describe('PostgreSQL binaries', () => {
  it('get their links from any number of processes at once', async () => {
    const { package: home } = installedBinaries();
    const list = JSON.parse(await readFile(join(home, 'native/pg-symlinks.json'), 'utf8')) as Array<{
      source: string;
      target: string;
    }>;
    for (const { source } of list) {
      await mkdir(dirname(join(directory, source)), { recursive: true });
      await writeFile(join(directory, source), '');
    }
    await cp(join(home, 'native/pg-symlinks.json'), join(directory, 'native/pg-symlinks.json'));
    await Promise.all(Array.from({ length: 8 }, () => hydrateLinks(directory)));
    for (const { target } of list) {
      expect((await lstat(join(directory, target))).isSymbolicLink()).toBe(true);
      expect((await stat(join(directory, target))).isFile()).toBe(true);
    }
  });

  it.runIf(root)('are copied once to where the unprivileged account can run them', async () => {
    const installed = installedBinaries();
    const closed = join(directory, 'closed');
    await mkdir(closed, { mode: 0o700 });
    execFileSync('cp', ['-a', installed.package, closed]);
    const nobody = { name: 'nobody', uid: 65534, gid: 65534 };
    const moved = join(closed, basename(installed.package));
    const hidden = { ...installed, package: moved, root: join(moved, 'native') };
    const copied = await usableBinaries(hidden, nobody, directory);
    expect(copied.root).toBe(join(directory, `binaries-${installed.version}`, 'native'));
    const made = (await stat(copied.root)).ctimeMs;
    await usableBinaries(hidden, nobody, directory);
    expect((await stat(copied.root)).ctimeMs).toBe(made);
  });

  it.runIf(root)('say so when node_modules cannot be written and there is no room for a copy', async () => {
    const installed = installedBinaries();
    const mounted = join(directory, 'ro');
    await mkdir(mounted);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=90m', 'tmpfs', mounted]);
    try {
      execFileSync('cp', ['-a', installed.package, mounted]);
      const moved = join(mounted, basename(installed.package));
      for (const { target } of JSON.parse(await readFile(join(moved, 'native/pg-symlinks.json'), 'utf8'))) {
        await rm(join(moved, target), { force: true });
      }
      execFileSync('mount', ['-o', 'remount,ro', mounted]);
      const fixed = { ...installed, package: moved, root: join(moved, 'native') };
      await expect(usableBinaries(fixed, null, join(mounted, 'nowhere'))).rejects.toMatchObject({
        code: 'store_binaries_unusable',
        message: expect.stringContaining('read-only'),
      });
      expect((await usableBinaries(fixed, null, directory)).root).toContain(directory);
    } finally {
      execFileSync('umount', [mounted]);
    }
  });

  it('missing: the error names the package and both ways out', () => {
    const resolve = (() => {
      throw new Error('Cannot find module');
    }) as unknown as NodeJS.RequireResolve;
    expect(() => installedBinaries(resolve)).toThrow(expect.objectContaining({ code: 'store_binaries_missing' }));
  });
});
