import { z } from 'zod';
import { parseJson } from '../../transports/ssh-cli/parse.ts';

/** By VLAN id; what is told of each is not needed. */
const schema = z.record(z.string().regex(/^\d{1,4}$/), z.unknown());

/** VLANs of the bridge, ascending. */
export function vlansOf(command: string, output: string): number[] {
  return Object.keys(parseJson(schema, command, output))
    .map(Number)
    .filter((vlan) => vlan >= 1 && vlan <= 4094)
    .toSorted((a, b) => a - b);
}
