/**
 * The name under /dev/disk/by-path that udev would give, from the real path of `/sys/block/<name>/device`; the ramdisk
 * has no udev. null where the rule for the bus is not known here.
 */
export function diskPath(device: string, name: string): string | null {
  const parts = device.split('/');
  const pci = parts.findLast((part) => /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(part));
  if (!pci) return null;
  const base = `/dev/disk/by-path/pci-${pci}`;
  if (/^virtio\d+$/.test(parts.at(-1) ?? '')) return base;
  const namespace = /^nvme\d+n(\d+)$/.exec(name);
  if (namespace) return `${base}-nvme-${namespace[1]}`;
  const ata = parts.find((part) => /^ata\d+$/.test(part));
  if (ata) return `${base}-ata-${ata.slice(3)}`;
  const scsi = /^\d+:(\d+):(\d+):(\d+)$/.exec(parts.at(-1) ?? '');
  return scsi ? `${base}-scsi-0:${scsi[1]}:${scsi[2]}:${scsi[3]}` : null;
}

/** What lsblk calls TRAN. */
export function transportOf(device: string, subsystem: string | null): string | null {
  if (/\/usb\d+\//.test(device)) return 'usb';
  if (/\/ata\d+\//.test(device)) return 'sata';
  if (/\/end_device-/.test(device)) return 'sas';
  if (/\/rport-/.test(device)) return 'fc';
  if (/\/virtio\d+$/.test(device)) return 'virtio';
  if (device.includes('/nvme/') || subsystem === 'nvme' || subsystem === 'nvme-subsystem') return 'nvme';
  return null;
}
