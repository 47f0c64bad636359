import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeLock } from '../../../provisioner/images/cache-lock.ts';
import { ImageCache } from '../../../provisioner/images/image-cache.ts';

vi.setConfig({ testTimeout: 60_000 });
const withQemuImg = test.skipIf(spawnSync('qemu-img', ['--version']).error !== undefined && process.env.CI !== 'true');
const hash = (bytes: Buffer, algo = 'sha256'): string => createHash(algo).update(bytes).digest('hex');

let root = '';
let dir = '';
let sources = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'switchyard-images-'));
  dir = path.join(root, 'cache');
  sources = path.join(root, 'sources');
  await mkdir(sources);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const openCache = (extra: Partial<Parameters<typeof ImageCache.open>[0]> = {}) =>
  ImageCache.open({ dir, allowedFilePaths: [sources], ...extra });

async function serve(files: Record<string, Buffer | ((res: http.ServerResponse) => void)>) {
  const hits: string[] = [];
  const server = http.createServer((req, res) => {
    hits.push(req.url ?? '');
    const file = files[req.url ?? ''];
    if (file === undefined) res.writeHead(404).end();
    else if (typeof file === 'function') file(res);
    else res.writeHead(200, { 'content-length': file.length }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a raw image is fetched once however many ask, by whatever mirror, and survives a restart', async () => {
  const image = randomBytes(300_000);
  await using web = await serve({ '/a.raw': image, '/b.raw': image });
  const request = {
    source: `${web.url}/a.raw`,
    checksum: hash(image, 'sha512'),
    algo: 'sha512' as const,
    diskFormat: 'raw' as const,
  };
  const [first, second] = [await openCache(), await openCache()];
  const progress: number[] = [];
  const told = ({ bytes }: { bytes: number }) => progress.push(bytes);
  // Whichever of the two caches is first fetches; the other waits for it.
  const all = await Promise.all([
    first.ensure(request, told),
    first.ensure({ ...request, source: `${web.url}/b.raw` }),
    second.ensure(request, told),
  ]);
  expect(web.hits).toEqual(['/a.raw']);
  expect(new Set(all.map((one) => one.path)).size).toBe(1);
  expect(all[0]).toMatchObject({ size: 300_000, virtualSize: 300_000, sha256: hash(image), diskFormat: 'raw' });
  expect(progress.at(-1)).toBe(300_000);
  expect((await readFile(all[0]!.path)).equals(image)).toBe(true);
  await (await openCache()).ensure(request);
  expect(web.hits).toHaveLength(1);
  expect((await readdir(dir)).map((name) => path.extname(name)).sort()).toEqual(['.json', '.raw']);
});

test('a checksum file is read in the forms people publish', async () => {
  const image = randomBytes(1000);
  await using web = await serve({
    '/img.raw': image,
    '/SHA256SUMS': Buffer.from(`${'0'.repeat(64)}  other.raw\n${hash(image)} *img.raw\n`),
    '/bsd': Buffer.from(`MD5 (img.raw) = ${hash(image, 'md5')}\nSHA512 (img.raw) = ${hash(image, 'sha512')}\n`),
    '/none': Buffer.from('hello'),
  });
  const cache = await openCache();
  for (const list of ['/SHA256SUMS', '/bsd']) {
    expect(
      (await cache.ensure({ source: `${web.url}/img.raw`, checksum: web.url + list, diskFormat: 'raw' })).sha256,
    ).toBe(hash(image));
  }
  await expect(
    cache.ensure({ source: `${web.url}/img.raw`, checksum: `${web.url}/none`, diskFormat: 'raw' }),
  ).rejects.toMatchObject({ code: 'image_checksum_unusable' });
});

test('each failure has its code and leaves nothing behind', async () => {
  const image = randomBytes(1000);
  await using web = await serve({
    '/img.raw': image,
    '/short': (res) => {
      res.writeHead(200, { 'content-length': 5000 });
      res.write(image, () => res.destroy());
    },
    '/500': (res) => res.writeHead(500).end(),
    '/hang': (res) => res.writeHead(200).write('x'),
  });
  const cache = await openCache({ maxImageBytes: 2000 });
  const fails = (source: string, checksum = hash(image)) =>
    expect(cache.ensure({ source, checksum, diskFormat: 'raw' })).rejects;
  await fails(`${web.url}/img.raw`, 'ab'.repeat(32)).toMatchObject({
    code: 'image_checksum_mismatch',
    context: { expected: 'ab'.repeat(32), actual: hash(image) },
  });
  await fails(`${web.url}/nothing`).toMatchObject({ code: 'image_not_found', retryable: false });
  await fails(`${web.url}/500`).toMatchObject({ code: 'image_source_failed', retryable: true });
  await fails(`${web.url}/short`).toMatchObject({ code: 'image_too_large' });
  await fails(`${web.url}/img.raw`, hash(image, 'md5')).toMatchObject({ code: 'image_checksum_weak' });
  await fails(`${web.url}/img.raw`, 'abc').toMatchObject({ code: 'image_checksum_unusable' });
  await fails('ftp://x/y').toMatchObject({ code: 'image_source_invalid' });
  const roomy = await openCache({ stallMs: 1500 });
  await expect(
    roomy.ensure({ source: `${web.url}/short`, checksum: hash(image), diskFormat: 'raw' }),
  ).rejects.toMatchObject({ code: 'image_truncated' });
  await expect(
    roomy.ensure({ source: `${web.url}/hang`, checksum: hash(image), diskFormat: 'raw' }),
  ).rejects.toMatchObject({ code: 'image_truncated', retryable: true });
  expect(await readdir(dir)).toEqual([]);
  expect((await cache.ensure({ source: `${web.url}/img.raw`, checksum: hash(image), diskFormat: 'raw' })).size).toBe(
    1000,
  );
});

test('files of this machine are read from allowed directories only, symbolic links included', async () => {
  const image = randomBytes(100);
  await writeFile(path.join(root, 'secret'), image);
  await writeFile(path.join(sources, 'img.raw'), image);
  await symlink(path.join(root, 'secret'), path.join(sources, 'link.raw'));
  const cache = await openCache();
  const ask = (source: string) => cache.ensure({ source, checksum: hash(image), diskFormat: 'raw' });
  for (const source of [
    path.join(root, 'secret'),
    `file://${root}/secret`,
    `${sources}/../secret`,
    path.join(sources, 'link.raw'),
  ]) {
    await expect(ask(source)).rejects.toMatchObject({ code: 'image_source_forbidden' });
  }
  await expect(ask(path.join(sources, 'gone.raw'))).rejects.toMatchObject({ code: 'image_not_found' });
  expect((await ask(`file://${sources}/img.raw`)).size).toBe(100);
});

withQemuImg('qcow2 becomes raw, byte for byte', async () => {
  const content = Buffer.concat([randomBytes(200_000), Buffer.alloc(2 ** 20 * 3 - 200_000)]);
  const [raw, qcow2] = [path.join(sources, 'a.raw'), path.join(sources, 'a.qcow2')];
  await writeFile(raw, content);
  execFileSync('qemu-img', ['convert', '-c', '-f', 'raw', '-O', 'qcow2', raw, qcow2]);
  const bytes = await readFile(qcow2);
  const cache = await openCache();
  const image = await cache.ensure({ source: qcow2, checksum: hash(bytes), diskFormat: 'qcow2' });
  expect(image).toMatchObject({ size: content.length, virtualSize: content.length, sha256: hash(content) });
  expect((await readFile(image.path)).equals(content)).toBe(true);
  await expect(cache.ensure({ source: qcow2, checksum: hash(bytes), diskFormat: 'raw' })).rejects.toMatchObject({
    code: 'image_format_mismatch',
  });
});

withQemuImg('a qcow2 that refers to other files is refused before qemu-img sees it', async () => {
  const base = path.join(sources, 'base.raw');
  await writeFile(base, Buffer.alloc(2 ** 20));
  const [backed, external] = [path.join(sources, 'backed.qcow2'), path.join(sources, 'external.qcow2')];
  execFileSync('qemu-img', ['create', '-f', 'qcow2', '-b', base, '-F', 'raw', backed]);
  execFileSync('qemu-img', [
    'create',
    '-f',
    'qcow2',
    '-o',
    `data_file=${path.join(sources, 'data')},data_file_raw=on`,
    external,
    '1M',
  ]);
  const cache = await openCache();
  for (const file of [backed, external]) {
    await expect(
      cache.ensure({ source: file, checksum: hash(await readFile(file)), diskFormat: 'qcow2' }),
    ).rejects.toMatchObject({ code: 'image_unsafe' });
  }
});

test('without qemu-img a qcow2 image is refused with the package that brings it', async () => {
  const header = Buffer.alloc(512);
  header.write('QFI\xfb', 0, 'latin1');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(16, 20);
  header.writeBigUInt64BE(2n ** 20n, 24);
  await writeFile(path.join(sources, 'a.qcow2'), header);
  const cache = await openCache();
  const searched = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    await expect(
      cache.ensure({ source: path.join(sources, 'a.qcow2'), checksum: hash(header), diskFormat: 'qcow2' }),
    ).rejects.toMatchObject({
      code: 'image_tool_missing',
      message: expect.stringContaining('qemu-utils'),
    });
  } finally {
    process.env.PATH = searched;
  }
});

test('what a killed process left is never taken for an image, its lock is taken over and its parts go', async () => {
  const image = randomBytes(5000);
  await writeFile(path.join(sources, 'a.raw'), image);
  const request = { source: path.join(sources, 'a.raw'), checksum: hash(image), diskFormat: 'raw' as const };
  const whole = await (await openCache()).ensure(request);
  const key = path.basename(whole.path, '.raw');
  // As after a kill between the rename of the file and the writing of its record.
  await rm(path.join(dir, `${key}.json`));
  await writeFile(whole.path, image.subarray(0, 100));
  await writeFile(path.join(dir, `${key}.lock`), '999999:1');
  await writeFile(path.join(dir, `${key}.999999:1.00000000-0000-0000-0000-000000000000.part`), 'half');
  await writeFile(path.join(dir, 'notes.txt'), 'of the operator');
  const again = await (await openCache()).ensure(request);
  expect((await readFile(again.path)).equals(image)).toBe(true);
  expect((await readdir(dir)).sort()).toEqual([`${key}.json`, `${key}.raw`, 'notes.txt'].sort());
});

test('a lock is held by one at a time', async () => {
  await openCache();
  const file = path.join(dir, 'x.lock');
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      const release = await takeLock(file, 2);
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
      await release();
    }),
  );
  expect(most).toBe(1);
  expect(await readdir(dir)).toEqual([]);
});

test('the least recently used image goes when the limit is reached, one in use lately does not', async () => {
  const images = await Promise.all(
    [1, 2, 3].map(async (n) => {
      const bytes = randomBytes(100_000);
      await writeFile(path.join(sources, `${n}.raw`), bytes);
      return { source: path.join(sources, `${n}.raw`), checksum: hash(bytes), diskFormat: 'raw' as const };
    }),
  );
  const cache = await openCache({ limitBytes: 150_000, keepRecentMs: 60_000 });
  const [one, two] = [await cache.ensure(images[0]!), await cache.ensure(images[1]!)];
  expect(await readdir(dir)).toHaveLength(4);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(one.path.replace(/\.raw$/, '.json'), longAgo, longAgo);
  await cache.ensure(images[2]!);
  const left = await readdir(dir);
  expect(left).not.toContain(path.basename(one.path));
  expect(left).toContain(path.basename(two.path));
});
