import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { version } from './version.ts';

/** What a switch is called that nobody has named. */
const FACTORY_NAME = 'OS10';

export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  // The system's address in `show system` is the LLDP chassis id.
  commands: ['show version', 'show system', 'show running-configuration | grep ^hostname'],
  read([versionText = '', system = '', name = '']) {
    const [row] = version.read(versionText).rows;
    const mac = normalizeMac(/^MAC *: *(\S+)\s*$/m.exec(system)?.[1] ?? '');
    return {
      model: row?.model ?? null,
      version: row?.version ?? null,
      hostname: /^hostname (\S+)\s*$/m.exec(name)?.[1] ?? FACTORY_NAME,
      chassisIds: mac === null ? [] : [mac],
    };
  },
};
