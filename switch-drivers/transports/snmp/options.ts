import { z } from 'zod';

const target = {
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535).default(161),
  /** Milliseconds until one request counts as lost. */
  timeoutMs: z.int().min(50).max(60_000).default(2000),
  /** How often a question that was lost is asked again. What changes something is never sent again unseen. */
  retries: z.int().min(0).max(10).default(3),
  /** Values asked for in one request of a walk; weak agents time out on many. */
  bulk: z.int().min(1).max(200).default(25),
};

/** The community passes in clear text: whoever listens can change the switch. */
export const snmpV2cOptions = z.strictObject({
  version: z.literal('2c'),
  community: z.string().min(1).max(255),
  ...target,
});

/** Authenticated and encrypted (RFC 3414, RFC 3826). Keys are pass phrases of 8 characters or more (RFC 3414 section 11.2). */
export const snmpV3Options = z.strictObject({
  version: z.literal('3'),
  user: z.string().min(1).max(32),
  authProtocol: z.enum(['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512']).default('sha256'),
  authKey: z.string().min(8).max(255),
  /** aes256b: AES-256 with keys extended as draft-blumenthal says; aes256r: as Cisco and others do (draft-reeder). */
  privProtocol: z.enum(['des', 'aes', 'aes256b', 'aes256r']).default('aes'),
  privKey: z.string().min(8).max(255),
  ...target,
});

export type SnmpOptions = z.output<typeof snmpV2cOptions> | z.output<typeof snmpV3Options>;
