import { isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Db } from '../store.ts';
import { SECRET_COLUMNS } from './columns.ts';
import { replaceKeyFile } from './key-file.ts';
import type { KeyRing, KeySource } from './key-ring.ts';
import { type RotateOptions, withNewKey } from './new-key.ts';
import { agreeOnKey, changeSecrets, countSecrets, lockSecrets } from './rows.ts';
import { isSealed, keyIdOf, type Place, placeText, type Sealed, unseal } from './sealed.ts';
import { resealed } from './secrets.ts';

export interface Rotation {
  /** Id of the key that now seals everything. */
  current: string;
  /** How many values were sealed anew. */
  values: number;
  /** Ids of older keys that stay in the ring, and of those taken out of it. */
  kept: string[];
  dropped: string[];
  /** Secrets that no key opens, by place; they are gone. Only where that was asked for. */
  forgotten: string[];
}

/**
 * Seals every secret with a new key, in one transaction. The key is in the file before anything is sealed with it, and the
 * old one stays there: broken off anywhere, everything opens, and controllers that run meanwhile open both.
 * Errors: `secret_key_*`, `secret_damaged`.
 */
export async function rotateSecrets(db: Db, source: KeySource, options: RotateOptions = {}): Promise<Rotation> {
  const { ring, values, forgotten } = await db.transaction().execute((trx) => resealAll(trx, source, options));
  // Only after the commit: until then the older keys are needed.
  const dropped = options.finish && 'keyFile' in source ? await dropUnused(db, source.keyFile, ring) : [];
  const [current, ...older] = ring.keys().map(({ id }) => id);
  return { current: current!, values, kept: older, dropped, forgotten };
}

async function resealAll(trx: Db, source: KeySource, options: RotateOptions) {
  await lockSecrets(trx);
  const ring = await withNewKey(trx, source, options);
  // A row that is changed is gone through twice.
  const lost = new Set<string>();
  const changed = await changeSecrets(trx, Object.values(SECRET_COLUMNS), (item, place) => {
    if (!options.forgetLost || !isSealed(item) || opens(ring, item, place)) return resealed(ring, item, place);
    lost.add(placeText(place));
    return null;
  });
  await agreeOnKey(trx, ring.keys()[0]!.id);
  return { ring, values: changed - lost.size, forgotten: [...lost] };
}

/** A controller that sealed meanwhile with an older key keeps that key in the ring until the next time. */
async function dropUnused(db: Db, file: string, ring: KeyRing): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    await lockSecrets(trx);
    const { sealed } = await countSecrets(trx);
    const [current, ...older] = ring.keys();
    const dropped = older.filter(({ id }) => !sealed.has(id));
    if (dropped.length > 0) replaceKeyFile(file, [current!, ...older.filter(({ id }) => sealed.has(id))]);
    return dropped.map(({ id }) => id);
  });
}

function opens(ring: KeyRing, item: Sealed, place: Place): boolean {
  try {
    const key = ring.find(keyIdOf(item, place));
    if (key) unseal(item, key, place);
    return key !== null;
  } catch (error) {
    if (isFabricError(error, 'secret_damaged')) return false;
    throw error;
  }
}
