import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { CONFIG_DB, configDb } from './config-db.ts';

/** LLDP announces the host under the MAC address of its metadata. */
export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: [CONFIG_DB, 'show version'],
  read([config = '', version = '']) {
    const host = configDb(config).DEVICE_METADATA.localhost ?? {};
    const said = (name: string) => (typeof host[name] === 'string' ? host[name] : null);
    const mac = normalizeMac(said('mac') ?? '');
    return {
      model: said('hwsku'),
      version: /^SONiC Software Version: (\S+)/m.exec(version)?.[1] ?? null,
      hostname: said('hostname'),
      chassisIds: mac === null ? [] : [mac],
    };
  },
};
