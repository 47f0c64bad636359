import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callbackUrl, decideHeartbeat, type Heartbeat } from '../../../provisioner/agent/heartbeat.ts';
import { decideLookupToken, lookupQuerySchema } from '../../../provisioner/agent/lookup.ts';
import { generateAgentToken, hashAgentToken, verifyAgentToken } from '../../../provisioner/agent/token.ts';

test('a token is long enough for the agent and checked by its hash', () => {
  const token = generateAgentToken();
  expect(token.length).toBeGreaterThanOrEqual(32);
  expect(verifyAgentToken(token, hashAgentToken(token))).toBe(true);
  expect(verifyAgentToken(`${token}x`, hashAgentToken(token))).toBe(false);
  expect(verifyAgentToken(token, 'garbage')).toBe(false);
});

test('the token is handed out once', () => {
  expect(decideLookupToken(false, 'fresh')).toEqual({ token: 'fresh', store: true });
  expect(decideLookupToken(true, 'fresh')).toEqual({ token: '******', store: false });
});

test('a lookup needs an address or a node', () => {
  expect(
    lookupQuerySchema.parse({ addresses: '52-54-00-AB-CD-01,80:00:02:08:fe,52:54:00:ab:cd:02' }).addresses,
  ).toEqual(['52:54:00:ab:cd:01', '52:54:00:ab:cd:02']);
  expect(lookupQuerySchema.safeParse({ addresses: 'junk' }).success).toBe(false);
  expect(lookupQuerySchema.safeParse({ node_uuid: '0f0c6e61-de83-4a4e-b016-bb1c29ecf50f' }).success).toBe(true);
});

test('a heartbeat is accepted from the same agent only', () => {
  const token = generateAgentToken();
  const body: Heartbeat = {
    callback_url: 'https://192.0.2.9:9999',
    agent_token: token,
    agent_version: '11.0',
    agent_verify_ca: 'PEM',
  };
  const fresh = { tokenHash: hashAgentToken(token), url: null, verifyCa: null };
  const known = { ...fresh, url: 'https://192.0.2.9:9999', verifyCa: 'PEM' };
  const accepted = (state: typeof fresh | typeof known, change: Partial<Heartbeat>) =>
    decideHeartbeat(state, { ...body, ...change }, { requireTls: true }).accept;
  expect(accepted(fresh, {})).toBe(true);
  expect(accepted(known, {})).toBe(true);
  expect(accepted({ ...fresh, tokenHash: null as unknown as string }, {})).toBe(false);
  for (const change of [
    { agent_token: undefined },
    { agent_token: generateAgentToken() },
    { agent_version: undefined },
    { callback_url: 'https://192.0.2.10:9999' },
    { callback_url: 'http://192.0.2.9:9999' },
    { agent_verify_ca: 'OTHER' },
    { agent_verify_ca: null },
  ]) {
    expect(accepted(known, change)).toBe(false);
  }
});

test('a callback address is an origin and nothing more', () => {
  expect(callbackUrl('https://[2001:db8::1]:9999/')).toBe('https://[2001:db8::1]:9999');
  for (const bad of ['ftp://x', 'http://u:p@x', 'http://x/v1/', 'http://x/?q=1', 'file:///etc/passwd', ''])
    expect(callbackUrl(bad)).toBe(null);
  fc.assert(fc.property(fc.string(), (text) => callbackUrl(text) === null || /^https?:\/\//.test(callbackUrl(text)!)));
});
