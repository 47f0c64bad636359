import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OvsdbClient, type OvsdbTls } from '../../../switch-drivers/transports/ovsdb/index.ts';
import { exec, type OvsInstance, ovsMissing, startOvs } from '../../support/ovs-instance.ts';

const missing = ovsMissing({ openssl: true });

describe.skipIf(missing !== null)(`TLS with ovsdb-server ${missing ?? ''}`, () => {
  let dir: string;
  let ovs: OvsInstance;
  let remote: string;
  const pem: Record<string, string> = {};

  /** A certificate like those of ovs-pki: a common name, no subjectAltName; signed by the CA `ca`. */
  async function certificate(name: string, ca: string): Promise<void> {
    const file = (ending: string) => join(dir, `${name}.${ending}`);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file('key')];
    const issuer = ca === name ? [] : ['-CA', join(dir, `${ca}.pem`), '-CAkey', join(dir, `${ca}.key`)];
    await exec('openssl', [
      'req',
      '-x509',
      ...key,
      '-out',
      file('pem'),
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      ...issuer,
    ]);
    pem[name] = await readFile(file('pem'), 'utf8');
    pem[`${name}.key`] = await readFile(file('key'), 'utf8');
  }

  const connect = (tls?: OvsdbTls) =>
    OvsdbClient.connect(remote, { ...(tls ? { tls } : {}), connectTimeoutMs: 10_000 });
  const ours = () => ({ cert: pem.client, key: pem['client.key'] });
  const fingerprint = (name: string) => new X509Certificate(pem[name]!).fingerprint256;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'swy-tls-'));
    await certificate('ca', 'ca');
    await certificate('stranger', 'stranger');
    await certificate('switch', 'ca');
    await certificate('client', 'ca');
    ovs = await startOvs({
      vswitchd: false,
      serverArgs: [
        '--remote=db:Open_vSwitch,Open_vSwitch,manager_options',
        `--private-key=${join(dir, 'switch.key')}`,
        `--certificate=${join(dir, 'switch.pem')}`,
        `--ca-cert=${join(dir, 'ca.pem')}`,
      ],
    });
    await ovs.vsctl('--no-wait', 'set-manager', 'pssl:0:127.0.0.1');
    const port = await vi.waitFor(() => ovs.vsctl('get', 'Manager', '.', 'status:bound_port'), { timeout: 15_000 });
    remote = `ssl:127.0.0.1:${port.replaceAll('"', '')}`;
  });

  afterAll(async () => {
    await ovs?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  test.each([
    ['by its CA, though it names no host', () => ({ ca: pem.ca })],
    ['by its fingerprint alone', () => ({ fingerprint: fingerprint('switch') })],
    [
      'by a fingerprint in small letters without colons',
      () => ({ fingerprint: fingerprint('switch').replaceAll(':', '').toLowerCase() }),
    ],
    ['by CA and fingerprint', () => ({ ca: pem.ca, fingerprint: fingerprint('switch') })],
  ])('the server is trusted %s', async (_how, trust) => {
    const client = await connect({ ...trust(), ...ours() });
    expect(await client.listDbs()).toContain('Open_vSwitch');
    client.close();
  });

  test.each([
    ['of another CA', () => ({ ca: pem.stranger })],
    ['with another fingerprint', () => ({ fingerprint: fingerprint('client') })],
    ['with the right CA but another fingerprint', () => ({ ca: pem.ca, fingerprint: fingerprint('client') })],
    ['with the right fingerprint but another CA', () => ({ ca: pem.stranger, fingerprint: fingerprint('switch') })],
    ['without the name asked for', () => ({ ca: pem.ca, serverName: 'tor-1.example' })],
  ])('a server %s is not talked to', async (_how, trust) => {
    await expect(connect({ ...trust(), ...ours() })).rejects.toMatchObject({ code: 'ovsdb_tls_untrusted' });
  });

  test('a server that wants our certificate refuses us without one, and the message says so', async () => {
    await expect(connect({ ca: pem.ca ?? '' })).rejects.toMatchObject({
      code: 'ovsdb_unreachable',
      message: expect.stringMatching(/certificate/),
    });
  });

  test('a connection that could not tell an impostor is not made', async () => {
    await expect(connect()).rejects.toMatchObject({ code: 'ovsdb_tls_config' });
    await expect(connect({ ...ours() })).rejects.toMatchObject({ code: 'ovsdb_tls_config' });
    await expect(connect({ ca: pem.ca ?? '', cert: 'not a certificate', key: 'x' })).rejects.toMatchObject({
      code: 'ovsdb_tls_config',
    });
  });
});
