import type { LldpRaw } from '../../../topology/lldp/index.ts';
import type { Disk } from './disk/disk.ts';

/** One NIC as ironic-python-agent reports it. */
export interface InventoryInterface {
  name: string;
  mac_address: string;
  ipv4_address: string | null;
  ipv6_address: string | null;
  has_carrier: boolean;
  /** What the NIC heard since the agent started; null: not asked for, or nothing. */
  lldp: LldpRaw | null;
  /** PCI ids as `0x8086`, or null for devices that are not on PCI. */
  vendor: string | null;
  product: string | null;
  client_id: null;
  biosdevname: null;
  speed_mbps: number | null;
  pci_address: string | null;
  driver: string | null;
}

/** One disk. `size` in bytes; `name` is the device path, e.g. `/dev/sda`. */
export interface InventoryDisk {
  name: string;
  model: string;
  size: number;
  rotational: boolean;
  wwn: string | null;
  serial: string | null;
  vendor: string | null;
  wwn_with_extension: string | null;
  wwn_vendor_extension: string | null;
  hctl: string | null;
  by_path: string | null;
  logical_sectors: number;
  physical_sectors: number;
  tran: string | null;
}

/** ironic-python-agent's `list_hardware_info`; `system_uuid` (SMBIOS type 1) is our own addition. */
export interface Inventory {
  interfaces: InventoryInterface[];
  cpu: {
    model_name: string;
    frequency: string;
    count: number;
    architecture: string;
    flags: string[];
    socket_count: number;
  };
  disks: InventoryDisk[];
  /** `total` in bytes as the operating system sees it; `physical_mb` what is plugged in. */
  memory: { total: number; physical_mb: number };
  bmc_address: string | null;
  bmc_v6address: string | null;
  bmc_mac: string | null;
  system_vendor: {
    product_name: string;
    serial_number: string;
    manufacturer: string;
    firmware: { vendor: string; version: string; build_date: string };
  };
  boot: { current_boot_mode: 'bios' | 'uefi'; pxe_interface: string | null };
  hostname: string;
  system_uuid: string | null;
}

export interface LogFile {
  name: string;
  data: Uint8Array;
}

/**
 * What the agent asks of the machine it runs on. The Linux implementation is in `linux/`; a simulated server brings its
 * own.
 */
export interface Hardware {
  inventory(): Promise<Inventory>;
  /** The first LLDPDU heard on each NIC, by NIC name; NICs that heard none within `timeoutMs` are absent. */
  lldp(timeoutMs: number, signal: AbortSignal): Promise<Record<string, LldpRaw>>;
  /** Opens a disk of the inventory by its `name` for reading and writing. */
  openDisk(name: string): Promise<Disk>;
  /** Writes everything that is buffered to the disks. */
  sync(): Promise<void>;
  powerOff(): Promise<void>;
  reboot(): Promise<void>;
  /** Takes every NIC down; nobody talks to this machine until it is reset. */
  isolate(): Promise<void>;
  logs(): Promise<LogFile[]>;
}
