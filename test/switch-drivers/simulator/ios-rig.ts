import {
  type SimulatedSwitch,
  type SimulatedSwitchOptions,
  startSimulatedSwitch,
} from '../../../switch-drivers/simulator/start.ts';
import { CliSession } from '../../../switch-drivers/transports/ssh-cli/cli-session.ts';
import type { CliDialect } from '../../../switch-drivers/transports/ssh-cli/dialect.ts';
import { type SshOptions, sshOptions } from '../../../switch-drivers/transports/ssh-cli/options.ts';

const dialect: CliDialect = {
  modes: [
    {
      name: 'config',
      prompt: /^(?<host>[^\s()#>]+)\(config[^()\s]*\)#$/,
      enter: { from: 'privileged', line: 'configure terminal' },
      leave: 'end',
    },
    {
      name: 'privileged',
      prompt: /^(?<host>[^\s()#>]+)#$/,
      enter: { from: 'user', line: 'enable', password: /^Password:$/ },
    },
    { name: 'user', prompt: /^(?<host>[^\s()#>]+)>$/ },
  ],
  home: 'privileged',
  setup: ['terminal length 0', 'terminal width 0'],
  pager: { prompt: /^\s*--More--\s*$/, key: ' ' },
  failures: [
    /^% (?!Access VLAN does not exist)/,
    /^%(?:Default|Error)/,
    /^Command rejected/,
    /^VTP VLAN configuration not allowed/,
    /^Configuration mode is locked/,
    /^VLAN #\d+ and #\d+ have an identical name/,
  ],
  questions: [{ prompt: /^Destination filename \[startup-config\]\?$/, answer: '' }],
};

/** One simulated IOS and the sessions opened to it; stop() closes all. */
export interface IosRig {
  sim: SimulatedSwitch;
  open(changes?: Partial<CliDialect>, ssh?: Partial<SshOptions>): Promise<CliSession>;
  stop(): Promise<void>;
}

export async function startIos(options: Partial<SimulatedSwitchOptions> = {}): Promise<IosRig> {
  const sim = await startSimulatedSwitch({
    platform: 'cisco-ios',
    name: 'Switch',
    ports: 24,
    chassisMac: '00:1b:54:00:00:80',
    username: 'admin',
    password: 'secret',
    ...options,
  });
  const sessions: CliSession[] = [];
  const login = { username: 'admin', password: 'secret', hostKey: sim.hostKeyFingerprint };
  return {
    sim,
    async open(changes = {}, ssh = {}) {
      const target = sshOptions.parse({ host: sim.host, port: sim.port, ...login, ...ssh });
      const session = await CliSession.open('Switch', { ...dialect, ...changes }, target, {});
      sessions.push(session);
      return session;
    },
    async stop() {
      for (const session of sessions) await session.close();
      await sim.stop();
    },
  };
}

/** Sends lines one after the other; returns what each printed. */
export async function send(session: CliSession, ...lines: string[]): Promise<string[]> {
  const outputs: string[] = [];
  for (const line of lines) outputs.push(await session.run(line));
  return outputs;
}
