import type { Inventory, InventoryDisk } from './inventory.ts';

const gib = 2 ** 30;

/** What inspection writes into the node's properties; absent where the inventory does not tell. */
export interface InspectedProperties {
  cpu_arch?: string;
  cpus?: number;
  memory_mb?: number;
  /** One less than the root disk's GiB, as Ironic counts: room for partitioning and the config drive. */
  local_gb?: number;
  vendor?: string;
}

export function inspectedProperties(inventory: Inventory, rootDisk: InventoryDisk | null): InspectedProperties {
  const { cpu, memory, system_vendor: vendor } = inventory;
  // physical_mb counts what firmware reserved too; the kernel's total is the second best.
  const memoryMb = memory?.physical_mb || (memory?.total ? Math.floor(memory.total / 2 ** 20) : 0);
  return {
    ...(cpu?.architecture ? { cpu_arch: cpu.architecture } : {}),
    ...(cpu?.count ? { cpus: cpu.count } : {}),
    ...(memoryMb ? { memory_mb: memoryMb } : {}),
    ...(rootDisk ? { local_gb: Math.max(0, Math.floor(rootDisk.size / gib) - 1) } : {}),
    ...(vendor?.manufacturer ? { vendor: vendor.manufacturer } : {}),
  };
}

/** The firmware the machine runs now; for capabilities/boot_mode. */
export function bootModeOf(inventory: Inventory): 'bios' | 'uefi' | null {
  const mode = inventory.boot?.current_boot_mode?.toLowerCase();
  return mode === 'uefi' || mode === 'bios' ? mode : null;
}
