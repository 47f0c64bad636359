import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { version } from './version.ts';

const HOSTNAME = /^hostname (\S+)\s*$/m;
const ADDRESS = /\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b/gi;

/** The chassis id is one of the switch's own addresses; no command is known that names it, so all of them are told. */
export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: ['show version', 'show running-config | include hostname', 'show interface | include ddress'],
  read([about = '', config = '', addresses = '']) {
    const [row] = version.read(about).rows;
    const macs = [...addresses.matchAll(ADDRESS)].map(([mac]) => normalizeMac(mac));
    return {
      model: row?.model ?? null,
      version: row?.version ?? null,
      hostname: HOSTNAME.exec(config)?.[1] ?? null,
      chassisIds: [...new Set(macs)].filter((mac) => mac !== null),
    };
  },
};
