import { z } from 'zod';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { type Inventory, inventorySchema } from './inventory.ts';

/** Bytes of `POST /v1/continue_inspection` that are accepted: the logs of a large machine are some MiB in base64. */
export const maxInspectionBytes = 32 * 1024 * 1024;

const tlv = z.tuple([z.int().min(0).max(127), z.string().max(1022)]);

const bodySchema = z.looseObject({
  inventory: inventorySchema,
  root_disk: z
    .looseObject({ name: z.string().max(256) })
    .nullish()
    .catch(null),
  boot_interface: z.string().max(100).nullish().catch(null),
  error: z.union([z.string().max(10_000), z.array(z.string().max(10_000)).max(100)]).nullish(),
  lldp_raw: z.record(z.string().max(64), z.array(tlv).max(512)).nullish().catch(null),
  logs: z.string().nullish().catch(null),
});

export interface InspectionData {
  inventory: Inventory;
  /** Everything but the inventory and the logs, as it came. */
  pluginData: Record<string, unknown>;
  lldpRaw: Record<string, [number, string][]>;
  /** MAC the machine booted from, in whatever form the loader gave it ("01-aa-…"). */
  bootInterface: string | null;
  /** The ramdisk's own complaint; inspection has then failed. */
  error: string | null;
  /** gzipped tar. */
  logs: Buffer | null;
}

/**
 * Reads the body of `POST /v1/continue_inspection`. Throws `inspection_data_invalid` naming the field.
 * The HTTP layer holds it to `maxInspectionBytes` before.
 */
export function parseContinueInspection(body: unknown): InspectionData {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FabricError(
      'inspection_data_invalid',
      `The inspection data cannot be used: ${issue?.path.join('.')} ${issue?.message}. Check the ramdisk.`,
      {
        context: { field: issue?.path.join('.') },
      },
    );
  }
  const { inventory, logs, ...pluginData } = parsed.data;
  const { error } = parsed.data;
  return {
    inventory,
    pluginData,
    lldpRaw: parsed.data.lldp_raw ?? {},
    bootInterface: parsed.data.boot_interface ?? inventory.boot?.pxe_interface ?? null,
    error: (Array.isArray(error) ? error.join('\n') : error) || null,
    logs: logs ? Buffer.from(logs, 'base64') : null,
  };
}
