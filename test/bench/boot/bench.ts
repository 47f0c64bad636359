import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { tftpGet } from '../../../provisioner/tftp/client.ts';

const SIZE = 30 * 1024 * 1024;
const BLOCK_SIZE = 1468;
const ROUNDS = 5;
const GOAL = 1.5;
const FILE = 'image.bin';
const PEER = '/usr/sbin/in.tftpd';

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

async function download(contender: Contender, expected: Buffer): Promise<void> {
  const started = performance.now();
  const { data, options } = await tftpGet({
    host: '127.0.0.1',
    port: contender.port,
    filename: FILE,
    blockSize: BLOCK_SIZE,
    windowSize: contender.windowSize,
  });
  const seconds = (performance.now() - started) / 1000;
  if (!data.equals(expected)) throw new Error(`${contender.name} delivered other bytes`);
  if (options.get('blksize') !== String(BLOCK_SIZE)) throw new Error(`${contender.name} did not take blksize`);
  contender.megabytesPerSecond.push(SIZE / 1e6 / seconds);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export const bench = {
  name: 'boot',
  title: 'TFTP, 30 MB at 1468 bytes a block, against tftpd-hpa',
  async run() {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'switchyard-bench-'));
    const children: ChildProcess[] = [];
    try {
      // The peer serves as another user.
      await chmod(directory, 0o755);
      const expected = randomBytes(SIZE);
      await writeFile(path.join(directory, FILE), expected, { mode: 0o644 });
      const peer = await startPeer(directory);
      children.push(peer.child);
      const own = await startOwn(directory);
      children.push(own.child);
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
        for (const contender of contenders) await download(contender, expected);
      }
      const figures: Record<string, number> = {};
      for (const { name, megabytesPerSecond } of contenders) figures[`${name} MB/s`] = median(megabytesPerSecond);
      const peerRate = figures['tftpd-hpa MB/s']!;
      const ratios: Record<string, number> = {};
      for (const { name } of contenders.slice(1)) ratios[`${name} / tftpd-hpa`] = figures[`${name} MB/s`]! / peerRate;
      const best = Math.max(...Object.values(ratios));
      ratios['best setting / tftpd-hpa'] = best;
      return {
        figures,
        ratios,
        goals: { 'best setting / tftpd-hpa': `>= ${GOAL}` },
        met: best >= GOAL,
      };
    } finally {
      for (const child of children) {
        if (child.exitCode === null && child.signalCode === null) {
          child.kill();
          await once(child, 'exit');
        }
      }
      await rm(directory, { recursive: true });
    }
  },
};
