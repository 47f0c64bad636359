import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRange } from '../../../provisioner/http-boot/byte-range.ts';
import type { ScriptQuery } from '../../../provisioner/http-boot/request.ts';
import { type HttpBootServer, startHttpBootServer } from '../../../provisioner/http-boot/server.ts';

const MAC = '52:54:00:00:00:01';
const CONTENT = Buffer.from('0123456789'.repeat(100_000));
let directory: string;
let server: HttpBootServer;
let base: string;
const queries: ScriptQuery[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'switchyard-http-'));
  await writeFile(path.join(directory, 'image'), CONTENT);
  await writeFile(path.join(directory, 'snponly.efi'), 'loader');
  server = await startHttpBootServer({
    address: '127.0.0.1',
    port: 0,
    loaderDirectories: [directory],
    backend: {
      async scriptFor(query) {
        queries.push(query);
        return query.mac === MAC ? { action: 'wait', seconds: 7 } : null;
      },
      fileFor: async (name) => (name === 'image' || name === 'gone' ? { path: path.join(directory, name) } : null),
    },
  });
  base = `http://127.0.0.1:${server.address.port}`;
});

afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

const image = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${base}/files/image`, { headers, method });

describe('scripts', () => {
  test('a known machine gets its script, which asks again at the address it reached', async () => {
    const answer = await fetch(`${base}/boot.ipxe?mac=52-54-00-00-00-01&uuid=&arch=7`);
    expect(await answer.text()).toBe(
      `#!ipxe\n:retry\nsleep 7\nchain --replace --autofree ${base}/boot.ipxe?mac=${MAC}&arch=7 || goto retry\n`,
    );
    expect(queries.at(-1)).toEqual({ mac: MAC, uuid: null, arch: 7, remoteAddress: '127.0.0.1' });
  });

  test('GRUB finds its own by the MAC in the file name', async () => {
    const answer = await fetch(`${base}/grub/grub.cfg-01-52-54-00-00-00-01`);
    expect(await answer.text()).toContain('sleep 7');
    expect((await fetch(`${base}/grub/other.cfg`)).status).toBe(404);
  });

  test('an unknown machine gets 404, a malformed query 400', async () => {
    expect((await fetch(`${base}/boot.ipxe?mac=52:54:00:00:00:02`)).status).toBe(404);
    for (const query of ['mac=x', `mac=${MAC}%0aboot`, `mac=${MAC}&uuid=1`, `mac=${MAC}&arch=x`]) {
      expect((await fetch(`${base}/boot.ipxe?${query}`)).status).toBe(400);
    }
  });
});

describe('files', () => {
  test('come whole, by parts, and not again when unchanged', async () => {
    const whole = await image();
    expect(Buffer.from(await whole.arrayBuffer()).equals(CONTENT)).toBe(true);
    const etag = whole.headers.get('etag')!;
    const part = await image({ range: 'bytes=5-8' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '5678',
      'bytes 5-8/1000000',
    ]);
    expect((await image({ range: 'bytes=1000000-' })).status).toBe(416);
    expect((await image({ 'if-none-match': etag })).status).toBe(304);
    expect((await image({ range: 'bytes=5-8', 'if-range': '"other"' })).status).toBe(200);
    expect((await image({ range: 'bytes=5-8', 'if-range': etag })).status).toBe(206);
    const head = await image({}, 'HEAD');
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['1000000', '']);
  });

  test('boot loaders are served, everything else is 404 or 405', async () => {
    expect(await (await fetch(`${base}/loaders/snponly.efi`)).text()).toBe('loader');
    for (const where of ['/', '/files/gone', '/files/none', '/loaders/image', '/files/%2e%2e%2fx', '/files/%zz']) {
      expect((await fetch(`${base}${where}`)).status).toBe(404);
    }
    expect((await image({}, 'POST')).status).toBe(405);
  });
});

test.each([
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=-3', { first: 7, last: 9 }],
  ['bytes=-30', { first: 0, last: 9 }],
  ['bytes=4-99', { first: 4, last: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-4', null],
  ['bytes=-', null],
  ['bytes=0-1,3-4', null],
  ['lines=1-2', null],
])('the range %s of ten bytes', (header, range) => {
  expect(parseRange(header, 10)).toEqual(range);
});
