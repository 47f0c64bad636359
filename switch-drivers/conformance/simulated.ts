import { randomBytes } from 'node:crypto';
import type { Driver } from '../contract/driver.ts';
import { startSimulatedSwitch } from '../simulator/start.ts';
import type { Trial } from './subject.ts';

/** VLANs of a trial; the last one is idle. None of them is 1, or among those that vendors reserve. */
const VLANS = [10, 20, 30, 40, 50, 60, 999];
const PORTS = 8;

/** A trial of a driver on the simulator of its platform. */
export function simulatedTrial(driver: Driver): Trial {
  return {
    driver,
    vlans: VLANS,
    async subject() {
      const password = randomBytes(12).toString('hex');
      const simulated = await startSimulatedSwitch({
        platform: driver.platform,
        name: 'subject',
        ports: PORTS,
        chassisMac: '02:00:5e:00:53:00',
        username: 'admin',
        password,
      });
      const { model, device, host, port, hostKeyFingerprint: hostKey } = simulated;
      return {
        model,
        device,
        options: { host, port, username: 'admin', password, hostKey },
        stop: () => simulated.stop(),
      };
    },
  };
}
