import { z } from 'zod';
import { parseJson } from '../../transports/ssh-cli/parse.ts';

/** ip-link(8) and its JSON, iproute2 5.0 and later. */
export const LINKS = 'ip -j -d link show';

const name = z.string().min(1).max(64);

const schema = z
  .array(
    z.object({
      ifname: name,
      flags: z.array(z.string().max(64)).max(64).default([]),
      operstate: z.string().max(32).default('UNKNOWN'),
      master: name.optional(),
      ifalias: z.string().max(256).optional(),
      linkinfo: z
        .object({
          info_kind: z.string().max(64).optional(),
          info_data: z.object({ vlan_filtering: z.int().optional() }).optional(),
        })
        .optional(),
    }),
  )
  .max(16_384);

export interface Link {
  name: string;
  adminUp: boolean;
  /** null: the driver does not tell. */
  operUp: boolean | null;
  master: string | null;
  description: string | null;
  /** `bridge`, `bond`, `vxlan` ...; null: a physical port. */
  kind: string | null;
  /** Of a bridge: does it look at VLAN tags? */
  filtersVlans: boolean;
}

export function links(output: string): Link[] {
  return parseJson(schema, LINKS, output).map(({ ifname, flags, operstate, master, ifalias, linkinfo }) => ({
    name: ifname,
    adminUp: flags.includes('UP'),
    operUp: operstate === 'UNKNOWN' ? null : operstate === 'UP',
    master: master ?? null,
    description: ifalias || null,
    kind: linkinfo?.info_kind ?? null,
    filtersVlans: linkinfo?.info_data?.vlan_filtering === 1,
  }));
}
