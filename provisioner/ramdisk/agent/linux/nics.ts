import { networkInterfaces } from 'node:os';
import type { InventoryInterface } from '../hardware.ts';
import { attribute, entries, linkName, numberAttribute, realPath } from './sysfs.ts';

const NET = '/sys/class/net';

/** The machine's NICs: interfaces with a device behind them. */
export async function listNics(): Promise<InventoryInterface[]> {
  const found: InventoryInterface[] = [];
  for (const name of await entries(NET)) {
    const device = await realPath(`${NET}/${name}/device`);
    const mac = await attribute(`${NET}/${name}/address`);
    if (!device || !mac) continue;
    const pci = device.split('/').findLast((part) => /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(part)) ?? null;
    const addresses = networkInterfaces()[name] ?? [];
    const speed = await numberAttribute(`${NET}/${name}/speed`);
    found.push({
      name,
      mac_address: mac.toLowerCase(),
      ipv4_address: addresses.find((one) => one.family === 'IPv4')?.address ?? null,
      ipv6_address: addresses.find((one) => one.family === 'IPv6')?.address ?? null,
      has_carrier: await hasCarrier(name),
      lldp: null,
      vendor: pci ? await attribute(`/sys/bus/pci/devices/${pci}/vendor`) : null,
      product: pci ? await attribute(`/sys/bus/pci/devices/${pci}/device`) : null,
      client_id: null,
      biosdevname: null,
      speed_mbps: speed !== null && speed > 0 ? speed : null,
      pci_address: pci,
      driver: await linkName(`${NET}/${name}/device/driver`),
    });
  }
  return found;
}

export async function hasCarrier(name: string): Promise<boolean> {
  return (await attribute(`${NET}/${name}/carrier`)) === '1';
}
