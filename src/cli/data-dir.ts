import type { Command } from 'commander';
import type { Config } from '../config/config.ts';

export interface DataDirOptions {
  config?: string;
  dataDir?: string;
}

/** The client's variables are no settings of the controller's. */
const CLIENT_VARIABLES = ['SWITCHYARD_URL', 'SWITCHYARD_USER', 'SWITCHYARD_PASSWORD'];

export function serverEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !CLIENT_VARIABLES.includes(name)));
}

/** For commands that work on a controller's files, on its machine. */
export const withDataDir = (command: Command): Command =>
  command
    .option('-c, --config <file>', "the controller's configuration")
    .option('--data-dir <dir>', "the controller's data directory (default: ./switchyard-data)");

export async function configOf({ config, dataDir }: DataDirOptions): Promise<Config> {
  const { loadConfig } = await import('../config/config.ts');
  return loadConfig({ file: config, env: serverEnvironment(process.env), overrides: { dataDir } });
}

export const dataDirOf = async (options: DataDirOptions): Promise<string> => (await configOf(options)).dataDir;
