import type { Command } from 'commander';
import { Option } from 'commander';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Config } from '../../config/config.ts';
import type { ConfigFile } from '../../config/schema.ts';
import { jsonLog, type LogLevel } from '../../log.ts';
import { KEY_VARIABLE } from '../../store/secrets/key-ring.ts';
import { version } from '../../version.ts';
import { serverEnvironment } from '../data-dir.ts';
import { note, print } from '../output/print.ts';
import { until } from '../stop-signal.ts';
import { portNumber } from '../values.ts';

interface ServeOptions {
  config?: string;
  dataDir?: string;
  host?: string;
  port?: number;
  databaseUrl?: string;
  logLevel?: LogLevel;
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run a controller: API, provisioner and, unless you name your own, a database')
    .option('-c, --config <file>', 'YAML configuration')
    .option('--data-dir <dir>', 'where database, keys and images lie (default: ./switchyard-data)')
    .option('--host <address>', 'address of the API (default: 127.0.0.1)')
    .option('--port <number>', 'port of the API (default: 6385)', portNumber)
    .option(
      '--database-url <url>',
      'your own PostgreSQL (without a password in it: use PGPASSWORD or the configuration)',
    )
    .addOption(new Option('--log-level <level>', 'least level of the log').choices(['debug', 'info', 'warn', 'error']))
    .action((options: ServeOptions, command: Command) => serve(options, command));
}

async function serve(options: ServeOptions, command: Command): Promise<void> {
  refusePasswordInArguments(options.databaseUrl);
  const { loadConfig } = await import('../../config/config.ts');
  const { startController } = await import('../../main/controller.ts');
  const config = loadConfig({
    file: options.config,
    env: serverEnvironment(process.env),
    overrides: overrides(options),
  });
  // Not for the programs that the controller starts.
  delete process.env[KEY_VARIABLE];
  const log = jsonLog((line) => process.stderr.write(line), config.logLevel);
  const stopping = until(['SIGINT', 'SIGTERM'], (signal) => {
    note(`${signal} again: ending at once. What was under way is taken up at the next start.`);
  });
  const controller = await startController(config, log).catch((error) => {
    throw explain(error, config);
  });
  const data = { url: controller.url, data_dir: config.dataDir, version: version(), pid: process.pid };
  print(command, data, () => greeting(controller.url, config));
  const signal = await stopping;
  log.info('stopping', { signal });
  await controller.stop();
  log.info('stopped');
  // Nothing may keep the process now, whatever handles a library left.
  process.exit(0);
}

function overrides({ dataDir, host, port, databaseUrl, logLevel }: ServeOptions): ConfigFile {
  return { dataDir, logLevel, api: { host, port }, database: { url: databaseUrl } };
}

function refusePasswordInArguments(databaseUrl: string | undefined): void {
  if (databaseUrl === undefined || !URL.canParse(databaseUrl) || new URL(databaseUrl).password === '') return;
  throw new FabricError(
    'usage_secret_in_arguments',
    'Everybody on this machine can read the arguments of a program, so the database password must not be in --database-url. ' +
      'Set it in SWITCHYARD_DATABASE_URL, PGPASSWORD, or in database.url of the configuration.',
  );
}

function explain(error: unknown, config: Config): unknown {
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const place = port === undefined ? `port ${config.api.port}` : `${address ?? config.api.host}:${port}`;
  if (code === 'EADDRINUSE') {
    return new FabricError(
      'api_port_busy',
      `Another program listens on ${place} already. End it, or choose another port (--port for the API, ` +
        'provisioner.http.port for network boot).',
      { cause: error, context: { address, port } },
    );
  }
  if (code === 'EACCES' && port !== undefined) {
    return new FabricError(
      'api_port_forbidden',
      `This account may not listen on ${place}. Ports below 1024 need root or CAP_NET_BIND_SERVICE; ` +
        '`switchyard doctor` shows the command.',
      { cause: error, context: { address, port } },
    );
  }
  if (code === 'EADDRNOTAVAIL') {
    return new FabricError('api_address_unavailable', `This machine has no address ${address}: see \`ip address\`.`, {
      cause: error,
      context: { address },
    });
  }
  return error;
}

function greeting(url: string, config: Config): string {
  const database = config.database.url === undefined ? 'embedded PostgreSQL' : 'your PostgreSQL';
  const connect = url === 'http://127.0.0.1:6385' ? '' : `\n  export SWITCHYARD_URL=${url}`;
  return `Switchyard ${version()} is running.
  API    ${url}  (described at ${url}/openapi.json)
  Data   ${config.dataDir}  (${database})

Next, in another terminal:${connect}
  switchyard doctor                                       what this machine lacks, and how to get it
  switchyard network create inspection --role inspection --vlan 100
  switchyard switch add leaf1 --platform arista-eos --option host=192.0.2.1 --ports 'Ethernet1-24' --vlans 100-199
  switchyard node create server1 --driver redfish --driver-info redfish_address=https://192.0.2.10

Ctrl-C stops it cleanly; a second time at once.`;
}
