import { createHash, randomBytes } from 'node:crypto';
import { FabricError } from '../../../topology/error/fabric-error.ts';

/** AES-256. */
const BYTES = 32;
const ID_DIGITS = 16;

export interface SecretKey {
  /** Follows from the key, so that a file, the environment and the database always mean the same one. */
  id: string;
  bytes: Buffer;
}

export function newKey(): SecretKey {
  return keyOf(randomBytes(BYTES));
}

function keyOf(bytes: Buffer): SecretKey {
  const id = createHash('sha256').update('switchyard secret key').update(bytes).digest('hex').slice(0, ID_DIGITS);
  return { id, bytes };
}

/** Keys in base64 between blanks, the current one first; `#` begins a comment line. Error: `secret_key_invalid`. */
export function parseKeys(text: string, source: string): SecretKey[] {
  const words = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(/\s+/))
    .filter((word) => word !== '');
  const keys = words.map((word, at) => {
    const bytes = Buffer.from(word, 'base64');
    if (/^[A-Za-z0-9+/]{43}=$/.test(word) && bytes.length === BYTES) return keyOf(bytes);
    throw invalid(`Key ${at + 1} in ${source} is not 32 bytes in base64`);
  });
  if (keys.length === 0) throw invalid(`There is no key in ${source}`);
  return keys;
}

const HEADER = `# Keys that seal the secrets in Switchyard's database: the first is the current one, older ones follow.
# Keep a copy apart from the database's backups: without it they are of no use. Change with: switchyard secrets rotate
`;

export function writeKeys(keys: readonly SecretKey[]): string {
  return `${HEADER}${keys.map(({ bytes }) => `${bytes.toString('base64')}\n`).join('')}`;
}

function invalid(what: string): FabricError {
  return new FabricError(
    'secret_key_invalid',
    `${what}. Restore it from a backup; a new key is made with: openssl rand -base64 32`,
  );
}
