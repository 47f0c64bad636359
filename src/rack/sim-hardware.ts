import { setTimeout as sleep } from 'node:timers/promises';
import type { Hardware, Inventory, InventoryInterface } from '../../provisioner/ramdisk/agent/hardware.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { LldpRaw } from '../../topology/lldp/index.ts';
import type { Nic } from './nic.ts';
import type { SparseDisk } from './sparse-disk.ts';

export interface MachineFacts {
  systemUuid: string;
  serial: string;
  nics: Nic[];
  disk: SparseDisk;
}

const DISK = '/dev/vda';
const LLDP_POLL_MS = 100;

/** What the deploy agent sees when it runs on a simulated server. */
export function simHardware(
  facts: MachineFacts,
  boot: { bootif: string | null; address: string | null },
  power: { off(): void; reboot(): void },
): Hardware {
  return {
    inventory: async () => inventoryOf(facts, boot),
    async lldp(timeoutMs, signal) {
      const until = Date.now() + timeoutMs;
      const heard: Record<string, LldpRaw> = {};
      for (;;) {
        for (const nic of facts.nics) {
          const tlvs = nic.lldp();
          if (tlvs) heard[nic.name] = tlvs;
        }
        const all = facts.nics.every((nic) => !nic.powered || heard[nic.name]);
        if (all || Date.now() > until) return heard;
        await sleep(LLDP_POLL_MS, undefined, { signal });
      }
    },
    async openDisk(name) {
      if (name === DISK) return facts.disk.open(DISK);
      throw new FabricError('disk_open_failed', `there is no disk ${name}; this machine has ${DISK}`);
    },
    sync: async () => {},
    powerOff: async () => power.off(),
    reboot: async () => power.reboot(),
    isolate: async () => {
      for (const nic of facts.nics) nic.power(false);
    },
    logs: async () => [{ name: 'boot.log', data: Buffer.from(`simulated server ${facts.serial}\n`) }],
  };
}

function inventoryOf(facts: MachineFacts, boot: { bootif: string | null; address: string | null }): Inventory {
  return {
    interfaces: facts.nics.map((nic, index) => interfaceOf(nic, index, boot)),
    cpu: {
      model_name: 'Virtual Rack CPU',
      frequency: '2400.0',
      count: 4,
      architecture: 'x86_64',
      flags: ['lm', 'sse2'],
      socket_count: 1,
    },
    disks: [
      {
        name: DISK,
        model: 'Virtual Rack Disk',
        size: facts.disk.sizeBytes,
        rotational: false,
        wwn: null,
        serial: `${facts.serial}-D0`,
        vendor: 'Switchyard',
        wwn_with_extension: null,
        wwn_vendor_extension: null,
        hctl: null,
        by_path: '/dev/disk/by-path/virtio-pci-0000:00:05.0',
        logical_sectors: 512,
        physical_sectors: 4096,
        tran: 'virtio',
      },
    ],
    memory: { total: 8 * 2 ** 30, physical_mb: 8192 },
    bmc_address: null,
    bmc_v6address: null,
    bmc_mac: null,
    system_vendor: {
      product_name: 'Virtual Rack Server',
      serial_number: facts.serial,
      manufacturer: 'Switchyard',
      firmware: { vendor: 'Switchyard', version: '1', build_date: '2026-01-01' },
    },
    boot: { current_boot_mode: 'uefi', pxe_interface: boot.bootif },
    hostname: facts.serial.toLowerCase(),
    system_uuid: facts.systemUuid,
  };
}

function interfaceOf(
  nic: Nic,
  index: number,
  boot: { bootif: string | null; address: string | null },
): InventoryInterface {
  const booted = boot.bootif?.endsWith(nic.mac.replaceAll(':', '-')) ?? false;
  return {
    name: nic.name,
    mac_address: nic.mac,
    ipv4_address: booted ? boot.address : null,
    ipv6_address: null,
    has_carrier: nic.powered,
    lldp: null,
    vendor: '0x1af4',
    product: '0x1000',
    client_id: null,
    biosdevname: null,
    speed_mbps: 25_000,
    pci_address: `0000:00:0${3 + index}.0`,
    driver: 'virtio_net',
  };
}
