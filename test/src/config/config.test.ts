import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../../src/auth/password.ts';
import { loadConfig } from '../../../src/config/config.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'switchyard-config-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function file(text: string): Promise<string> {
  const path = join(directory, 'switchyard.yaml');
  await writeFile(path, text);
  return path;
}

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
};

describe('configuration', () => {
  it('needs nothing: a controller on loopback with an embedded database', () => {
    const config = loadConfig({ env: {} });
    expect(config.api).toMatchObject({ host: '127.0.0.1', port: 6385, auth: {} });
    expect(config.database.url).toBeUndefined();
    expect(config.provisioner.dhcp.enabled).toBe(false);
    expect(config.dataDir.startsWith('/')).toBe(true);
    expect(config.conductorName.length).toBeGreaterThan(0);
  });

  it('takes the file, then the environment, then the overrides, field by field', async () => {
    const path = await file('dataDir: state\napi:\n  port: 1000\n  host: 127.0.0.2\nfabric: {auditSeconds: 7}\n');
    const config = loadConfig({
      file: path,
      env: { SWITCHYARD_API_PORT: '2000', SWITCHYARD_FABRIC_PERSIST_QUIET_SECONDS: '1.5', PATH: '/bin' },
      overrides: { api: { host: '127.0.0.3' } },
    });
    expect(config.api).toMatchObject({ port: 2000, host: '127.0.0.3' });
    expect(config.fabric).toMatchObject({ auditSeconds: 7, persistQuietSeconds: 1.5 });
    expect(config.dataDir).toBe(join(directory, 'state'));
    expect(config.provisioner.imageCache.dir).toBe(join(directory, 'state/images'));
  });

  it('takes the keys of secrets from a file or the environment, and shows them in no error', async () => {
    const path = await file('dataDir: state\nsecrets: {keyFile: keys}\n');
    expect(loadConfig({ file: path, env: {} }).secrets).toEqual({ keyFile: join(directory, 'keys') });
    const state = await file('dataDir: state\n');
    expect(loadConfig({ file: state, env: {} }).secrets).toEqual({ keyFile: join(directory, 'state/secrets.key') });
    expect(loadConfig({ env: { SWITCHYARD_SECRETS_KEY: 'a b' } }).secrets).toEqual({ key: 'a b' });
    const both = { SWITCHYARD_SECRETS_KEY: 'hunter2', SWITCHYARD_SECRETS_KEY_FILE: '/x' };
    expect(messageOf(() => loadConfig({ env: both }))).toMatch(/^environment: SWITCHYARD_SECRETS needs at most one of/);
    const number = messageOf(() => loadConfig({ env: { SWITCHYARD_SECRETS_KEY: '123456' } }));
    expect([number.includes('123456'), number.includes('not shown')]).toEqual([false, true]);
  });

  it('is found through SWITCHYARD_CONFIG; an empty file is fine', async () => {
    expect(loadConfig({ env: { SWITCHYARD_CONFIG: await file('# nothing yet\n') } }).api.port).toBe(6385);
  });

  it('names file, path, what was found and what is allowed, all mistakes at once', async () => {
    const path = await file('api: {port: 70000}\nlogLevel: loud\nfabrik: {}\nprovisioner: {dhcp: {enabled: "yes"}}\n');
    const message = messageOf(() => loadConfig({ file: path, env: {} }));
    expect(message.split('\n').sort()).toEqual([
      `${path}: api.port is 70000; at most 65535 is allowed`,
      `${path}: fabrik is no setting of Switchyard`,
      `${path}: logLevel is "loud"; allowed: debug, info, warn, error`,
      `${path}: provisioner.dhcp.enabled is "yes"; a boolean is needed`,
    ]);
  });

  it('points into a list, and says what is missing', async () => {
    const path = await file(`provisioner:
  dhcp:
    scopes:
      - {name: a, role: inspection, subnet: 10.77.0.0/33, range: {first: 10.77.0.9, last: 10.77.0.99}}
`);
    const message = messageOf(() => loadConfig({ file: path, env: {} }));
    expect(message).toContain('provisioner.dhcp.scopes[0].subnet is "10.77.0.0/33", which is not an IPv4 subnet');
    expect(message).toContain('provisioner.dhcp.scopes[0].serverAddress is missing; a string is needed');
  });

  it('names the variable when the environment is wrong, and refuses one that is no setting', () => {
    expect(messageOf(() => loadConfig({ env: { SWITCHYARD_API_PORT: 'x' } }))).toBe(
      'environment: SWITCHYARD_API_PORT is "x"; a number is needed',
    );
    expect(messageOf(() => loadConfig({ env: { SWITCHYARD_API_PROT: '1' } }))).toContain(
      'SWITCHYARD_API_PROT is no setting',
    );
  });

  it('says where YAML breaks off and which file is missing', async () => {
    const path = await file('api: [1,\n');
    expect(messageOf(() => loadConfig({ file: path, env: {} }))).toContain('line 2');
    expect(messageOf(() => loadConfig({ file: join(directory, 'no.yaml'), env: {} }))).toContain('no.yaml');
  });

  it('reads password hashes from the configuration or a file beside it, and never shows one', async () => {
    const hash = await hashPassword('secret');
    await writeFile(join(directory, 'ops.hash'), `${hash}\n`);
    const users = `[{name: a, passwordHash: "${hash}"}, {name: b, passwordHashFile: ops.hash}]`;
    const config = loadConfig({ file: await file(`api: {auth: {basic: {users: ${users}}}}`), env: {} });
    expect(config.api.auth.basic?.users).toEqual({ a: hash, b: hash });
    const both = [{ name: 'a', passwordHash: hash, passwordHashFile: 'ops.hash' }];
    const message = messageOf(() => loadConfig({ env: {}, overrides: { api: { auth: { basic: { users: both } } } } }));
    expect(message).toContain('exactly one of');
    expect(message).not.toContain('scrypt$');
    const plain = messageOf(() => loadConfig({ env: { SWITCHYARD_DATABASE_URL: 'mysql://u:pa55@h/d' } }));
    expect(plain).not.toContain('pa55');
  });
});
