import { isSecretName } from '../../topology/secrets/secret-name.ts';
import type { JsonObject } from '../store/schema.ts';
import { SECRET_COLUMNS } from '../store/secrets/columns.ts';
import type { Secrets } from '../store/secrets/secrets.ts';
import type { SwitchRow } from './view.ts';

/** A switch's options for its row. Secrets are sealed, and lie in a column of their own, which no listing reads. */
export function storedOptions(
  secrets: Secrets,
  id: string,
  given: JsonObject,
): { options: JsonObject; secrets: JsonObject } {
  const entries = Object.entries(given);
  const open = Object.fromEntries(entries.filter(([key]) => !isSecretName(key)));
  const hidden = Object.fromEntries(entries.filter(([key]) => isSecretName(key)));
  return {
    options: secrets.seal(SECRET_COLUMNS.switchOptions, id, open),
    secrets: secrets.seal(SECRET_COLUMNS.switchSecrets, id, hidden),
  };
}

/** What its driver is opened with. Errors: `secret_key_wrong`, `secret_damaged`. */
export function usableOptions(secrets: Secrets, row: Pick<SwitchRow, 'id' | 'options' | 'secrets'>): JsonObject {
  return {
    ...secrets.open(SECRET_COLUMNS.switchOptions, row.id, row.options),
    ...secrets.open(SECRET_COLUMNS.switchSecrets, row.id, row.secrets),
  };
}
