import { createHash, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tftpGet } from '../../../provisioner/tftp/client.ts';
import { decodeTftp, encodeAck, encodeRead } from '../../../provisioner/tftp/packet.ts';
import { directoryResolver } from '../../../provisioner/tftp/resolver.ts';
import { startTftpServer, type TftpEvent, type TftpServer } from '../../../provisioner/tftp/server.ts';
import { lossyProxy } from './support/lossy-proxy.ts';

const BIG = randomBytes(1_500_000);
const MIDDLE = BIG.subarray(0, 300_000);
/** 65,537 blocks of the smallest size. */
const WRAPS = BIG.subarray(0, 65_537 * 8 - 1);
let directory: string;
let server: TftpServer;
const events: TftpEvent[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'switchyard-tftp-'));
  await mkdir(path.join(directory, 'root/sub'), { recursive: true });
  await writeFile(path.join(directory, 'secret'), 'secret');
  await writeFile(path.join(directory, 'root/big'), BIG);
  await writeFile(path.join(directory, 'root/sub/small'), 'small');
  await writeFile(path.join(directory, 'root/wraps'), WRAPS);
  await writeFile(path.join(directory, 'root/middle'), MIDDLE);
  await writeFile(path.join(directory, 'root/exact'), BIG.subarray(0, 1024));
  await writeFile(path.join(directory, 'root/text'), 'a\nb\rc\r\n');
  await symlink('../secret', path.join(directory, 'root/link'));
  const files = directoryResolver(path.join(directory, 'root'));
  server = await startTftpServer({
    address: '127.0.0.1',
    port: 0,
    resolve: (name, client) => (name === 'generated' ? Buffer.from('made up') : files(name, client)),
    onEvent: (event) => events.push(event),
  });
});

beforeEach(() => {
  events.length = 0;
});

afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

const get = (filename: string, more: object = {}) =>
  tftpGet({ host: '127.0.0.1', port: server.address.port, filename, ...more });
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** How the server saw the end; a transfer of an earlier test may end late, so the file's name says which. */
async function ended(filename: string): Promise<TftpEvent> {
  for (;;) {
    const event = events.find((one) => one.filename === filename);
    if (event) return event;
    await sleep(5);
  }
}

test.each([
  ['without options', {}, {}],
  ['with large blocks', { blockSize: 1468 }, { blksize: '1468', tsize: '1500000' }],
  ['in windows', { blockSize: 1468, windowSize: 16 }, { blksize: '1468', windowsize: '16', tsize: '1500000' }],
  ['with the largest blocks', { blockSize: 65464 }, { blksize: '65464', tsize: '1500000' }],
])('a file arrives whole %s', async (_how, request, accepted) => {
  const { data, options } = await get('big', request);
  expect(sha(data)).toBe(sha(BIG));
  expect(Object.fromEntries(options)).toEqual(accepted);
  expect(await ended('big')).toMatchObject({ end: 'sent', bytes: BIG.length });
});

test('a file of whole blocks ends with an empty one', async () => {
  expect((await get('exact')).data).toEqual(BIG.subarray(0, 1024));
});

// 65,537 datagrams: a second on a quiet machine.
test('block numbers go on at 0 after 65535', { timeout: 120_000 }, async () => {
  const { data, packets } = await get('wraps', { blockSize: 8, windowSize: 64 });
  expect(sha(data)).toBe(sha(WRAPS));
  expect(packets).toBeGreaterThan(65536);
});

test.each([
  [0.01, 1],
  [0.01, 8],
  [0.05, 1],
  [0.05, 8],
])('a file arrives whole when %d of the packets are lost, window %d', { timeout: 60_000 }, async (loss, windowSize) => {
  const proxy = await lossyProxy(server.address.port, loss);
  try {
    const request = { port: proxy.port, blockSize: 1468, windowSize, retryMs: 200 };
    expect(sha((await get('middle', request)).data)).toBe(sha(MIDDLE));
    expect(proxy.dropped()).toBeGreaterThan(0);
  } finally {
    proxy.close();
  }
});

