import { z } from 'zod';
import type { SwitchNeighbor } from '../../contract/driver.ts';
import { normalizeMac, parseJson } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';

const COMMAND = 'show lldp neighbors detail | json';

/** IEEE 802.1AB table 8-2 and table 8-3, in the words of EOS. */
const CHASSIS_SUBTYPES: Record<string, number> = {
  chassisComponent: 1,
  interfaceAlias: 2,
  portComponent: 3,
  macAddress: 4,
  networkAddress: 5,
  interfaceName: 6,
  locallyAssigned: 7,
};
const PORT_SUBTYPES: Record<string, number> = {
  interfaceAlias: 1,
  portComponent: 2,
  macAddress: 3,
  networkAddress: 4,
  interfaceName: 5,
  agentCircuitId: 6,
  locallyAssigned: 7,
};

const text = z.string().max(1024);

const schema = z.object({
  lldpNeighbors: z.record(
    z.string().max(64),
    z.object({
      lldpNeighborInfo: z
        .array(
          z.object({
            chassisIdType: text.optional(),
            chassisId: text,
            systemName: text.optional(),
            neighborInterfaceInfo: z.object({
              interfaceIdType: text.optional(),
              interfaceId: text.optional(),
              interfaceId_v2: text.optional(),
            }),
          }),
        )
        .max(1024),
    }),
  ),
});

export const neighbors: Reader<SwitchNeighbor[]> = {
  commands: [COMMAND],
  read([output = '']) {
    return Object.entries(parseJson(schema, COMMAND, output).lldpNeighbors).flatMap(([portId, { lldpNeighborInfo }]) =>
      lldpNeighborInfo.map((info) => {
        const port = info.neighborInterfaceInfo;
        // interfaceId is in quotes unless it is a MAC address; interfaceId_v2, where it is, never is.
        const remote = port.interfaceId_v2 ?? port.interfaceId?.replace(/^"(.*)"$/, '$1') ?? '';
        return {
          portId,
          chassisIdSubtype: CHASSIS_SUBTYPES[info.chassisIdType ?? ''] ?? null,
          chassisId:
            info.chassisIdType === 'macAddress' ? (normalizeMac(info.chassisId) ?? info.chassisId) : info.chassisId,
          portIdSubtype: PORT_SUBTYPES[port.interfaceIdType ?? ''] ?? null,
          remotePortId: port.interfaceIdType === 'macAddress' ? (normalizeMac(remote) ?? remote) : remote,
          systemName: info.systemName || null,
        };
      }),
    );
  },
};
