import { openKeyRing } from '../../src/store/secrets/key-ring.ts';
import { createSecrets, type Secrets } from '../../src/store/secrets/secrets.ts';

/** Sealing with a key that is the same for every test. */
export const testSecrets = (): Secrets => createSecrets(openKeyRing({ key: Buffer.alloc(32, 7).toString('base64') })!);
