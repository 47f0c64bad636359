import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { CliSession } from '../../../switch-drivers/transports/ssh-cli/cli-session.ts';
import type { CliDialect } from '../../../switch-drivers/transports/ssh-cli/dialect.ts';
import { sshOptions } from '../../../switch-drivers/transports/ssh-cli/options.ts';

/** One simulated switch and a session to it that takes refusals for output. */
export interface CliRig {
  sim: SimulatedSwitch;
  cli: CliSession;
  /** Sends lines one after the other; returns what the last one printed. */
  type(...lines: string[]): Promise<string>;
  stop(): Promise<void>;
}

export async function startCli(platform: string, dialect: CliDialect): Promise<CliRig> {
  const login = { username: 'admin', password: 'secret' };
  const sim = await startSimulatedSwitch({
    platform,
    name: 'leaf1',
    ports: 4,
    chassisMac: '02:00:5e:00:53:00',
    ...login,
  });
  const options = sshOptions.parse({ host: sim.host, port: sim.port, ...login, hostKey: sim.hostKeyFingerprint });
  const cli = await CliSession.open('leaf1', { ...dialect, failures: [] }, options, {});
  return {
    sim,
    cli,
    async type(...lines) {
      let output = '';
      for (const line of lines) output = await cli.run(line);
      return output;
    },
    async stop() {
      await cli.close();
      await sim.stop();
    },
  };
}
