import type { SwitchDescription } from '../contract/driver.ts';
import type { VersionRow } from '../contract/rows.ts';
import { normalizeMac } from '../transports/ssh-cli/parse.ts';
import type { Reader } from '../transports/ssh-cli/platform.ts';

/** The device's own chassis id stands before what its ports announce. */
const CHASSIS = /^\s*Chassis ID *: *(\S+)/im;
const HOSTNAME = /^\s*sysname (\S+)$/im;

/**
 * `lldp` prints what the switch announces of itself, which is the bridge's address, of a stack that of its master. The host
 * name is told by neither the version nor, where LLDP is off, by that.
 */
export function descriptionFrom(
  lldp: string,
  version: { read(output: string): { rows: VersionRow[] } },
): Reader<Omit<SwitchDescription, 'platform' | 'ports'>> {
  return {
    commands: ['display version', 'display current-configuration | include sysname', lldp],
    read([versionText = '', nameText = '', lldpText = '']) {
      const [row] = version.read(versionText).rows;
      const chassisId = CHASSIS.exec(lldpText)?.[1];
      return {
        model: row?.model ?? null,
        version: row?.version ?? null,
        hostname: HOSTNAME.exec(nameText)?.[1] ?? null,
        chassisIds: chassisId === undefined ? [] : [normalizeMac(chassisId) ?? chassisId],
      };
    },
  };
}
