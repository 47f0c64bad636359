import { open } from 'node:fs/promises';
import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { Disk } from '../disk/disk.ts';
import { openFileDisk } from '../disk/file-disk.ts';
import type { InventoryDisk } from '../hardware.ts';
import { diskPath, transportOf } from './disk-path.ts';
import { runProgram } from './run-program.ts';
import { attribute, entries, linkName, numberAttribute, realPath } from './sysfs.ts';

/** Block devices that are no disks: RAM, loops, optical drives, floppies, and what is built on top of disks. */
const NO_DISK = /^(ram|loop|zram|sr|fd|nbd|dm-|md|mtdblock)/;

/** The disks of the machine: writable, with a medium, not hidden (NVMe multipath shows the paths of a disk too). */
export async function listDisks(): Promise<InventoryDisk[]> {
  const found: InventoryDisk[] = [];
  for (const name of await entries('/sys/block')) {
    const base = `/sys/block/${name}`;
    if (NO_DISK.test(name) || (await attribute(`${base}/hidden`)) === '1') continue;
    const sectors = await numberAttribute(`${base}/size`);
    if (!sectors || (await attribute(`${base}/ro`)) === '1') continue;
    found.push(await describeDisk(name, base, sectors * 512));
  }
  return found;
}

/** sysfs counts size in 512-byte units, whatever the sector. */
async function describeDisk(name: string, base: string, size: number): Promise<InventoryDisk> {
  const device = await realPath(`${base}/device`);
  const wwid = (await attribute(`${base}/wwid`)) ?? (await attribute(`${base}/device/wwid`));
  const wwn = wwid && /^(naa|eui)\.[0-9a-f]+$/i.test(wwid) ? `0x${wwid.slice(4)}` : null;
  const address = device?.split('/').at(-1) ?? '';
  return {
    name: `/dev/${name}`,
    model: (await attribute(`${base}/device/model`)) ?? '',
    size,
    rotational: (await attribute(`${base}/queue/rotational`)) === '1',
    wwn: wwn ? wwn.slice(0, 18) : null,
    serial: await serialOf(base),
    vendor: await attribute(`${base}/device/vendor`),
    wwn_with_extension: wwn,
    wwn_vendor_extension: wwn && wwn.length > 18 ? `0x${wwn.slice(18)}` : null,
    hctl: /^\d+:\d+:\d+:\d+$/.test(address) ? address : null,
    by_path: device ? diskPath(device, name) : null,
    logical_sectors: (await numberAttribute(`${base}/queue/logical_block_size`)) ?? 512,
    physical_sectors: (await numberAttribute(`${base}/queue/physical_block_size`)) ?? 512,
    tran: device ? transportOf(device, await linkName(`${base}/device/subsystem`)) : null,
  };
}

/** virtio and NVMe have an attribute; SCSI and ATA disks say it in vital product data page 0x80 (SPC-4 7.8.15). */
async function serialOf(base: string): Promise<string | null> {
  const plain = (await attribute(`${base}/serial`)) ?? (await attribute(`${base}/device/serial`));
  if (plain) return plain;
  const page = await attribute(`${base}/device/vpd_pg80`);
  // The page's header holds control characters (0x80 and a length) in front of the text.
  return page?.replace(/[^\x20-\x7e]/g, '').trim() || null;
}

/** Opens a disk of listDisks() by name. */
export async function openBlockDevice(name: string): Promise<Disk> {
  const known = (await listDisks()).find((disk) => disk.name === name);
  if (!known) {
    throw new FabricError(
      'disk_open_failed',
      `${name} is no disk of this machine; look at the inventory for its disks`,
      {
        context: { disk: name },
      },
    );
  }
  return openFileDisk(name, {
    sizeBytes: known.size,
    sectorBytes: known.logical_sectors,
    device: {
      zero: async (position, length) => {
        const range = ['--offset', String(position), '--length', String(length)];
        // The kernel wants whole sectors; what is not aligned is written.
        if (position % known.logical_sectors || length % known.logical_sectors) return false;
        return (await runProgram('blkdiscard', ['--zeroout', ...range, name], 3_600_000)).code === 0;
      },
      dropCache: async () => {
        await runProgram('blockdev', ['--flushbufs', name]);
        const control = await open('/proc/sys/vm/drop_caches', 'w');
        await control.write('1').finally(() => control.close());
      },
      rereadPartitions: () => reread(name),
    },
  });
}

async function reread(name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { code, output } = await runProgram('blockdev', ['--rereadpt', name]);
    if (code === 0) return;
    if (attempt === 5) {
      throw new FabricError(
        'disk_busy',
        `the kernel does not read the new partition table of ${name}: ${output.trim()}; reboot the machine before its partitions are used`,
        { retryable: true, context: { disk: name } },
      );
    }
    await new Promise((done) => setTimeout(done, 500));
  }
}
