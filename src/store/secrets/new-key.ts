import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Db } from '../store.ts';
import { newKey } from './key.ts';
import { createKeyFile, replaceKeyFile } from './key-file.ts';
import { KEY_VARIABLE, type KeyRing, type KeySource, openKeyRing } from './key-ring.ts';
import { agreedKey, countSecrets } from './rows.ts';

export interface RotateOptions {
  /** No new key: seal with the current one what is not, and drop the older keys. */
  finish?: boolean;
  /** Give up what no key opens, instead of an error. */
  forgetLost?: boolean;
}

/** The ring to seal with: a new key in front, in its file already, the older ones behind. Errors: `secret_key_*`. */
export async function withNewKey(trx: Db, source: KeySource, { finish, forgetLost }: RotateOptions): Promise<KeyRing> {
  const ring = openKeyRing(source);
  if ('key' in source) {
    if (!finish && !forgetLost && (await agreedKey(trx)) === ring!.keys()[0]!.id) throw noNewKey();
    return ring!;
  }
  if (ring === null) {
    const { sealed } = await countSecrets(trx);
    if (!forgetLost && (finish || sealed.size > 0)) throw noFile(source.keyFile, [...sealed.keys()]);
    createKeyFile(source.keyFile);
  } else if (!finish) {
    replaceKeyFile(source.keyFile, [newKey(), ...ring.keys()]);
  }
  return openKeyRing(source)!;
}

function noNewKey(): FabricError {
  return new FabricError(
    'secret_key_not_new',
    `The first key in ${KEY_VARIABLE} seals everything already. Put a new one before it, with a blank between ` +
      '(openssl rand -base64 32), restart the controllers with both, and run this again with both.',
  );
}

function noFile(file: string, wanted: readonly string[]): FabricError {
  return new FabricError(
    'secret_key_missing',
    `There is no key file ${file}${wanted.length > 0 ? `, and the database is sealed with key ${wanted.join(', ')}` : ''}. Put the ` +
      'file back, or say in secrets.keyFile where it lies. If no copy is left, --forget-lost gives up what it sealed.',
    { context: { file, wanted } },
  );
}
