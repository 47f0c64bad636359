import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';
import type { Db } from '../store.ts';
import { SECRET_COLUMNS, type SecretColumn } from './columns.ts';
import { createKeyFile } from './key-file.ts';
import { type KeyRing, type KeySource, openKeyRing } from './key-ring.ts';
import { agreedKey, agreeOnKey, changeSecrets, countSecrets, lockSecrets } from './rows.ts';
import { isSealed } from './sealed.ts';
import { createSecrets, keyWrong, resealed, type Secrets } from './secrets.ts';

const ONCE_PLAIN: readonly SecretColumn[] = Object.values(SECRET_COLUMNS).filter(({ wasPlain }) => wasPlain);

/**
 * At the start of a controller: finds the keys, makes the first one where the database knows of none, and seals what an
 * earlier version stored plain, in one transaction. Errors: `secret_key_*`.
 */
export async function openSecrets(db: Db, source: KeySource, log: Log): Promise<Secrets> {
  const ring = await db.transaction().execute(async (trx) => {
    await lockSecrets(trx);
    const found = await findRing(trx, source, log);
    if ((await agreedKey(trx)) === null) await agreeOnKey(trx, found.keys()[0]!.id);
    const sealed = await changeSecrets(trx, ONCE_PLAIN, (item, place) =>
      isSealed(item) ? item : resealed(found, item, place),
    );
    if (sealed > 0) log.info('secrets that an earlier version stored plain were sealed', { values: sealed });
    return found;
  });
  return createSecrets(ring);
}

async function findRing(trx: Db, source: KeySource, log: Log): Promise<KeyRing> {
  const { sealed } = await countSecrets(trx);
  const agreed = await agreedKey(trx);
  const wanted = [...new Set([...sealed.keys(), ...(agreed === null ? [] : [agreed])])];
  const ring = openKeyRing(source);
  if (ring === null && 'keyFile' in source) {
    if (wanted.length > 0) throw keyMissing(source.keyFile, wanted);
    createKeyFile(source.keyFile);
    log.info('a key for secrets was made: keep a copy of it apart from the backups of the database', {
      file: source.keyFile,
    });
    return openKeyRing(source)!;
  }
  const lacking = wanted.filter((id) => !ring!.find(id));
  if (lacking.length > 0) throw keyWrong(ring!, lacking, `The database is sealed with key ${lacking.join(', ')}`);
  return ring!;
}

function keyMissing(file: string, wanted: readonly string[]): FabricError {
  return new FabricError(
    'secret_key_missing',
    `There is no key file ${file}, but the database is sealed with key ${wanted.join(', ')}. Put the file back from a backup, ` +
      'copy it from another controller of this database, or say in secrets.keyFile where it lies. If no copy is left: ' +
      'switchyard secrets rotate --forget-lost, then set the passwords again.',
    { context: { file, wanted } },
  );
}
