import { z } from 'zod';
import type { MacTableEntry } from '../../contract/driver.ts';
import { normalizeMac, parseJson } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';

const COMMAND = 'bridge -j fdb show';

const schema = z
  .array(
    z.object({
      mac: z.string().max(64),
      ifname: z.string().min(1).max(64),
      vlan: z.int().min(0).max(4094).optional(),
      state: z.string().max(32).optional(),
      flags: z.array(z.string().max(32)).max(16).default([]),
    }),
  )
  .max(500_000);

/** What the bridge learned: the host's own addresses and those that were set are left out. */
export const fdb: Reader<MacTableEntry[]> = {
  commands: [COMMAND],
  read: ([output = '']) =>
    parseJson(schema, COMMAND, output).flatMap(({ mac, ifname, vlan, state, flags }) => {
      const address = normalizeMac(mac);
      const learned = state !== 'permanent' && state !== 'static' && !flags.includes('self');
      return address === null || !learned ? [] : [{ mac: address, vlan: vlan ?? null, portId: ifname }];
    }),
};
