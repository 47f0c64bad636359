import { expect, test } from 'vitest';
import { openBmc } from '../../../provisioner/bmc/open-bmc.ts';
import { type RedfishService, selfSigned, startRedfish } from './redfish-service.ts';

const open = (service: RedfishService, extra: Record<string, unknown> = {}) =>
  openBmc('redfish', { redfish_address: service.url, redfish_username: 'root', redfish_password: 'calvin', ...extra });

test('one session serves everything, and is given back', async () => {
  await using service = await startRedfish();
  const bmc = open(service);
  expect(await bmc.verify()).toEqual({
    systemUuid: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
    vendor: 'Contoso',
    model: 'Rack 1',
    serial: 'S1',
    macs: ['52:54:00:aa:bb:01', '52:54:00:aa:bb:02'],
  });
  await Promise.all([bmc.powerState(), bmc.powerState()]);
  expect(service.requests.filter(({ path }) => path.endsWith('/Sessions'))).toHaveLength(1);
  expect(service.sessions.size).toBe(1);
  await bmc.close();
  expect(service.sessions.size).toBe(0);
});

test('a session that ran out is replaced without anybody noticing', async () => {
  await using service = await startRedfish();
  const bmc = open(service);
  await bmc.powerState();
  service.sessions.clear();
  expect(await bmc.powerState()).toBe('power off');
});

test('a BMC without sessions gets basic authentication', async () => {
  await using service = await startRedfish({ sessionService: false });
  const bmc = open(service);
  expect(await bmc.powerState()).toBe('power off');
  expect(service.requests.at(-1)!.headers.authorization).toMatch(/^Basic /);
});

test('power goes by the reset types the BMC offers; a cycle it lacks becomes off and on', async () => {
  await using service = await startRedfish();
  const bmc = open(service);
  const resets = () =>
    service.requests
      .filter(({ path }) => path.endsWith('.Reset'))
      .map(({ body }) => (body as { ResetType: string }).ResetType);
  await bmc.setPower('off');
  await bmc.setPower('reset');
  await bmc.setPower('on');
  await bmc.setPower('reset');
  await bmc.setPower('cycle');
  await bmc.setPower('soft');
  expect(resets()).toEqual(['On', 'ForceRestart', 'ForceOff', 'On', 'GracefulShutdown']);
});

test('the boot device is set with the strong form of a weak ETag, and the mode only to change it', async () => {
  await using service = await startRedfish();
  const bmc = open(service);
  await bmc.setBootDevice('pxe', { persistent: false, mode: 'uefi' });
  expect(await bmc.getBootDevice()).toEqual({ device: 'pxe', persistent: false });
  const patches = () => service.requests.filter(({ method }) => method === 'PATCH');
  expect(patches().map(({ headers }) => headers['if-match'])).toEqual(['W/"1"', '"1"']);
  expect(patches()[1]!.body).toEqual({ Boot: { BootSourceOverrideTarget: 'Pxe', BootSourceOverrideEnabled: 'Once' } });
  await bmc.setBootDevice('disk', { persistent: true, mode: 'bios' });
  expect(patches().at(-1)!.body).toEqual({
    Boot: {
      BootSourceOverrideTarget: 'Hdd',
      BootSourceOverrideEnabled: 'Continuous',
      BootSourceOverrideMode: 'Legacy',
    },
  });
  expect(await bmc.getBootDevice()).toEqual({ device: 'disk', persistent: true });
});

test('what the BMC does not offer is refused before anything is sent', async () => {
  await using service = await startRedfish();
  (service.system.Boot as Record<string, unknown>)['BootSourceOverrideEnabled@Redfish.AllowableValues'] = ['Once'];
  await expect(open(service).setBootDevice('pxe', { persistent: true })).rejects.toMatchObject({
    code: 'bmc_unsupported',
  });
  expect(service.requests.some(({ method }) => method === 'PATCH')).toBe(false);
});

test('a wrong password is bmc_auth_failed in the words of the BMC', async () => {
  await using service = await startRedfish();
  await expect(open(service, { redfish_password: 'no' }).verify()).rejects.toMatchObject({
    code: 'bmc_auth_failed',
    message: expect.stringMatching(/The login was refused\. Use another\..*check redfish_username \/ redfish_password/),
  });
});

test('several systems have to be chosen from; a bare id and a path both name one', async () => {
  await using service = await startRedfish({ systems: ['1', '2'] });
  await expect(open(service).verify()).rejects.toMatchObject({
    code: 'bmc_system_unknown',
    message: expect.stringContaining('/redfish/v1/Systems/2'),
  });
  expect(await open(service, { redfish_system_id: '1' }).powerState()).toBe('power off');
  expect(await open(service, { redfish_system_id: '/redfish/v1/Systems/1' }).powerState()).toBe('power off');
  await expect(open(service, { redfish_system_id: '9' }).powerState()).rejects.toMatchObject({
    code: 'bmc_command_failed',
    message: expect.stringContaining('was not found. Check the URI.'),
  });
});

test('over https the certificate decides before a credential leaves', async () => {
  await using service = await startRedfish({ tls: true });
  await expect(open(service).powerState()).rejects.toMatchObject({
    code: 'bmc_certificate_untrusted',
    message: expect.stringContaining(service.fingerprint.replaceAll(':', '').toLowerCase()),
  });
  await expect(open(service, { redfish_verify_ca: 'ab'.repeat(32) }).powerState()).rejects.toMatchObject({
    code: 'bmc_certificate_untrusted',
  });
  const { cert } = await selfSigned('stranger');
  await expect(open(service, { redfish_verify_ca: cert }).powerState()).rejects.toMatchObject({
    code: 'bmc_certificate_untrusted',
  });
  expect(service.requests).toEqual([]);
  expect(await open(service, { redfish_verify_ca: service.fingerprint }).powerState()).toBe('power off');
  expect(await open(service, { redfish_verify_ca: service.certificate }).powerState()).toBe('power off');
  expect(await open(service, { redfish_verify_ca: 'false' }).powerState()).toBe('power off');
});

test('hostile answers are typed errors: no JSON, links elsewhere, endless bodies', async () => {
  await using service = await startRedfish();
  const systemAnswers = (body: string) => {
    service.intercept = (req, res) => {
      if (req.url !== '/redfish/v1/Systems') return false;
      res.end(body);
      return true;
    };
  };
  systemAnswers('<html>');
  await expect(open(service).verify()).rejects.toMatchObject({ code: 'bmc_answer_invalid' });
  systemAnswers(JSON.stringify({ Members: [{ '@odata.id': 'http://192.0.2.1/steal' }] }));
  await expect(open(service).verify()).rejects.toMatchObject({
    code: 'bmc_answer_invalid',
    message: expect.stringContaining('not on it'),
  });
  systemAnswers('x'.repeat(5 * 1024 * 1024));
  await expect(open(service).verify()).rejects.toMatchObject({
    code: 'bmc_answer_invalid',
    message: expect.stringContaining('larger than'),
  });
});

test('nothing listening is bmc_unreachable and may be tried again', async () => {
  const service = await startRedfish();
  await service[Symbol.asyncDispose]();
  await expect(open(service).powerState()).rejects.toMatchObject({ code: 'bmc_unreachable', retryable: true });
});
