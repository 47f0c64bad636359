import type { SwitchDescription } from '../../contract/driver.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';
import { LOCAL_CHASSIS, localChassisIds } from './lldp.ts';

/** A host says nothing of its model that a user without rights could read everywhere. */
export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: ['uname -n', 'uname -r', LOCAL_CHASSIS],
  read: ([hostname = '', kernel = '', chassis = '']) => ({
    model: null,
    version: kernel.trim() || null,
    hostname: hostname.trim() || null,
    chassisIds: localChassisIds(chassis),
  }),
};
