import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIB } from '../../../provisioner/ramdisk/agent/disk/disk.ts';
import { SparseDisk } from '../../../src/rack/sparse-disk.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'switchyard-disk-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('a new disk is empty and costs nothing, one that was written to is not', async () => {
  const disk = await SparseDisk.create(path.join(directory, 'a'), 1024 * MIB);
  expect(await disk.isEmpty()).toBe(true);
  expect((await stat(disk.path)).blocks).toBe(0);
  const handle = await disk.open('a');
  await handle.write(Buffer.from('x'.repeat(512)), 1024 * MIB - 512);
  expect(await disk.isEmpty()).toBe(false);
  await handle.close();
});

test('what is read is what was written, across the borders of the MiB it keeps note of', async () => {
  const disk = await SparseDisk.create(path.join(directory, 'b'), 16 * MIB);
  const handle = await disk.open('b');
  const data = Buffer.alloc(3 * MIB, 0x5a);
  await handle.write(data, MIB / 2);
  const back = Buffer.alloc(5 * MIB);
  await handle.read(back, 0);
  expect(back.equals(Buffer.concat([Buffer.alloc(MIB / 2), data, Buffer.alloc(MIB + MIB / 2)]))).toBe(true);
  await handle.close();
});

test('an erasure of a part leaves the rest; that of the whole leaves nothing', async () => {
  const disk = await SparseDisk.create(path.join(directory, 'c'), 16 * MIB);
  const handle = await disk.open('c');
  await handle.write(Buffer.alloc(4 * MIB, 0x5a), 0);
  await handle.zero(MIB / 2, 2 * MIB);
  const back = Buffer.alloc(4 * MIB);
  await handle.read(back, 0);
  const expected = Buffer.alloc(4 * MIB, 0x5a).fill(0, MIB / 2, MIB / 2 + 2 * MIB);
  expect(back.equals(expected)).toBe(true);
  expect(await disk.isEmpty()).toBe(false);
  await handle.zero(0, 16 * MIB);
  expect(await disk.isEmpty()).toBe(true);
  await handle.close();
});
