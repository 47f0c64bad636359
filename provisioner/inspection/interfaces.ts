import { FabricError } from '../../topology/error/fabric-error.ts';
import type { InspectionData } from './continue-inspection.ts';
import { type InventoryInterface, macSchema } from './inventory.ts';

export interface ValidInterface {
  name: string;
  macAddress: string;
  hasCarrier: boolean | null;
  /** Whether the machine booted from it. */
  pxeEnabled: boolean;
  clientId: string | null;
  speedMbps: number | null;
  pciAddress: string | null;
}

/**
 * The NICs worth a port: with a MAC, not loopback, each MAC once. Throws `inspection_no_interfaces`: a machine without
 * any can never be attached.
 */
export function validInterfaces(data: Pick<InspectionData, 'inventory' | 'bootInterface'>): ValidInterface[] {
  const pxe = pxeMac(data.bootInterface);
  const seen = new Set<string>();
  const valid: ValidInterface[] = [];
  for (const nic of data.inventory.interfaces) {
    if (!usable(nic) || seen.has(nic.mac_address)) continue;
    seen.add(nic.mac_address);
    valid.push({
      name: nic.name,
      macAddress: nic.mac_address,
      hasCarrier: nic.has_carrier ?? null,
      pxeEnabled: nic.mac_address === pxe,
      clientId: nic.client_id ?? null,
      speedMbps: nic.speed_mbps ?? null,
      pciAddress: nic.pci_address ?? null,
    });
  }
  if (valid.length > 0) return valid;
  throw new FabricError(
    'inspection_no_interfaces',
    'The machine reported no network interface with a MAC address. Check the ramdisk has a driver for its NICs.',
  );
}

function usable(nic: InventoryInterface): nic is InventoryInterface & { mac_address: string } {
  const mac = nic.mac_address;
  if (!mac || nic.name === 'lo' || mac === '00:00:00:00:00:00') return false;
  // IEEE 802 group bit: no station address.
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0;
}

/** pxelinux and iPXE write BOOTIF as hardware type 01 and the MAC with dashes. */
export function pxeMac(text: string | null): string | null {
  if (text === null) return null;
  const bare = /^01[-:](([0-9a-f]{2}[-:]){5}[0-9a-f]{2})$/i.exec(text)?.[1] ?? text;
  const parsed = macSchema.safeParse(bare);
  return parsed.success ? parsed.data : null;
}

export interface KnownPort {
  uuid: string;
  address: string;
  pxeEnabled: boolean;
}

export interface PortChanges {
  create: { address: string; pxeEnabled: boolean; name: string; clientId: string | null }[];
  update: { uuid: string; pxeEnabled: boolean }[];
  /** Ports the machine no longer has; for the caller's policy (Ironic's keep_ports). */
  absent: KnownPort[];
}

/**
 * What inspection makes of the node's ports. Which NICs become new ports: `pxe` those booted from (all, where the
 * ramdisk does not know which), `active` those with carrier, `all`. Whether a known port is PXE-enabled is corrected
 * only when the boot NIC is known, and one is left as it is rather than none being enabled.
 */
export function portChanges(
  nics: ValidInterface[],
  known: KnownPort[],
  add: 'pxe' | 'active' | 'all' | 'disabled' = 'all',
): PortChanges {
  const bootKnown = nics.some((nic) => nic.pxeEnabled);
  const byMac = new Map(known.map((port) => [port.address.toLowerCase(), port]));
  const wanted = (nic: ValidInterface): boolean => {
    if (add === 'all') return true;
    return add === 'pxe' ? nic.pxeEnabled || !bootKnown : add === 'active' && nic.hasCarrier !== false;
  };
  const changes: PortChanges = { create: [], update: [], absent: [] };
  for (const nic of nics) {
    const port = byMac.get(nic.macAddress);
    const pxeEnabled = nic.pxeEnabled || !bootKnown;
    if (port) {
      byMac.delete(nic.macAddress);
      if (bootKnown && port.pxeEnabled !== pxeEnabled) changes.update.push({ uuid: port.uuid, pxeEnabled });
    } else if (wanted(nic)) {
      changes.create.push({ address: nic.macAddress, pxeEnabled, name: nic.name, clientId: nic.clientId });
    }
  }
  changes.absent = [...byMac.values()];
  return changes;
}
