import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBootFlags, parseFields, parsePowerStatus, parseRawBytes } from '../../../provisioner/bmc/ipmi/parse.ts';
import { classifySession } from '../../../provisioner/bmc/ipmi/session-fault.ts';
import { openBmc } from '../../../provisioner/bmc/open-bmc.ts';
import { formatUuid, sameUuid, swapSmbiosFields, systemUuidFromGuid } from '../../../provisioner/bmc/same-uuid.ts';

test('driver_info errors name the key', () => {
  const key = (driver: 'ipmi' | 'redfish', info: Record<string, unknown>): unknown => {
    try {
      openBmc(driver, info);
      return null;
    } catch (error) {
      expect(error).toMatchObject({ code: 'bmc_driver_info_invalid' });
      return (
        (error as { context: { key?: string; keys?: string[] } }).context.key ??
        (error as { context: { keys?: string[] } }).context.keys
      );
    }
  };
  expect(key('ipmi', {})).toBe('ipmi_address');
  expect(key('ipmi', { ipmi_address: '-oProxy' })).toBe('ipmi_address');
  expect(key('ipmi', { ipmi_address: 'bmc1', ipmi_port: '70000' })).toBe('ipmi_port');
  expect(key('ipmi', { ipmi_address: 'bmc1', ipmi_password: 'x'.repeat(21) })).toBe('ipmi_password');
  expect(key('ipmi', { ipmi_address: 'bmc1', ipmi_bridging: 'dual' })).toEqual(['ipmi_bridging']);
  expect(key('ipmi', { ipmi_address: 'fe80::1', deploy_kernel: 'http://x' })).toBe(null);
  expect(key('redfish', {})).toBe('redfish_address');
  expect(key('redfish', { redfish_address: 'ftp://bmc' })).toBe('redfish_address');
  expect(key('redfish', { redfish_address: 'bmc', redfish_verify_ca: '/nonexistent.pem' })).toBe('redfish_verify_ca');
  expect(key('redfish', { redfish_address: '192.0.2.7', redfish_verify_ca: `${'AB:'.repeat(31)}AB` })).toBe(null);
});

test('a UUID is known again in every byte order a BMC may use', () => {
  const uuid = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  expect(systemUuidFromGuid(bytes)).toBe(uuid);
  expect(systemUuidFromGuid(swapSmbiosFields(bytes))).toBe(uuid);
  expect(systemUuidFromGuid(Buffer.from(bytes).reverse())).toBe(uuid);
  expect(systemUuidFromGuid(Buffer.alloc(16))).toBe(null);
  expect(sameUuid(uuid, formatUuid(swapSmbiosFields(bytes)).toUpperCase())).toBe(true);
  expect(sameUuid('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000')).toBe(false);
  expect(sameUuid(uuid, 'nonsense')).toBe(false);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (guid) => {
      const text = systemUuidFromGuid(guid);
      return text === null || (sameUuid(text, formatUuid(guid)) && sameUuid(formatUuid(guid), text));
    }),
  );
});

test('boot flags are read without asking for the valid bit', () => {
  const text =
    '   - Boot Flag Invalid\n   - Options apply to all future boots\n   - Boot Device Selector : Force Boot from default Hard-Drive\n';
  expect(parseBootFlags(text)).toEqual({ device: 'disk', persistent: true });
  expect(parseBootFlags('   - Boot Device Selector : No override')).toEqual({ device: null, persistent: null });
});

test('session faults are told apart', () => {
  expect(classifySession('> RAKP 2 HMAC is invalid')).toBe('auth');
  expect(classifySession('RAKP 2 message indicates an error : unauthorized name')).toBe('auth');
  expect(classifySession('Error in open session response message : invalid authentication algorithm')).toBe('cipher');
  expect(classifySession('Error in open session response message : insufficient resources to create a session')).toBe(
    'busy',
  );
  expect(classifySession('Get Auth Capabilities error')).toBe('silent');
});

test('readers of ipmitool output survive any text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      parsePowerStatus(text);
      parseFields(text);
      parseBootFlags(text);
      parseRawBytes(text, 16);
      classifySession(text);
    }),
  );
});
