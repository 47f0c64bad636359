import { z } from 'zod';
import { parseJson } from '../../transports/ssh-cli/parse.ts';

/** The running configuration: what CONFIG_DB holds, not what /etc/sonic/config_db.json would load. */
export const CONFIG_DB = 'sonic-cfggen -d --print-data';

const text = z.string().max(1024);
const fields = z.record(text, z.union([text, z.array(text).max(4096)]));
const table = z.record(text, fields).default({});

const schema = z.object({
  DEVICE_METADATA: z.record(text, z.record(text, z.unknown())).default({}),
  PORT: table,
  PORTCHANNEL: table,
  PORTCHANNEL_MEMBER: table,
  VLAN: table,
  VLAN_MEMBER: table,
  INTERFACE: table,
  PORTCHANNEL_INTERFACE: table,
});

export type ConfigDb = z.output<typeof schema>;

export function configDb(output: string): ConfigDb {
  return parseJson(schema, CONFIG_DB, output);
}

/** `Vlan100|Ethernet0` to its parts; keys of other shapes (`Ethernet0|10.0.0.1/31`) also. */
export function keyParts(key: string): [string, string] {
  const bar = key.indexOf('|');
  return bar < 0 ? [key, ''] : [key.slice(0, bar), key.slice(bar + 1)];
}

export function vlanOf(name: string): number | null {
  const [, digits] = /^Vlan(\d{1,4})$/.exec(name) ?? [];
  const vlan = Number(digits);
  return vlan >= 1 && vlan <= 4094 ? vlan : null;
}
