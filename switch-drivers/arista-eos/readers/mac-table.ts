import { z } from 'zod';
import type { MacTableEntry } from '../../contract/driver.ts';
import { normalizeMac, parseJson } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';

const COMMAND = 'show mac address-table | json';

const schema = z.object({
  unicastTable: z.object({
    tableEntries: z
      .array(
        z.object({ macAddress: z.string().max(32), vlanId: z.int().min(0).max(4095), interface: z.string().max(64) }),
      )
      .max(500_000),
  }),
});

export const macTable: Reader<MacTableEntry[]> = {
  commands: [COMMAND],
  read([output = '']) {
    return parseJson(schema, COMMAND, output).unicastTable.tableEntries.flatMap((entry) => {
      const mac = normalizeMac(entry.macAddress);
      return mac === null ? [] : [{ mac, vlan: entry.vlanId || null, portId: entry.interface }];
    });
  },
};
