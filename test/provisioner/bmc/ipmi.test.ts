import { expect, test, vi } from 'vitest';
import { openBmc } from '../../../provisioner/bmc/open-bmc.ts';
import { sameUuid } from '../../../provisioner/bmc/same-uuid.ts';
import { waitForPower } from '../../../provisioner/bmc/wait-for-power.ts';
import { freeUdpPort, ipmiSimInstalled, startIpmiSimulator } from './ipmi-simulator.ts';

const withSimulator = test.skipIf(!ipmiSimInstalled && process.env.CI !== 'true');
// ipmitool is a process a command: on a loaded machine a test of twenty takes its time.
vi.setConfig({ testTimeout: 60_000 });
const info = (port: number, extra: Record<string, unknown> = {}) => ({
  ipmi_address: '127.0.0.1',
  ipmi_port: String(port),
  ipmi_username: 'admin',
  ipmi_password: 'password',
  ...extra,
});

withSimulator('a BMC with cipher suite 3 only is found, identified, powered and told what to boot', async () => {
  await using simulator = await startIpmiSimulator();
  const bmc = openBmc('ipmi', info(simulator.port));
  const identity = await bmc.verify();
  expect(sameUuid(identity.systemUuid!, 'a1234567-89ab-cdef-a123-456789000001')).toBe(true);
  expect(identity.macs).toEqual([]);
  expect(await bmc.powerState()).toBe('power off');

  await bmc.setBootDevice('pxe', { persistent: false, mode: 'uefi' });
  expect(await bmc.getBootDevice()).toEqual({ device: 'pxe', persistent: false });
  await bmc.setPower('on');
  await waitForPower(bmc, 'power on', { timeoutMs: 5000, pollMs: 50 });
  await bmc.setPower('on');
  await bmc.setBootDevice('disk', { persistent: true });
  expect((await bmc.getBootDevice()).device).toBe('disk');
  await bmc.setPower('off');
  expect(await bmc.powerState()).toBe('power off');
  await bmc.setPower('soft');
  await bmc.setPower('reset');
  expect(await bmc.powerState()).toBe('power on');
  const power = (await simulator.log()).filter((line) => line.startsWith('power'));
  expect(power).toEqual(['power 1', 'power 0', 'power 1']);
});

withSimulator('a wrong password and an unknown user are told apart from silence', async () => {
  await using simulator = await startIpmiSimulator();
  await expect(openBmc('ipmi', info(simulator.port, { ipmi_password: 'wrong' })).verify()).rejects.toMatchObject({
    code: 'bmc_auth_failed',
    retryable: false,
    message: expect.stringContaining('check ipmi_username / ipmi_password'),
  });
  await expect(openBmc('ipmi', info(simulator.port, { ipmi_username: 'nobody' })).powerState()).rejects.toMatchObject({
    code: 'bmc_auth_failed',
  });
});

withSimulator('a cipher suite the BMC does not have is named when the operator insisted on it', async () => {
  await using simulator = await startIpmiSimulator();
  await expect(openBmc('ipmi', info(simulator.port, { ipmi_cipher_suite: 17 })).powerState()).rejects.toMatchObject({
    code: 'bmc_command_failed',
    message: expect.stringContaining('ipmi_cipher_suite'),
  });
});

withSimulator('no answer is bmc_unreachable and may be tried again', async () => {
  const bmc = openBmc('ipmi', info(await freeUdpPort()));
  await expect(bmc.powerState()).rejects.toMatchObject({ code: 'bmc_unreachable', retryable: true });
});

test('a missing ipmitool is told with the package that brings it', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    await expect(openBmc('ipmi', info(623)).powerState()).rejects.toMatchObject({
      code: 'bmc_tool_missing',
      message: expect.stringContaining('apt-get install ipmitool'),
    });
  } finally {
    process.env.PATH = path;
  }
});
