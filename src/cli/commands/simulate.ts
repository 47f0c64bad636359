import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import type { SimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { note, print } from '../output/print.ts';
import { until } from '../stop-signal.ts';
import { portNumber } from '../values.ts';

interface SimulateOptions {
  ports: number;
  name: string;
  host: string;
  port: number;
  login: string;
  latency: number;
  saveLatency: number;
}

/** More ports than any chassis has are a mistake. */
const MOST_PORTS = 1024;

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('a simulated switch behind a real SSH server, to try things on')
    .argument('<platform>', 'cisco-ios, arista-eos ...')
    .option('--ports <number>', 'how many ports', between(1, MOST_PORTS), 48)
    .option('--name <name>', 'host name', 'simulated')
    .option('--host <address>', 'where it listens', '127.0.0.1')
    .option('--port <number>', 'TCP port; 0 is any free one', portNumber, 0)
    .option(
      '--login <name>',
      'user name; the password is SIMULATOR_PASSWORD, else a random one that is printed',
      'admin',
    )
    .option('--latency <ms>', 'how long each line takes', between(0, 60_000), 0)
    .option('--save-latency <ms>', 'how long a save takes', between(0, 600_000), 0)
    .action(simulate);
}

async function simulate(platform: string, options: SimulateOptions, command: Command): Promise<void> {
  const { startSimulatedSwitch } = await import('../../../switch-drivers/simulator/start.ts');
  const given = process.env.SIMULATOR_PASSWORD;
  const password = given || randomBytes(9).toString('base64url');
  const { name, host, port, ports, login: username } = options;
  const simulated = await startSimulatedSwitch({
    platform,
    name,
    host,
    port,
    ports,
    username,
    password,
    // Locally administered, out of the block for documentation (RFC 7042 section 2.1.1).
    chassisMac: '02:00:5e:00:53:00',
    knobs: { lineLatencyMs: options.latency, saveLatencyMs: options.saveLatency },
  });
  const stopping = until(['SIGINT', 'SIGTERM'], () => {});
  const facts = {
    platform,
    host: simulated.host,
    port: simulated.port,
    username,
    ...(given ? {} : { password }),
    host_key: simulated.hostKeyFingerprint,
    ports: simulated.model.portIds,
  };
  print(command, facts, () =>
    [
      `A simulated ${platform} with ${ports} ports (${simulated.model.portIds[0]} ...) listens.`,
      ...reached(simulated, username),
      ...(given ? [] : [`  Password  ${password}`]),
      'Ctrl-C ends it; nothing is kept.',
    ].join('\n'),
  );
  await stopping;
  await simulated.stop();
  note('stopped');
  process.exit(0);
}

/** SNMP has no host key, and no session to log in to. */
function reached({ host, port, hostKeyFingerprint }: SimulatedSwitch, username: string): string[] {
  if (hostKeyFingerprint === null) {
    return [
      `  SNMPv3 at ${host}:${port}, user ${username}; the password is both keys (SHA-256, AES), and the v2c community`,
    ];
  }
  return [`  ssh -p ${port} ${username}@${host}`, `  Host key  ${hostKeyFingerprint}`];
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most))
      throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
    return number;
  };
}
