import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { version } from './version.ts';

/** IOS announces its base MAC address as LLDP chassis id; `show version` prints it on switches. */
const BASE_MAC = /^Base [Ee]thernet MAC Address +: +(\S+)/gm;

export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: ['show version'],
  read([output = '']) {
    const [row] = version.read(output).rows;
    const macs = [...output.matchAll(BASE_MAC)].map(([, mac = '']) => normalizeMac(mac));
    return {
      model: row?.model ?? null,
      version: row?.version ?? null,
      hostname: row?.hostname ?? null,
      // The active member of a stack is listed first; the others' addresses are never announced.
      chassisIds: macs.slice(0, 1).filter((mac) => mac !== null),
    };
  },
};
