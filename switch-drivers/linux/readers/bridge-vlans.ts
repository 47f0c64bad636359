import { z } from 'zod';
import { parseJson } from '../../transports/ssh-cli/parse.ts';

/** bridge(8) and its JSON, iproute2 5.0 and later. */
export const BRIDGE_VLANS = 'bridge -j vlan show';

const vlanId = z.int().min(1).max(4094);

const schema = z
  .array(
    z.object({
      ifname: z.string().min(1).max(64),
      vlans: z
        .array(
          z.object({
            vlan: vlanId,
            vlanEnd: vlanId.optional(),
            flags: z.array(z.string().max(64)).max(8).default([]),
          }),
        )
        .max(4094),
    }),
  )
  .max(16_384);

/** VLANs of one bridge port: all of them, the one of untagged frames that come in, those that leave without a tag. */
export interface BridgePortVlans {
  member: number[];
  pvid: number | null;
  untagged: number[];
}

/** By port. A port without any VLAN carries nothing, and may be missing. */
export function bridgeVlans(output: string): Map<string, BridgePortVlans> {
  return new Map(
    parseJson(schema, BRIDGE_VLANS, output).map(({ ifname, vlans }) => {
      const all = vlans.flatMap(({ vlan, vlanEnd = vlan, flags }) =>
        Array.from({ length: Math.max(0, vlanEnd - vlan + 1) }, (_, index) => ({ vlan: vlan + index, flags })),
      );
      const flagged = (flag: string) => all.filter(({ flags }) => flags.includes(flag)).map(({ vlan }) => vlan);
      return [
        ifname,
        { member: all.map(({ vlan }) => vlan), pvid: flagged('PVID')[0] ?? null, untagged: flagged('Egress Untagged') },
      ];
    }),
  );
}
