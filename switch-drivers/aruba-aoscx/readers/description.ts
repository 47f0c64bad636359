import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { system } from './version.ts';

/** ArubaOS-CX announces its base MAC address as LLDP chassis id; it is printed as `f40343-806400`. */
const BASE_MAC = /^ ?Base MAC Address *: +(\S+)/m;

export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: ['show system'],
  read([output = '']) {
    const [row] = system.read(output).rows;
    const mac = normalizeMac(BASE_MAC.exec(output)?.[1] ?? '');
    return {
      model: row?.model ?? null,
      version: row?.version ?? null,
      hostname: row?.hostname ?? null,
      chassisIds: mac === null ? [] : [mac],
    };
  },
};
