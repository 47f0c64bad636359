/**
 * Which members of options, driver_info and other settings hold a secret, by their name alone: the one table behind what
 * is masked in answers, sealed in the database, and refused in the arguments of a program. Names are compared without
 * case, `_` and `-`, so that `private_key` and `privateKey` are the same.
 */
const PARTS: readonly string[] = [
  'passw',
  'passphrase',
  'secret',
  'token',
  'credential',
  'community',
  'privatekey',
  'privkey',
  'clientkey',
  'authkey',
  'apikey',
  'encryptionkey',
  'kgkey',
  // ipmi_hex_kg_key
  'hexkg',
];

/** Where a secret lies is none. */
const PLACE = /(file|path)$/;

export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[_-]/g, '');
  return !PLACE.test(plain) && PARTS.some((part) => plain.includes(part));
}
