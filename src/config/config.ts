import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { isPasswordHash } from '../auth/password.ts';
import type { KeySource } from '../store/secrets/key-ring.ts';
import { readEnvironment } from './environment.ts';
import { explainIssues } from './explain.ts';
import { merge, type Tree } from './merge.ts';
import { type ConfigFile, configSchema, type ParsedConfig } from './schema.ts';
import { readYaml } from './yaml-file.ts';

/** The checked configuration: paths absolute, names and password hashes filled in. */
export type Config = Omit<ParsedConfig, 'conductorName' | 'provisioner' | 'api' | 'secrets'> & {
  conductorName: string;
  secrets: KeySource;
  api: Omit<ParsedConfig['api'], 'auth'> & { auth: { basic?: { users: Record<string, string> } } };
  provisioner: Omit<ParsedConfig['provisioner'], 'imageCache'> & { imageCache: { dir: string; maxBytes: number } };
};

export interface LoadOptions {
  /** YAML file; its relative paths count from its own directory. */
  file?: string;
  /** SWITCHYARD_* of it count; default process.env. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Overrides everything: command-line flags, or what a test or the demo sets. */
  overrides?: ConfigFile;
}

/**
 * File, then environment, then overrides; the later wins field by field, lists as a whole. SWITCHYARD_CONFIG names the
 * file when `file` does not. Errors: `config_unreadable`, `config_invalid` (source, path inside it, what was found, what is
 * allowed).
 */
export function loadConfig({ file, env = process.env, overrides = {} }: LoadOptions = {}): Config {
  const path = file ?? env.SWITCHYARD_CONFIG;
  const sources: Array<{ name: string; base: string; tree: Tree }> = [];
  if (path) sources.push({ name: path, base: dirname(resolve(path)), tree: readYaml(path) });
  sources.push({ name: 'environment', base: process.cwd(), tree: readEnvironment(env) });
  sources.push({ name: 'command line', base: process.cwd(), tree: overrides as Tree });

  const tree = sources.reduce<Tree>((all, source) => merge(all, absolutePaths(source.tree, source.base)), {});
  const parsed = configSchema.safeParse(tree);
  if (!parsed.success) throw explainIssues(parsed.error.issues, sources);
  return complete(parsed.data);
}

const PATHS: readonly string[][] = [
  ['dataDir'],
  ['secrets', 'keyFile'],
  ['provisioner', 'ramdisk', 'kernel'],
  ['provisioner', 'ramdisk', 'initramfs'],
  ['provisioner', 'imageCache', 'dir'],
];

function absolutePaths(tree: Tree, base: string): Tree {
  const copy = structuredClone(tree);
  const settle = (holder: unknown, key: string) => {
    const at = holder as Record<string, unknown> | undefined;
    if (typeof at?.[key] === 'string' && at[key] !== '') at[key] = resolve(base, at[key]);
  };
  for (const path of PATHS) {
    const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], copy);
    settle(holder, path.at(-1)!);
  }
  if (Array.isArray(copy.drivers)) copy.drivers = copy.drivers.map((entry) => driverModule(entry, base));
  const users = ((copy.api as Tree | undefined)?.auth as Tree | undefined)?.basic as Tree | undefined;
  if (Array.isArray(users?.users)) for (const entry of users.users) settle(entry, 'passwordHashFile');
  return copy;
}

/** A path counts from the file that names it, and so does a package: where it is not found, loading it will say so. */
function driverModule(entry: unknown, base: string): unknown {
  if (typeof entry !== 'string' || entry === '') return entry;
  if (/^\.{0,2}\//.test(entry)) return resolve(base, entry);
  try {
    return createRequire(join(base, 'config.js')).resolve(entry);
  } catch {
    return entry;
  }
}

function complete(parsed: ParsedConfig): Config {
  const dataDir = resolve(parsed.dataDir);
  const { basic } = parsed.api.auth;
  const { key, keyFile } = parsed.secrets;
  const users = Object.fromEntries((basic?.users ?? []).map((user) => [user.name, passwordHash(user)]));
  return {
    ...parsed,
    dataDir,
    conductorName: parsed.conductorName ?? hostname(),
    secrets: key === undefined ? { keyFile: keyFile ?? join(dataDir, 'secrets.key') } : { key },
    api: { ...parsed.api, auth: basic ? { basic: { users } } : {} },
    provisioner: {
      ...parsed.provisioner,
      imageCache: {
        dir: parsed.provisioner.imageCache.dir ?? join(dataDir, 'images'),
        maxBytes: parsed.provisioner.imageCache.maxBytes,
      },
    },
  };
}

function passwordHash(user: { name: string; passwordHash?: string; passwordHashFile?: string }): string {
  if (user.passwordHash !== undefined) return user.passwordHash;
  const file = user.passwordHashFile!;
  let line: string;
  try {
    line = readFileSync(file, 'utf8').split('\n')[0]!.trim();
  } catch (cause) {
    throw new FabricError(
      'config_unreadable',
      `The password hash of user ${user.name} cannot be read: ${messageOf(cause)}`,
      {
        cause,
        context: { file },
      },
    );
  }
  if (!isPasswordHash(line)) {
    throw new FabricError('config_invalid', `The first line of ${file} is not a scrypt hash (user ${user.name}).`, {
      context: { file },
    });
  }
  return line;
}
