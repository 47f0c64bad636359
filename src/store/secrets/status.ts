import type { Db } from '../store.ts';
import { type KeySource, openKeyRing } from './key-ring.ts';
import { agreedKey, countSecrets } from './rows.ts';

export interface KeyStatus {
  id: string;
  state: 'current' | 'older' | 'missing';
  /** How many secrets it seals. */
  values: number;
}

export interface SecretsStatus {
  /** The key file, or the setting; null: there is no file. */
  source: string | null;
  keys: KeyStatus[];
  plain: number;
  damaged: number;
}

/** Changes nothing. Errors: `secret_key_invalid`, `secret_key_exposed`, `secret_key_unreadable`. */
export async function secretsStatus(db: Db, source: KeySource): Promise<SecretsStatus> {
  const ring = openKeyRing(source);
  const held = ring?.keys().map(({ id }) => id) ?? [];
  const { sealed, plain, damaged } = await countSecrets(db);
  const agreed = await agreedKey(db);
  const missing = new Set([...sealed.keys(), ...(agreed === null ? [] : [agreed])].filter((id) => !held.includes(id)));
  const status = (id: string, state: KeyStatus['state']): KeyStatus => ({ id, state, values: sealed.get(id) ?? 0 });
  return {
    source: ring?.source ?? null,
    keys: [
      ...held.map((id, at) => status(id, at === 0 ? 'current' : 'older')),
      ...[...missing].map((id) => status(id, 'missing')),
    ],
    plain,
    damaged,
  };
}
