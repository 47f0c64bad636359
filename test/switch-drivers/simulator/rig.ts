import type { z } from 'zod';
import driver from '../../../switch-drivers/arista-eos/index.ts';
import type { Session } from '../../../switch-drivers/contract/driver.ts';
import {
  type SimulatedSwitch,
  type SimulatedSwitchOptions,
  startSimulatedSwitch,
} from '../../../switch-drivers/simulator/start.ts';
import type { sshOptions } from '../../../switch-drivers/transports/ssh-cli/options.ts';

const quiet = { debug() {}, warn() {} };

/** One simulated EOS and the sessions opened to it; stop() closes all. */
export interface Rig {
  sim: SimulatedSwitch;
  open(
    options?: Partial<z.input<typeof sshOptions>>,
    target?: { commandTimeoutMs?: number; onHostKey?: (key: string) => void },
  ): Promise<Session>;
  stop(): Promise<void>;
}

export async function startRig(options: Partial<SimulatedSwitchOptions> = {}): Promise<Rig> {
  const sim = await startSimulatedSwitch({
    platform: 'arista-eos',
    name: 'leaf1',
    ports: 8,
    chassisMac: '00:1c:73:00:00:01',
    username: 'admin',
    password: 'secret',
    ...options,
  });
  const sessions: Session[] = [];
  return {
    sim,
    async open(overrides = {}, target = {}) {
      const login = {
        host: sim.host,
        port: sim.port,
        username: 'admin',
        password: 'secret',
        hostKey: sim.hostKeyFingerprint,
      };
      const session = await driver.open({
        name: 'leaf1',
        options: driver.options.parse({ ...login, ...overrides }),
        log: quiet,
        ...target,
      });
      sessions.push(session);
      return session;
    },
    async stop() {
      for (const session of sessions) await session.close();
      await sim.stop();
    },
  };
}
