import { z } from 'zod';

const fingerprint = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, 'a host key fingerprint as ssh-keygen -l prints it: SHA256:...');

/** Options every SSH command-line platform has; a platform extends them with its own. */
export const sshOptions = z.strictObject({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65535).default(22),
  username: z.string().min(1).max(128),
  password: z.string().max(1024).optional(),
  /** Private key in OpenSSH or PEM form. */
  privateKey: z.string().max(20_000).optional(),
  passphrase: z.string().max(1024).optional(),
  /** Answer to the password question of the privileged mode, where the device asks one. */
  enableSecret: z.string().max(1024).optional(),
  /** Pinned host key, or `trust-first`: take the key that is offered and tell it to the caller. */
  hostKey: z.union([z.literal('trust-first'), fingerprint]).optional(),
  /** Also offer key exchanges and ciphers that are no longer safe; old switches know nothing else. */
  legacyAlgorithms: z.boolean().default(false),
});

export type SshOptions = z.output<typeof sshOptions>;
