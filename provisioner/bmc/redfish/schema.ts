import { z } from 'zod';

/** The parts of DSP8010 schemas that are read; everything else is let through unread. Bounded where a list drives requests. */
const link = z.looseObject({ '@odata.id': z.string().max(1000) });
export const collectionSchema = z.looseObject({ Members: z.array(link).max(4096) });

const text = z.string().max(500).nullish().catch(null);
const names = z.array(z.string().max(100)).max(100).nullish().catch(null);

export const systemSchema = z.looseObject({
  UUID: text,
  Manufacturer: text,
  Model: text,
  SerialNumber: text,
  SKU: text,
  PowerState: text,
  EthernetInterfaces: link.nullish().catch(null),
  Boot: z
    .looseObject({
      BootSourceOverrideTarget: text,
      BootSourceOverrideEnabled: text,
      BootSourceOverrideMode: text,
      'BootSourceOverrideTarget@Redfish.AllowableValues': names,
      'BootSourceOverrideEnabled@Redfish.AllowableValues': names,
      'BootSourceOverrideMode@Redfish.AllowableValues': names,
    })
    .nullish()
    .catch(null),
  Actions: z
    .looseObject({
      '#ComputerSystem.Reset': z
        .looseObject({
          target: z.string().max(1000),
          'ResetType@Redfish.AllowableValues': names,
          '@Redfish.ActionInfo': z.string().max(1000).nullish().catch(null),
        })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});
export type System = z.infer<typeof systemSchema>;

export const actionInfoSchema = z.looseObject({
  Parameters: z
    .array(z.looseObject({ Name: text, AllowableValues: names }))
    .max(100)
    .catch([]),
});

export const ethernetInterfaceSchema = z.looseObject({ MACAddress: text, PermanentMACAddress: text });
