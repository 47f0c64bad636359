import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { FabricError } from '../../topology/error/fabric-error.ts';

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

/**
 * The token itself, at rest: commands to the agent need it after a restart or on another controller, before the next
 * heartbeat brings it again. AES-256-GCM, bound to the node, so that a row copied to another node does not open.
 */
export function sealAgentToken(token: string, key: Uint8Array, nodeUuid: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(nodeUuid));
  const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** Throws `agent_token_unreadable`: the key is another, or the row was tampered with. */
export function openAgentToken(sealed: string, key: Uint8Array, nodeUuid: string): string {
  try {
    if (!sealed.startsWith('v1.')) throw new Error('unknown format');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(
      Buffer.from(nodeUuid),
    );
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new FabricError(
      'agent_token_unreadable',
      `The stored agent token of node ${nodeUuid} cannot be read with this key. Power the node off and start the step again.`,
      { cause, context: { node: nodeUuid } },
    );
  }
}
