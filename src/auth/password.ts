import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's recommendation for scrypt: N = 2^15, r = 8, p = 3. */
const COST = { N: 32_768, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

function derive(password: string, salt: Buffer, cost: typeof COST, bytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * cost.N * cost.r;
    scrypt(password.normalize('NFC'), salt, bytes, { ...cost, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `scrypt$N$r$p$salt$key`, salt and key in base64url: what the configuration holds in place of a password. */
export async function hashPassword(password: string, cost: typeof COST = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost, KEY_BYTES);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

const HASH = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,86})\$([\w-]{22,86})$/;

/** Is this text a hash that verifyPassword can check? */
export function isPasswordHash(text: string): boolean {
  const match = HASH.exec(text);
  if (!match) return false;
  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return N >= 1024 && N <= 1_048_576 && (N & (N - 1)) === 0 && r >= 1 && r <= 16 && p >= 1 && p <= 16;
}

/** False for a wrong password and for a text that is no hash. Compares in constant time. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const match = HASH.exec(hash);
  if (!match || !isPasswordHash(hash)) return false;
  const expected = Buffer.from(match[5]!, 'base64url');
  const cost = { N: Number(match[1]), r: Number(match[2]), p: Number(match[3]) };
  const key = await derive(password, Buffer.from(match[4]!, 'base64url'), cost, expected.length);
  return timingSafeEqual(key, expected);
}
