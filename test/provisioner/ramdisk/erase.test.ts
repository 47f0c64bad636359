import { expect, test } from 'vitest';
import { type Disk, MIB } from '../../../provisioner/ramdisk/agent/disk/disk.ts';
import { eraseDisk } from '../../../provisioner/ramdisk/agent/disk/erase.ts';

const GIB = 1024 * MIB;

/** A disk that says it erased, but kept `bytes` from `start` on. */
function forgetful(sizeBytes: number, start: number, bytes: number): { disk: Disk; read: () => number } {
  let read = 0;
  const done = async () => {};
  const disk: Disk = {
    name: '/dev/sda',
    sizeBytes,
    sectorBytes: 512,
    async read(buffer, position) {
      read += buffer.length;
      buffer.fill(0);
      const [from, to] = [Math.max(0, start - position), Math.min(buffer.length, start + bytes - position)];
      if (from < to) buffer.fill(0x5a, from, to);
    },
    write: done,
    async zero(_position, length, onDone) {
      onDone?.(length);
    },
    flush: done,
    dropCache: done,
    rereadPartitions: done,
    close: done,
  };
  return { disk, read: () => read };
}

const erase = (disk: Disk) => eraseDisk(disk, () => {}, new AbortController().signal);

test.each([
  ['a byte anywhere on a small disk', GIB, GIB - 12_345, 1],
  ['a byte near the beginning of a large one', 4 * GIB, 15 * MIB, 1],
  ['a byte near its end', 4 * GIB, 4 * GIB - MIB, 1],
  ['8 MiB in its middle', 4 * GIB, 2 * GIB + 1_234_567, 8 * MIB],
  ['a thousandth of a very large one', 4096 * GIB, 1717 * GIB, 4 * GIB],
])('data that was kept is found: %s', async (_what, size, start, bytes) => {
  const { disk } = forgetful(size, start, bytes);
  await expect(erase(disk)).rejects.toMatchObject({ code: 'disk_erase_failed' });
});

test('of a large disk little is read back, and how much is told', async () => {
  const { disk, read } = forgetful(4096 * GIB, 0, 0);
  expect(await erase(disk)).toBe(read());
  expect(read()).toBeLessThan(64 * MIB);
});
