import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { end, prefer } from '../support/children.ts';
import { atLeast, type Bench, type Findings, median } from '../support/findings.ts';
import { needPackages } from '../support/needs.ts';

const SIZE = 30 * 1024 * 1024;
const BLOCK_SIZE = 1468;
const ROUNDS = 7;
const GOAL = 1.5;
const FILE = 'image.bin';
const PEER = '/usr/sbin/in.tftpd';
/** One client for all, in C, so that the servers are what is measured; it knows windows (RFC 7440). */
const CLIENT = '/usr/bin/atftp';

/** One server and one window size; the rounds of all are interleaved, so that a busy moment hits each alike. */
interface Contender {
  name: string;
  port: number;
  windowSize: number | undefined;
  megabytesPerSecond: number[];
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function startPeer(directory: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freeUdpPort();
  const child = spawn(PEER, ['-L', '-a', `127.0.0.1:${port}`, '-s', directory], { stdio: 'inherit' });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`${PEER}: ${error.message} (Debian package tftpd-hpa)`)));
    child.once('exit', (code) => reject(new Error(`${PEER} ended with ${code}; it needs root for -s`)));
  });
  await Promise.race([failed, sleep(500)]);
  failed.catch(() => undefined);
  return { child, port };
}

async function startOwn(directory: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL('./tftp-server.ts', import.meta.url)), [directory]);
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

async function download(contender: Contender, into: string, expected: Buffer): Promise<void> {
  await rm(into, { force: true });
  const options = [`blksize ${BLOCK_SIZE}`];
  if (contender.windowSize !== undefined) options.push(`windowsize ${contender.windowSize}`);
  const started = performance.now();
  const client = spawn(
    CLIENT,
    [
      ...options.flatMap((option) => ['--option', option]),
      '--get',
      ...['--remote-file', FILE, '--local-file', into, '127.0.0.1', String(contender.port)],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  prefer(client);
  let words = '';
  client.stderr.on('data', (chunk) => {
    words += chunk;
  });
  const [code] = (await once(client, 'close')) as [number | null];
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${contender.name}: ${CLIENT} ended with ${code}: ${words.trim()}`);
  if (!(await readFile(into)).equals(expected)) throw new Error(`${contender.name} delivered other bytes`);
  contender.megabytesPerSecond.push(SIZE / 1e6 / seconds);
}

function findings(contenders: Contender[]): Findings {
  const [peer, ...own] = contenders.map(({ name, megabytesPerSecond }) => ({ name, rate: median(megabytesPerSecond) }));
  const ratios = Object.fromEntries(own.map(({ name, rate }) => [`${name} / tftpd-hpa`, rate / peer!.rate]));
  const best = 'best setting / tftpd-hpa';
  ratios[best] = Math.max(...Object.values(ratios));
  return {
    figures: Object.fromEntries([peer!, ...own].map(({ name, rate }) => [`${name} MB/s`, rate])),
    ratios,
    ...atLeast(GOAL, ratios, [best]),
  };
}

export const bench: Bench = {
  name: 'boot',
  title: 'TFTP, 30 MB at 1468 bytes a block, against tftpd-hpa (which has no windows)',
  async run() {
    await needPackages(['tftpd-hpa', 'atftp']);
    const directory = await mkdtemp(path.join(os.tmpdir(), 'switchyard-bench-'));
    const children: ChildProcess[] = [];
    try {
      const root = path.join(directory, 'root');
      // The peer serves as another user.
      await chmod(directory, 0o755);
      await mkdir(root, { mode: 0o755 });
      const expected = randomBytes(SIZE);
      await writeFile(path.join(root, FILE), expected, { mode: 0o644 });
      const peer = await startPeer(root);
      children.push(peer.child);
      const own = await startOwn(root);
      children.push(own.child);
      for (const child of children) prefer(child);
      const contenders: Contender[] = [
        { name: 'tftpd-hpa', port: peer.port, windowSize: undefined, megabytesPerSecond: [] },
        ...[1, 4, 16].map((windowSize) => ({
          name: `switchyard window ${windowSize}`,
          port: own.port,
          windowSize,
          megabytesPerSecond: [],
        })),
      ];
      for (let round = 0; round < ROUNDS; round++) {
        for (const contender of contenders) await download(contender, path.join(directory, 'got'), expected);
      }
      return findings(contenders);
    } finally {
      for (const child of children) await end(child);
      await rm(directory, { recursive: true });
    }
  },
};