test('duplicate acknowledgements do not double the blocks sent', async () => {
  const client = createSocket('udp4').bind(0, '127.0.0.1');
  await once(client, 'listening');
  const blocks: number[] = [];
  client.send(encodeRead('exact', 'octet', [['timeout', '200']]), server.address.port, '127.0.0.1');
  const finished = new Promise<void>((resolve) => {
    client.on('message', (bytes, from) => {
      const packet = decodeTftp(bytes);
      const block = packet?.kind === 'data' ? packet.block : 0;
      if (packet?.kind === 'data') blocks.push(block);
      for (let copy = 0; copy < 3; copy++) client.send(encodeAck(block), from.port, '127.0.0.1');
      if (block === 3) resolve();
    });
  });
  await finished;
  await ended('exact');
  client.close();
  expect(blocks).toEqual([1, 2, 3]);
});

test('a client that only wanted the size is not a failure', async () => {
  const { options } = await get('big', { blockSize: 1468, windowSize: 4, sizeOnly: true });
  expect(options.get('tsize')).toBe('1500000');
  expect(await ended('big')).toMatchObject({ end: 'declined' });
});

test('a client that vanishes is given up', async () => {
  const impatient = await startTftpServer({
    address: '127.0.0.1',
    port: 0,
    resolve: () => BIG,
    giveUpMs: 800,
    onEvent: (event) => events.push(event),
  });
  const client = createSocket('udp4').bind(0, '127.0.0.1');
  await once(client, 'listening');
  client.send(encodeRead('abandoned', 'octet', []), impatient.address.port, '127.0.0.1');
  expect(await ended('abandoned')).toMatchObject({ end: 'timed-out', bytes: 0 });
  client.close();
  await impatient.stop();
});

test('one client has at most so many transfers', async () => {
  // A server of its own: transfers of earlier tests may still be ending on the other one.
  const limited = await startTftpServer({
    address: '127.0.0.1',
    port: 0,
    resolve: () => BIG,
    maxTransfersPerClient: 3,
    onEvent: (event) => events.push(event),
  });
  const { port } = limited.address;
  const clients = Array.from({ length: 3 }, () => createSocket('udp4').bind(0, '127.0.0.1'));
  await Promise.all(clients.map((socket) => once(socket, 'listening')));
  const started = clients.map((socket) => once(socket, 'message'));
  for (const socket of clients) socket.send(encodeRead('limited', 'octet', []), port, '127.0.0.1');
  await Promise.all(started);
  await expect(get('limited', { port })).rejects.toThrow(/too many transfers/);
  for (const socket of clients) socket.close();
  // The kernel tells the server that its clients' ports are closed, so there is room again.
  while (events.filter(({ filename, end }) => filename === 'limited' && end === 'failed').length < 3) await sleep(5);
  expect((await get('limited', { port })).data).toHaveLength(BIG.length);
  await limited.stop();
});

test.each(['../secret', '/../secret', 'sub/../../secret', '..\\secret', 'link', 'sub', 'nothing', '/etc/passwd'])(
  'nothing outside the directory is served: %s',
  async (name) => {
    await expect(get(name)).rejects.toMatchObject({ code: 'tftp_refused' });
    expect(await ended(name)).toMatchObject({ end: 'refused' });
  },
);

test('a leading slash, backslashes and generated files are served', async () => {
  expect((await get('/sub\\small')).data.toString()).toBe('small');
  expect((await get('generated')).data.toString()).toBe('made up');
});

test('netascii is converted', async () => {
  expect((await get('text', { mode: 'netascii' })).data.toString('latin1')).toBe('a\r\nb\r\0c\r\0\r\n');
});

test('writing is refused', async () => {
  const client = createSocket('udp4').bind(0, '127.0.0.1');
  await once(client, 'listening');
  const answer = once(client, 'message') as Promise<[Buffer]>;
  client.send(Buffer.from('\0\x02big\0octet\0'), server.address.port, '127.0.0.1');
  expect(decodeTftp((await answer)[0])).toMatchObject({ kind: 'error', code: 2, message: 'this server is read-only' });
  client.close();
});
