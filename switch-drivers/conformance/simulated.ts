import { randomBytes } from 'node:crypto';
import type { Driver } from '../contract/driver.ts';
import { simulatedPlatform, startSimulatedSwitch } from '../simulator/start.ts';
import type { Trial } from './subject.ts';

/** VLANs of a trial; the last one is idle. None of them is 1, or among those that vendors reserve. */
const VLANS = [10, 20, 30, 40, 50, 60, 999];
const PORTS = 8;

/** A trial of a driver on a simulated switch: that of its platform, unless told otherwise. */
export function simulatedTrial(
  driver: Driver,
  platform = simulatedPlatform(driver.platform),
  effort: Trial['effort'] = { moves: 5, faults: 2 },
): Trial {
  return {
    driver,
    effort,
    vlans: VLANS,
    async subject() {
      const password = randomBytes(12).toString('hex');
      const simulated = await startSimulatedSwitch({
        platform,
        name: 'subject',
        ports: PORTS,
        chassisMac: '02:00:5e:00:53:00',
        username: 'admin',
        password,
      });
      const { model, device, host, port, hostKeyFingerprint } = simulated;
      const { refusal, operations = null } = platform;
      const hostKey = hostKeyFingerprint === null ? {} : { hostKey: hostKeyFingerprint };
      return {
        model,
        device,
        refusal,
        operations,
        options: simulated.options ?? { host, port, username: 'admin', password, ...hostKey },
        stop: () => simulated.stop(),
      };
    },
  };
}
