import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { SecretKey } from './key.ts';

/**
 * A value as it lies in the database: `v1.KEY-ID.NONCE.CIPHERTEXT+TAG`, the latter two in base64url. An object and not a
 * text, because no password is an object: plain and sealed cannot be taken for each other.
 */
export interface Sealed {
  $sealed: string;
}

/** Table, row and member a value belongs to. */
export interface Place {
  table: string;
  row: string;
  column: string;
  path: readonly string[];
}

const ALGORITHM = 'aes-256-gcm';
/** NIST SP 800-38D section 8.2: 96 bits; section 8.3 allows 2^32 random ones a key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = /^v1\.([0-9a-f]{16})\.([\w-]{16})\.([\w-]{22,})$/;

export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === 1 && typeof (value as Partial<Sealed>).$sealed === 'string';
}

export function seal(value: unknown, key: SecretKey, place: Place): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(bond(place));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { $sealed: `v1.${key.id}.${nonce.toString('base64url')}.${sealed.toString('base64url')}` };
}

/** Id of the key that opens it. Error: `secret_damaged`. */
export function keyIdOf(sealed: Sealed, place: Place): string {
  return partsOf(sealed, place)[1]!;
}

/** Error: `secret_damaged`: it was changed, or comes from another place. */
export function unseal(sealed: Sealed, key: SecretKey, place: Place): unknown {
  const [, , nonce, text] = partsOf(sealed, place);
  const bytes = Buffer.from(text!, 'base64url');
  try {
    const decipher = createDecipheriv(ALGORITHM, key.bytes, Buffer.from(nonce!, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(bond(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(plain.toString('utf8')) as unknown;
  } catch {
    throw damaged(place);
  }
}

function partsOf(sealed: Sealed, place: Place): RegExpExecArray {
  const parts = FORM.exec(sealed.$sealed);
  if (!parts) throw damaged(place);
  return parts;
}

/** What the ciphertext is bound to, so that it opens nowhere else. JSON keeps the parts apart. */
function bond({ table, row, column, path }: Place): Buffer {
  return Buffer.from(JSON.stringify(['switchyard', table, row, column, ...path]));
}

export function placeText({ table, row, column, path }: Place): string {
  return `${[column, ...path].join('/')} of ${table} ${row}`;
}

function damaged(place: Place): FabricError {
  return new FabricError(
    'secret_damaged',
    `${placeText(place)} does not open: it was changed, or copied from another place. Set it again` +
      `${place.table === 'switch' ? ' (remove the switch and add it)' : ''}, or restore the database.`,
    { context: { table: place.table, row: place.row, member: [place.column, ...place.path].join('/') } },
  );
}
