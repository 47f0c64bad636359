import { describe, expect, it } from 'vitest';
import { createBasicAuth, parseBasic } from '../../../src/auth/basic.ts';
import { assertMayListen, isLoopback } from '../../../src/auth/exposure.ts';
import { hashPassword, verifyPassword } from '../../../src/auth/password.ts';

/** As few rounds as verifyPassword takes: the tests are about right and wrong, not about strength. */
const CHEAP = { N: 1024, r: 8, p: 1 };
const header = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('authentication', () => {
  it('knows a password by its hash, salted', async () => {
    const [one, two] = await Promise.all([hashPassword('pässword', CHEAP), hashPassword('pässword', CHEAP)]);
    expect(one).not.toBe(two);
    expect(await verifyPassword('pässword', one)).toBe(true);
    expect(await verifyPassword('password', one)).toBe(false);
    expect(await verifyPassword('x', 'x')).toBe(false);
    expect(await verifyPassword('x', 'scrypt$1048577$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toBe(
      false,
    );
  });

  it('parses Basic headers and nothing else', () => {
    expect(parseBasic(header('u:p:q'))).toEqual({ user: 'u', password: 'p:q' });
    for (const bad of [
      undefined,
      '',
      'Bearer x',
      'Basic',
      'Basic !!',
      header('nocolon'),
      header(':p'),
      header('u:'.padEnd(2000)),
    ]) {
      expect(parseBasic(bad)).toBeNull();
    }
  });

  it('lets right users pass, again from memory, and no others', { timeout: 60_000 }, async () => {
    const auth = createBasicAuth({ users: { alice: await hashPassword('secret', CHEAP) } });
    expect(await auth.authenticate(header('alice:secret'))).toBe('alice');
    expect(await auth.authenticate(header('alice:secret'))).toBe('alice');
    expect(await auth.authenticate(header('alice:wrong'))).toBeNull();
    expect(await auth.authenticate(header('bob:secret'))).toBeNull();
    expect(await auth.authenticate(undefined)).toBeNull();
  });

  it('refuses a configuration with plain passwords or without users', () => {
    expect(() => createBasicAuth({ users: { alice: 'secret' } })).toThrow(/scrypt password hash/);
    expect(() => createBasicAuth({ users: {} })).toThrow(/no users/);
  });

  it('opens other addresses than loopback only with authentication, and says how', () => {
    expect(['127.0.0.1', '127.8.0.1', '::1', '[::1]', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1', 'example.org', '127.0.0.1.example.org'].some(isLoopback)).toBe(false);
    expect(() => assertMayListen('0.0.0.0', undefined)).toThrow(/api\.auth\.basic\.users/);
    expect(() => assertMayListen('0.0.0.0', { users: {} })).not.toThrow();
  });
});
