import { parseKeys, type SecretKey } from './key.ts';
import { readKeyFile, stampOf } from './key-file.ts';

/** Where the keys come from. */
export type KeySource = { keyFile: string } | { key: string };

export interface KeyRing {
  /** For messages: the file, or the setting. */
  source: string;
  /** The first seals new values, all open. */
  keys(): readonly SecretKey[];
  /** Null: not in the ring, and not in what the file holds now. */
  find(id: string): SecretKey | null;
}

export const KEY_VARIABLE = 'SWITCHYARD_SECRETS_KEY';

/** Null: the file does not exist. Errors: `secret_key_*`. */
export function openKeyRing(source: KeySource): KeyRing | null {
  return 'key' in source ? fixedRing(source.key) : fileRing(source.keyFile);
}

function fixedRing(text: string): KeyRing {
  const source = `secrets.key (${KEY_VARIABLE})`;
  const keys = parseKeys(text, source);
  return { source, keys: () => keys, find: (id) => keys.find((key) => key.id === id) ?? null };
}

/** Follows the file: another process may have changed the key while this one runs. */
function fileRing(file: string): KeyRing | null {
  let stamp = stampOf(file);
  let held = readKeyFile(file);
  if (held === null) return null;
  const keys = (): readonly SecretKey[] => {
    const now = stampOf(file);
    if (now !== stamp) {
      // A file that is taken away does not take the keys from a controller that runs.
      held = readKeyFile(file) ?? held;
      stamp = now;
    }
    return held!;
  };
  return { source: file, keys, find: (id) => keys().find((key) => key.id === id) ?? null };
}
