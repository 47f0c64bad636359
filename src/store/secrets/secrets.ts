import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { JsonObject } from '../schema.ts';
import { mapSecrets, type SecretColumn } from './columns.ts';
import type { SecretKey } from './key.ts';
import type { KeyRing } from './key-ring.ts';
import { isSealed, keyIdOf, type Place, placeText, type Sealed, seal, unseal } from './sealed.ts';

/** Between rows, where secrets are sealed, and their use. Errors of both: `secret_key_wrong`, `secret_damaged`. */
export interface Secrets {
  /** What goes into the column. What is sealed for this very place stays; anything else sealed is refused. */
  seal(column: SecretColumn, row: string, value: JsonObject): JsonObject;
  /** What a driver needs. A value that an older controller on the same database wrote plain is taken as it is. */
  open(column: SecretColumn, row: string, value: JsonObject): JsonObject;
}

export function createSecrets(ring: KeyRing): Secrets {
  return {
    seal: (column, row, value) =>
      mapSecrets(column, row, value, (item, place) => {
        if (!isSealed(item)) return seal(item, ring.keys()[0]!, place);
        unseal(item, keyFor(ring, item, place), place);
        return item;
      }),
    open: (column, row, value) =>
      mapSecrets(column, row, value, (item, place) =>
        isSealed(item) ? unseal(item, keyFor(ring, item, place), place) : item,
      ),
  };
}

/** The same value under the current key; the very same object where it is under it already. */
export function resealed(ring: KeyRing, item: unknown, place: Place): Sealed {
  const current = ring.keys()[0]!;
  if (!isSealed(item)) return seal(item, current, place);
  if (keyIdOf(item, place) === current.id) return item;
  return seal(unseal(item, keyFor(ring, item, place), place), current, place);
}

function keyFor(ring: KeyRing, sealed: Sealed, place: Place): SecretKey {
  const id = keyIdOf(sealed, place);
  const key = ring.find(id);
  if (key) return key;
  throw keyWrong(ring, [id], `${placeText(place)} is sealed with key ${id}`);
}

export function keyWrong(ring: KeyRing, wanted: readonly string[], what: string): FabricError {
  const have = ring.keys().map(({ id }) => id);
  return new FabricError(
    'secret_key_wrong',
    `${what}, which is not in ${ring.source} (it has ${have.join(', ')}). Add that key to it, from a backup or from another ` +
      'controller of this database. If no copy is left: switchyard secrets rotate --forget-lost, then set the passwords again.',
    // Once the file is put right the same call succeeds; nobody has to change what was asked.
    { retryable: true, context: { wanted, have, source: ring.source } },
  );
}
