import { z } from 'zod';

/**
 * The hardware inventory as the agent sends it (the contract's section 4). Everything but the NICs may be missing; what
 * is unusable in an optional field counts as missing, so that one odd disk does not lose a whole machine.
 */
const text = z.string().max(1000).nullish().catch(null);
const count = z.number().nonnegative().nullish().catch(null);

export const macSchema = z
  .string()
  .max(64)
  .transform((value) => value.toLowerCase().replaceAll('-', ':'))
  .pipe(z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/));

/** [TLV type, value in hex]. */
const lldpTlvs = z.array(z.tuple([z.int().min(0).max(127), z.string().max(1022)])).max(512);
export type LldpTlv = z.infer<typeof lldpTlvs>[number];

export const interfaceSchema = z.looseObject({
  name: z.string().min(1).max(64),
  mac_address: macSchema.nullish().catch(null),
  ipv4_address: text,
  ipv6_address: text,
  has_carrier: z.boolean().nullish().catch(null),
  lldp: lldpTlvs.nullish().catch(null),
  vendor: text,
  product: text,
  client_id: text,
  biosdevname: text,
  speed_mbps: count,
  pci_address: text,
  driver: text,
});
export type InventoryInterface = z.infer<typeof interfaceSchema>;

export const diskSchema = z.looseObject({
  name: z.string().min(1).max(256),
  model: text,
  /** Bytes. */
  size: z.number().nonnegative(),
  rotational: z.boolean().nullish().catch(null),
  wwn: text,
  serial: text,
  vendor: text,
  wwn_with_extension: text,
  wwn_vendor_extension: text,
  hctl: text,
  by_path: text,
});
export type InventoryDisk = z.infer<typeof diskSchema>;

export const inventorySchema = z.looseObject({
  interfaces: z.array(interfaceSchema).min(1, 'lists no network interface').max(256),
  cpu: z
    .looseObject({
      model_name: text,
      count,
      architecture: text,
      flags: z.array(z.string().max(64)).max(2000).nullish().catch(null),
      socket_count: count,
    })
    .nullish()
    .catch(null),
  disks: z.array(z.unknown()).max(2048).catch([]).transform(keep(diskSchema)),
  /** total in bytes, physical_mb in MiB. */
  memory: z.looseObject({ total: count, physical_mb: count }).nullish().catch(null),
  bmc_address: text,
  bmc_v6address: text,
  bmc_mac: text,
  system_vendor: z
    .looseObject({
      product_name: text,
      serial_number: text,
      manufacturer: text,
      firmware: z.looseObject({ vendor: text, version: text, build_date: text }).nullish().catch(null),
      uuid: text,
    })
    .nullish()
    .catch(null),
  /** SMBIOS UUID; Switchyard's own agent sends it here or in system_vendor.uuid. */
  system_uuid: text,
  boot: z.looseObject({ current_boot_mode: text, pxe_interface: text }).nullish().catch(null),
  hostname: text,
});
export type Inventory = z.infer<typeof inventorySchema>;

/** Keeps the elements that fit the schema. */
function keep<T>(schema: z.ZodType<T>): (list: unknown[]) => T[] {
  return (list) =>
    list.flatMap((item) => {
      const parsed = schema.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    });
}

export function systemUuidOf(inventory: Inventory): string | null {
  return inventory.system_uuid ?? inventory.system_vendor?.uuid ?? null;
}
