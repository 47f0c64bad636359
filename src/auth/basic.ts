import { createHmac, randomBytes } from 'node:crypto';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { hashPassword, isPasswordHash, verifyPassword } from './password.ts';

export interface BasicAuthOptions {
  /** user name -> hash of hashPassword() */
  users: Readonly<Record<string, string>>;
}

export interface BasicAuth {
  /** The user's name, or null when the Authorization header is absent, malformed or wrong. */
  authenticate(authorization: string | undefined): Promise<string | null>;
}

const MAX_HEADER = 1024;
const REMEMBERED = 256;

/** Name and password of an `Authorization: Basic` header (RFC 7617); null when it is not one. */
export function parseBasic(header: string | undefined): { user: string; password: string } | null {
  if (header === undefined || header.length > MAX_HEADER) return null;
  const match = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header);
  if (!match) return null;
  const text = Buffer.from(match[1]!, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * HTTP basic over scrypt hashes. A header that was right is remembered under a keyed hash, because one scrypt check costs
 * tens of milliseconds and clients send the header with every request. Unknown users cost the same time as known ones.
 */
export function createBasicAuth(options: BasicAuthOptions): BasicAuth {
  const users = new Map(Object.entries(options.users));
  if (users.size === 0) {
    throw new FabricError('api_auth_invalid', 'HTTP basic authentication has no users: add one with its password hash');
  }
  for (const [user, hash] of users) {
    if (user === '' || user.includes(':') || !isPasswordHash(hash)) {
      throw new FabricError(
        'api_auth_invalid',
        `User "${user}" of the HTTP basic authentication needs a name without a colon and a scrypt password hash, not a plain password`,
        { context: { user } },
      );
    }
  }
  const key = randomBytes(32);
  const decoy = hashPassword(randomBytes(16).toString('hex'));
  const remembered = new Map<string, string>();
  return {
    async authenticate(authorization) {
      const given = parseBasic(authorization);
      if (!given) return null;
      const digest = createHmac('sha256', key).update(authorization!).digest('base64');
      const known = remembered.get(digest);
      if (known !== undefined) return known;
      const right = await verifyPassword(given.password, users.get(given.user) ?? (await decoy));
      if (!right || !users.has(given.user)) return null;
      if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value!);
      remembered.set(digest, given.user);
      return given.user;
    },
  };
}
