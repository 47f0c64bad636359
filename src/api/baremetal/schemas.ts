import { z } from 'zod';

/** Shapes of answers, for the OpenAPI document; members that a version does not have yet are left out of an answer. */
const link = z.object({ href: z.string(), rel: z.string() }).meta({ id: 'Link' });
export const links = z.array(link);
const maybe = <T extends z.ZodType>(type: T) => type.nullable().optional();
const object = z.record(z.string(), z.unknown());

export const nodeAnswer = z
  .looseObject({
    uuid: z.string(),
    name: maybe(z.string()),
    driver: z.string().optional(),
    provision_state: maybe(z.string()),
    target_provision_state: maybe(z.string()),
    power_state: maybe(z.string()),
    target_power_state: maybe(z.string()),
    maintenance: z.boolean().optional(),
    instance_uuid: maybe(z.string()),
    last_error: maybe(z.string()),
    driver_info: object.optional(),
    properties: object.optional(),
    instance_info: object.optional(),
    extra: object.optional(),
    created_at: z.string().optional(),
    updated_at: maybe(z.string()),
    links: links.optional(),
  })
  .meta({ id: 'Node' });
export const nodeListAnswer = z.object({ nodes: z.array(nodeAnswer.partial()), next: z.string().optional() });

export const portAnswer = z
  .looseObject({
    uuid: z.string(),
    address: z.string(),
    node_uuid: z.string().optional(),
    pxe_enabled: z.boolean().optional(),
    local_link_connection: object.optional(),
    physical_network: maybe(z.string()),
    portgroup_uuid: maybe(z.string()),
    links: links.optional(),
  })
  .meta({ id: 'Port' });
export const portListAnswer = z.object({ ports: z.array(portAnswer.partial()), next: z.string().optional() });

export const portgroupAnswer = z
  .looseObject({
    uuid: z.string(),
    name: maybe(z.string()),
    address: maybe(z.string()),
    node_uuid: z.string().optional(),
    mode: z.string().optional(),
    links: links.optional(),
  })
  .meta({ id: 'Portgroup' });
export const portgroupListAnswer = z.object({
  portgroups: z.array(portgroupAnswer.partial()),
  next: z.string().optional(),
});

export const patchBody = z
  .array(
    z
      .object({
        op: z.enum(['add', 'replace', 'remove']),
        path: z
          .string()
          .regex(/^(\/[^/]+)+$/, 'is not a path such as /properties/cpus')
          .max(1000),
        value: z.unknown().optional(),
      })
      .meta({ id: 'PatchOperation' }),
  )
  .min(1);

export const ident = z.object({ ident: z.string().min(1).max(255) });
/** An answer without a body. */
export const empty = z.undefined();
