import { expect, test } from 'vitest';
import { isSecretName } from '../../../topology/secrets/secret-name.ts';

test.each([
  'password',
  'ipmi_password',
  'redfish_password',
  'passphrase',
  'privateKey',
  'ssh_private_key',
  'enableSecret',
  'clientKey',
  'snmp_community',
  'snmp_auth_key',
  'snmpPrivKey',
  'ipmi_hex_kg_key',
  'apiKey',
  'agent_secret_token',
  'image_credentials',
])('%s holds a secret', (name) => expect(isSecretName(name)).toBe(true));

test.each([
  'host',
  'hostKey',
  'username',
  'keyFile',
  'privateKeyFile',
  'password_file',
  'ipmi_address',
  'bypass',
  'key',
])('%s holds none', (name) => expect(isSecretName(name)).toBe(false));
