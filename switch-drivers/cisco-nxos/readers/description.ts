import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { version } from './version.ts';

/** Interface, address in use, address of the hardware. */
const ADDRESSES = /^(\S+) +([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}) +([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\s*$/gim;

/**
 * NX-OS announces on each port that port's own address as LLDP chassis id, and one address for the whole switch only since
 * `lldp chassis-id switch`. So every address of a port or of the management port may be the one.
 */
export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: ['show version', 'show interface mac-address'],
  read([versionText = '', addresses = '']) {
    const [row] = version.read(versionText).rows;
    return {
      model: row?.model ?? null,
      version: row?.version ?? null,
      hostname: row?.hostname ?? null,
      chassisIds: [...new Set([...addresses.matchAll(ADDRESSES)].flatMap(chassisIds))],
    };
  },
};

function chassisIds([, name = '', inUse = '', burnedIn = '']: RegExpExecArray): string[] {
  const portId = canonicalName(name);
  if (portId === null || !(isSwitchPort(portId) || portId === 'mgmt0')) return [];
  return [inUse, burnedIn].map(normalizeMac).filter((mac) => mac !== null);
}
