import { z } from 'zod';
import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac, parseJson } from '../../transports/ssh-cli/parse.ts';

/** Subtypes of IEEE 802.1AB tables 8-2 and 8-3 in the words of lldpd (lldpcli(8), output `json0`). */
const CHASSIS_SUBTYPES: Record<string, number> = { ifalias: 2, mac: 4, ip: 5, ifname: 6, local: 7 };
const PORT_SUBTYPES: Record<string, number> = { ifalias: 1, mac: 3, ip: 4, ifname: 5, local: 7 };

const text = z.string().max(4096);
const values = z.array(z.object({ value: text })).max(64);
const id = z.array(z.object({ type: text, value: text })).max(8);
const chassis = z.object({
  id,
  name: values.optional(),
  descr: values.optional(),
  'mgmt-ip': values.optional(),
});

/** In `json0` every element is a list, whether there can be several of it or not. */
const neighborsSchema = z.object({
  lldp: z
    .array(
      z.object({
        interface: z
          .array(
            z.object({
              name: text,
              via: text.optional(),
              chassis: z.array(chassis).max(8).optional(),
              port: z
                .array(z.object({ id, descr: values.optional() }))
                .max(8)
                .optional(),
            }),
          )
          .max(8192)
          .optional(),
      }),
    )
    .max(8),
});

const chassisSchema = z.object({
  'local-chassis': z.array(z.object({ chassis: z.array(chassis).max(8) })).max(8),
});

export const NEIGHBORS = 'lldpcli -f json0 show neighbors details';
export const LOCAL_CHASSIS = 'lldpcli -f json0 show chassis';

/** What lldpd heard. Only LLDP: it also speaks CDP and others, which prove nothing here. */
export const lldpNeighbors = outputReader({
  kind: 'neighbors',
  command: /^(?:lldpcli|lldpctl) (?:-f json0 )?show neighbors(?: details)?$/,
  read: (output) => ({ rows: neighborRows(NEIGHBORS, output), unparsed: [] }),
});

function neighborRows(command: string, output: string): NeighborRow[] {
  const { lldp } = parseJson(neighborsSchema, command, output);
  return lldp
    .flatMap((part) => part.interface ?? [])
    .filter(({ via = 'LLDP' }) => via === 'LLDP')
    .map(({ name, chassis: [sender] = [], port: [port] = [] }) => {
      const chassisId = sender?.id[0];
      const portId = port?.id[0];
      return {
        portId: name,
        chassisIdSubtype: CHASSIS_SUBTYPES[chassisId?.type ?? ''] ?? null,
        chassisId: idText(chassisId),
        portIdSubtype: PORT_SUBTYPES[portId?.type ?? ''] ?? null,
        remotePortId: idText(portId),
        portDescription: port?.descr?.[0]?.value || null,
        systemName: sender?.name?.[0]?.value || null,
        systemDescription: sender?.descr?.[0]?.value || null,
        managementAddresses: sender?.['mgmt-ip']?.map(({ value }) => value) ?? [],
      };
    });
}

function idText(found: { type: string; value: string } | undefined): string | null {
  if (!found) return null;
  return found.type === 'mac' ? (normalizeMac(found.value) ?? found.value) : found.value;
}

/** Ids under which lldpd announces the host. */
export function localChassisIds(output: string): string[] {
  const found = parseJson(chassisSchema, LOCAL_CHASSIS, output)['local-chassis'];
  return found.flatMap((part) => part.chassis.flatMap(({ id: [own] }) => idText(own) ?? []));
}
