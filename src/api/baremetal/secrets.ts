import { isSecretName } from '../../../topology/secrets/secret-name.ts';

/** What an answer shows in place of a secret. */
export const MASK = '******';

/** instance_info: data of the tenant, and URLs that may carry a signature. */
const INSTANCE_SECRETS = new Set(['configdrive', 'image_url']);

/** A copy with the values of secret keys masked, at any depth; null and '' stay, so that one sees what is not set. */
export function maskSecrets(value: unknown, alsoSecret?: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, alsoSecret));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const secret = isSecretName(key) || alsoSecret?.has(key);
    copy[key] = secret && item !== null && item !== '' ? MASK : maskSecrets(item, alsoSecret);
  }
  return copy;
}

export const maskInstanceInfo = (value: unknown): unknown => maskSecrets(value, INSTANCE_SECRETS);

/** Puts back the stored value where a client returns the mask it was shown, at any depth. */
export function unmask(given: Record<string, unknown>, stored: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const before = Object.hasOwn(stored, key) ? stored[key] : undefined;
      if (value === MASK && before !== undefined) return [key, before];
      return [key, isObject(value) && isObject(before) ? unmask(value, before) : value];
    }),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
