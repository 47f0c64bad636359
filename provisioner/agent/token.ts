import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The agent ignores anything shorter than 32 characters; 32 bytes make 43. */
export function generateAgentToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored to check heartbeats. A plain hash does: the token has 256 bits of its own. */
export function hashAgentToken(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}

/** Constant time in the token. */
export function verifyAgentToken(token: string, storedHash: string): boolean {
  const given = Buffer.from(hashAgentToken(token));
  const stored = Buffer.from(storedHash);
  return given.length === stored.length && timingSafeEqual(given, stored);
}
