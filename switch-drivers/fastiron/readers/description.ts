import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { version } from './version.ts';

const HOSTNAME = /^hostname "?([^"\s]+)"?\s*$/m;
/** What the switch announces on each of its ports. */
const CHASSIS = /^\s*\+ Chassis ID \(MAC address\): *(\S+)/gim;

export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: ['show version', 'show running-config | include hostname', 'show lldp local-info | include Chassis'],
  read([about = '', config = '', announced = '']) {
    const [row] = version.read(about).rows;
    const macs = [...announced.matchAll(CHASSIS)].map(([, mac = '']) => normalizeMac(mac));
    return {
      model: row?.model ?? null,
      version: row?.version ?? null,
      hostname: HOSTNAME.exec(config)?.[1] ?? null,
      chassisIds: [...new Set(macs)].filter((mac) => mac !== null),
    };
  },
};
